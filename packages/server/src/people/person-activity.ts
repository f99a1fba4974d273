import { bind, type CompileContext, mergesSql, raw, type Sql, sql } from '@kindred/engine'

/** One row per person of today (`person_id`, `first_seen`, `last_seen`, `events`): the activity of merged people is added up. */
export function activitySql({ projectId, hasOverrides, foldedThrough }: Pick<CompileContext, 'projectId' | 'hasOverrides' | 'foldedThrough'>): Sql {
  // The ids here are never rewritten, so a merge that is folded into the events still counts.
  const isMerged = hasOverrides || foldedThrough !== undefined
  const project = bind('UInt32', projectId)
  const merges = sql`left join (${mergesSql(projectId)}) as o on o.from_id = a.person_id`
  return sql`select ${raw(isMerged ? 'if(o.to_id = 0, a.person_id, o.to_id)' : 'a.person_id')} as person_id, min(a.first_seen) as first_seen, max(a.last_seen) as last_seen, sum(a.events) as events
from kindred.person_activity as a ${isMerged ? merges : raw('')} where a.project_id = ${project} group by person_id`
}
