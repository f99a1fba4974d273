import type { CompileContext } from './context.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

export type ProjectContext = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough'>

/** UInt64: who the event `e` belongs to today, merges included. Stands in a query over `eventsWhere`. */
export function personOfEvent({ hasOverrides }: Pick<CompileContext, 'hasOverrides'>): Sql {
  return hasOverrides ? raw('if(o.to_id = 0, e.person_id, o.to_id)') : raw('e.person_id')
}

/**
 * `from … where …` over the project's events up to the watermark, as alias `e`, with the merges as `o` where there are any. Every
 * compiled question reads events through here, so that the project always comes first. `and` are further conditions; `joined` is what else each
 * event is joined with.
 */
export function eventsWhere(context: ProjectContext, and: readonly Sql[] = [], joined: Sql = raw('')): Sql {
  const project = bind('UInt32', context.projectId)
  const conditions = [sql`e.project_id = ${project}`, ...and]
  if (context.watermark !== undefined) conditions.push(sql`e.position <= ${bind('UInt64', context.watermark)}`)
  const unfolded = context.foldedThrough === undefined ? raw('') : sql` and version > ${bind('UInt64', context.foldedThrough)}`
  const merges = sql` left join (select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project}${unfolded} group by from_id) as o on o.from_id = e.person_id`
  return sql`from kindred.events as e${joined}${context.hasOverrides ? merges : raw('')} where ${join(conditions, ' and ')}`
}

/** `from … where …` over the project's people as they are now, as alias `p`. */
export function personsWhere({ projectId }: Pick<CompileContext, 'projectId'>, and: readonly Sql[] = []): Sql {
  // FINAL drops the rows of people who were merged or erased: their newest row says is_deleted.
  return sql`from kindred.persons as p final where ${join([sql`p.project_id = ${bind('UInt32', projectId)}`, ...and], ' and ')}`
}
