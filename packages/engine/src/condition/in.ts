import { type InCondition, readDuration } from '@kindred/model'
import { mergesSql } from '../people.ts'
import { choiceIdsSql, type Recorded, recordedSql } from '../segment/recorded.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { accountSubject, personSubject } from '../subject.ts'
import { both, either, opposite } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Reading } from './reading.ts'

export interface InPlan extends Plan {
  readonly kind: 'in'
  readonly segmentId: number
  /** The rule of the segment; null for a list that is kept. */
  readonly rule: Plan | null
  /** The type of accounts that the segment is of; undefined for every type, and for people. */
  readonly accountType: string | undefined
  /** Whether somebody was put in or left out by hand. */
  readonly hasChoices: boolean
  /** Who became a member after `after`, and not after `now`, by the record; null: whoever is one now. */
  readonly joined: { readonly after: number; readonly now: number } | null
  /** Whether people are asked about. */
  readonly ofPerson: boolean
}

/**
 * Members of another segment as they are now; of a frozen list, whoever its people have become through merges. With `joinedWithin`, those whom the record
 * of memberships holds as members who joined in the last so long.
 */
export const inSegment: Reading<InCondition, InPlan> = {
  plan: ({ in: segmentId, joinedWithin }, { segment, subject, context: { now, segments } }) => {
    const rule = segment(segmentId)
    const named = segments.get(segmentId)
    const accountType = named?.kind === 'rule' ? named.definition.accountType : undefined
    const joined = joinedWithin === undefined ? null : { after: now - readDuration(joinedWithin).milliseconds, now }
    return { kind: 'in', segmentId, rule, accountType, hasChoices: named?.hasChoices === true, joined, ofPerson: subject.unit === 'person' }
  },
  // Asked of an account, the rule reads the row of its own type of accounts: it is no part that could be answered elsewhere.
  parts: ({ rule, joined, ofPerson }) => (rule === null || joined !== null || !ofPerson ? [] : [rule]),
  fromParts: ({ rule, hasChoices }, part) => (rule === null || hasChoices ? null : part(rule)),
  bitmap: (plan, combining) => {
    if (plan.rule === null) throw new Error('a kept list is answered as a whole')
    const member = combining.part(plan.rule)
    if (!plan.hasChoices) return member
    const chosen = (choice: 1 | -1) => combining.listed(choiceIdsSql(recordOf(plan, combining), choice))
    return both([either([member, chosen(1)]), opposite(chosen(-1))])
  },
  readsOnlyId: ({ rule, joined }) => rule === null || joined !== null,
  sql: (plan, compiling) => {
    if (plan.joined !== null) return joinedSql(plan, plan.joined, compiling)
    const member = plan.rule === null ? listedSql(plan, compiling) : ruleSql(plan, plan.rule, compiling)
    if (!plan.hasChoices) return member
    const recorded = recordOf(plan, compiling)
    const id = idOf(compiling)
    return sql`((${member}) or ${id} in (${choiceIdsSql(recorded, 1)})) and ${id} not in (${choiceIdsSql(recorded, -1)})`
  },
  says: (condition, { segmentName, negated, who }) => {
    const name = `“${segmentName(condition.in)}”`
    if (condition.joinedWithin === undefined) return `${who} are ${negated ? 'not ' : ''}in ${name}`
    return `${who} ${negated ? 'did not join' : 'joined'} ${name} in the last ${condition.joinedWithin}`
  },
}

function ruleSql({ accountType }: InPlan, rule: Plan, { part, subject }: Compiling): Sql {
  // One of the people of an account is a member by all that they did, not only by what carries the account.
  if (subject.unit !== 'account') return part(rule, personSubject)
  const met = part(rule, accountSubject(accountType))
  return accountType === undefined ? met : sql`(p.type = ${bind('String', accountType)} and ${met})`
}

function recordOf({ segmentId }: InPlan, { context, subject }: Pick<Compiling, 'context' | 'subject'>): Recorded {
  return { projectId: context.projectId, segmentId, unit: subject.unit }
}

/** Of one of the people of an account, the person's. */
function idOf({ subject }: Compiling): Sql {
  return subject.unit === 'member' ? personSubject.id : subject.id
}

function joinedSql(plan: InPlan, { after, now }: NonNullable<InPlan['joined']>, compiling: Compiling): Sql {
  const members = recordedSql(recordOf(plan, compiling), { at: now, position: compiling.context.watermark })
  return sql`${idOf(compiling)} in (select id from (${members}) where joined > fromUnixTimestamp64Milli(${bind('Int64', after)}, 'UTC'))`
}

function listedSql({ segmentId }: InPlan, compiling: Compiling): Sql {
  const { projectId } = compiling.context
  const kept = (list: string) => sql`${raw(list)} where l.project_id = ${bind('UInt32', projectId)} and l.segment_id = ${bind('UInt64', segmentId)}`
  if (compiling.subject.unit === 'account') return sql`${idOf(compiling)} in (select l.account_id ${kept('from kindred.segment_account_lists as l')})`
  return sql`${idOf(compiling)} in (select if(o.to_id = 0, l.person_id, o.to_id) from kindred.segment_lists as l left join (${mergesSql(projectId)}) as o on o.from_id = l.person_id ${kept('')})`
}
