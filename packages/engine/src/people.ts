import type { CompileContext } from './context.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

export type ProjectContext = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'propertiesAsOf'>

/** UInt64: who the event `e` belongs to today, merges included. Stands in a query over `eventsWhere`. */
export function personOfEvent({ hasOverrides }: Pick<CompileContext, 'hasOverrides'>): Sql {
  return hasOverrides ? raw('if(o.to_id = 0, e.person_id, o.to_id)') : raw('e.person_id')
}

/**
 * `from … where …` over the project's events up to the watermark, as alias `e`, with the merges as `o` where there are any. Every
 * compiled question reads events through here, so that the project always comes first. `and` are further conditions; `joined` is what else each
 * event is joined with, before its merges and after them.
 */
export function eventsWhere(context: ProjectContext, and: readonly Sql[] = [], joined: { before?: Sql | undefined; after?: Sql | undefined } = {}): Sql {
  const project = bind('UInt32', context.projectId)
  const conditions = [sql`e.project_id = ${project}`, ...and]
  if (context.watermark !== undefined) conditions.push(sql`e.position <= ${bind('UInt64', context.watermark)}`)
  const unfolded = context.foldedThrough === undefined ? raw('') : sql` and version > ${bind('UInt64', context.foldedThrough)}`
  const merges = sql` left join (select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project}${unfolded} group by from_id) as o on o.from_id = e.person_id`
  const { before = raw(''), after = raw('') } = joined
  return sql`from kindred.events as e${before}${context.hasOverrides ? merges : raw('')}${after} where ${join(conditions, ' and ')}`
}

/** `from … where …` over the project's people as they are now, as alias `p`; with `propertiesAsOf`, as they were then. */
export function personsWhere({ projectId, propertiesAsOf }: Pick<CompileContext, 'projectId' | 'propertiesAsOf'>, and: readonly Sql[] = []): Sql {
  if (propertiesAsOf !== undefined) return personsAsOf({ projectId, at: propertiesAsOf }, and)
  // FINAL drops the rows of people who were merged or erased: their newest row says is_deleted.
  return sql`from kindred.persons as p final where ${join([sql`p.project_id = ${bind('UInt32', projectId)}`, ...and], ' and ')}`
}

/**
 * The people of today who were there at a moment, with the properties they had: of each, the last value that was set until then, on themselves or on whom was
 * merged into them. Values are JSON texts, so that the object is put together and read by the store as it was when it came in.
 */
function personsAsOf({ projectId, at }: { projectId: number; at: number }, and: readonly Sql[]): Sql {
  const project = bind('UInt32', projectId)
  const moment = sql`fromUnixTimestamp64Milli(${bind('Int64', at)}, 'UTC')`
  const merges = sql`select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id`
  // A dot inside a key is kept as the store keeps it. A change made by a merge comes at the same position as those of the event that merged: the survivor's own row tells what became of both.
  const values = sql`select if(o.to_id = 0, c.person_id, o.to_id) as of, c.key as key, argMax(c.value, (c.position, o.to_id = 0, c.at)) as value from kindred.person_property_changes as c left join (${merges}) as o on o.from_id = c.person_id where c.project_id = ${project} and c.at <= ${moment} group by of, key having value != ''`
  const objects = sql`select of, '{' || arrayStringConcat(groupArray(toJSONString(replaceAll(key, '.', '%2E')) || ':' || value), ',') || '}' as object from (${values}) group by of`
  const people = sql`select b.* except (properties), CAST(if(v.of = 0, '{}', v.object), 'JSON(max_dynamic_paths=64)') as properties from (select * from kindred.persons as p final where p.project_id = ${project} and p.created_at <= ${moment}) as b left join (${objects}) as v on v.of = b.person_id`
  return sql`from (${people}) as p where ${join([sql`p.project_id = ${project}`, ...and], ' and ')}`
}
