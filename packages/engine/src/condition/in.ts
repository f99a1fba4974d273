import { type InCondition, KindredError } from '@kindred/model'
import { bind, raw, sql } from '../sql.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface InPlan extends Plan {
  readonly kind: 'in'
  readonly segmentId: number
  /** The rule of the segment; null for a list of people that is kept. */
  readonly rule: Plan | null
}

/** Members of another segment as they are now; of a frozen list, whoever its people have become through merges. */
export const inSegment: Reading<InCondition, InPlan> = {
  plan: (condition, { segment, path }) => {
    if (condition.joinedWithin !== undefined) throw new KindredError('segment/unsupported', { path: `${path}.joinedWithin`, what: 'joinedWithin' })
    return { kind: 'in', segmentId: condition.in, rule: segment(condition.in) }
  },
  parts: ({ rule }) => (rule === null ? [] : [rule]),
  readsOnlyId: ({ rule }) => rule === null,
  sql: (plan, { context, part, subject }) => {
    if (plan.rule !== null) return part(plan.rule)
    const project = bind('UInt32', context.projectId)
    const person = subject.unit === 'person' ? subject.id : raw('p.person_id')
    return sql`${person} in (select if(o.to_id = 0, l.person_id, o.to_id) from kindred.segment_lists as l left join (select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id) as o on o.from_id = l.person_id where l.project_id = ${project} and l.segment_id = ${bind('UInt64', plan.segmentId)})`
  },
  says: (condition, { segmentName, negated, who }) => `${who} are ${negated ? 'not ' : ''}in “${segmentName(condition.in)}”`,
}
