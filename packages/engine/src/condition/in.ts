import type { InCondition } from '@kindred/model'
import { bind, sql } from '../sql.ts'
import type { InPlan } from './plan.ts'
import type { Reading } from './reading.ts'

/** Members of another segment as they are now; of a frozen list, whoever its people have become through merges. */
export const inSegment: Reading<InCondition, InPlan> = {
  plan: (condition, { segment }) => ({ kind: 'in', segmentId: condition.in, rule: segment(condition.in) }),
  sql: (plan, { context, part }) => {
    if (plan.rule !== null) return part(plan.rule)
    const project = bind('UInt32', context.projectId)
    return sql`p.person_id in (select if(o.to_id = 0, l.person_id, o.to_id) from kindred.segment_lists as l left join (select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id) as o on o.from_id = l.person_id where l.project_id = ${project} and l.segment_id = ${bind('UInt64', plan.segmentId)})`
  },
  says: (condition, { segmentName, negated }) => `who are ${negated ? 'not ' : ''}in “${segmentName(condition.in)}”`,
}
