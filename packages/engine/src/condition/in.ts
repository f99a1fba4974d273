import { type InCondition, KindredError } from '@kindred/model'
import { bind, sql } from '../sql.ts'
import { accountSubject, personSubject } from '../subject.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface InPlan extends Plan {
  readonly kind: 'in'
  readonly segmentId: number
  /** The rule of the segment; null for a list that is kept. */
  readonly rule: Plan | null
  /** The type of accounts that the segment is of; undefined for every type, and for people. */
  readonly accountType: string | undefined
  readonly ofPerson: boolean
}

/** Members of another segment as they are now; of a frozen list, whoever its people have become through merges. */
export const inSegment: Reading<InCondition, InPlan> = {
  plan: (condition, { context, segment, path, subject }) => {
    if (condition.joinedWithin !== undefined) throw new KindredError('segment/unsupported', { path: `${path}.joinedWithin`, what: 'joinedWithin' })
    const named = context.segments.get(condition.in)
    const accountType = named?.kind === 'rule' ? named.definition.accountType : undefined
    return { kind: 'in', segmentId: condition.in, rule: segment(condition.in), accountType, ofPerson: subject.unit === 'person' }
  },
  // Asked of an account, the rule reads the row of its own type of accounts: it is no part that could be answered elsewhere.
  parts: ({ rule, ofPerson }) => (rule === null || !ofPerson ? [] : [rule]),
  readsOnlyId: ({ rule }) => rule === null,
  sql: (plan, { context, part, subject }) => {
    if (plan.rule !== null && subject.unit === 'account') {
      const { accountType } = plan
      const met = part(plan.rule, accountSubject(accountType))
      return accountType === undefined ? met : sql`(p.type = ${bind('String', accountType)} and ${met})`
    }
    // One of the people of an account is a member by all that they did, not only by what carries the account.
    if (plan.rule !== null) return part(plan.rule, personSubject)
    const project = bind('UInt32', context.projectId)
    const segment = bind('UInt64', plan.segmentId)
    if (subject.unit === 'account') {
      return sql`p.account_id in (select account_id from kindred.segment_account_lists where project_id = ${project} and segment_id = ${segment})`
    }
    return sql`p.person_id in (select if(o.to_id = 0, l.person_id, o.to_id) from kindred.segment_lists as l left join (select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id) as o on o.from_id = l.person_id where l.project_id = ${project} and l.segment_id = ${segment})`
  },
  says: (condition, { segmentName, negated, who }) => `${who} are ${negated ? 'not ' : ''}in “${segmentName(condition.in)}”`,
}
