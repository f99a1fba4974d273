import type { CompileContext } from './context.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

export type ProjectContext = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'propertiesAsOf' | 'personNames' | 'textless'>

/**
 * UInt64: who the event `e` belongs to today, merges included, wherever the event comes from. Looked up in a constant: merges that are not folded into the
 * events yet are few. A statement that asks it of all its events does so in less time beside them, with `eventsOfPeople`.
 */
export function personOfEvent(context: ProjectContext): Sql {
  if (!context.hasOverrides) return raw('e.person_id')
  const merges = mergesConstant(context)
  return sql`transform(e.person_id, (${merges}).1, (${merges}).2, e.person_id)`
}

/** A scalar, Array(Tuple(UInt64, UInt64)): who became whom. It is sorted, so that the two halves agree however often the store reads it. */
function mergesConstant({ projectId, foldedThrough }: ProjectContext): Sql {
  return sql`select arraySort(groupArray((from_id, to_id))) from kindred.person_overrides final where ${mergesOf(projectId, foldedThrough)}`
}

/** Rows of `from_id` and `to_id`: who was merged into whom, as it is now; only those after the log position, where one is given. */
export function mergesSql(projectId: number, after?: number): Sql {
  return sql`select from_id, to_id from kindred.person_overrides final where ${mergesOf(projectId, after)}`
}

function mergesOf(projectId: number, after: number | undefined): Sql {
  const later = after === undefined ? raw('') : sql` and version > ${bind('UInt64', after)}`
  return sql`project_id = ${bind('UInt32', projectId)}${later}`
}

/** One column, `from_id`: all who were merged into this person, so that rows that still carry their ids are found too. */
export function mergedInto(projectId: number, person: number): Sql {
  return sql`select from_id from kindred.person_overrides final where project_id = ${bind('UInt32', projectId)} and to_id = ${bind('UInt64', person)}`
}

/**
 * `from … where …` over the project's events up to the watermark, as alias `e`. Every compiled question reads events through here, so that the project
 * always comes first. `and` are further conditions; `joined` is what else each event is joined with.
 */
export function eventsWhere({ projectId, watermark }: Pick<ProjectContext, 'projectId' | 'watermark'>, and: readonly Sql[] = [], joined: Sql = raw('')): Sql {
  const conditions = [sql`e.project_id = ${bind('UInt32', projectId)}`, ...and]
  if (watermark !== undefined) conditions.push(sql`e.position <= ${bind('UInt64', watermark)}`)
  return sql`from kindred.events as e${joined} where ${join(conditions, ' and ')}`
}

/** The same, with the merges beside each event, so that `personBeside` is who it belongs to. */
export function eventsOfPeople(context: ProjectContext, and?: readonly Sql[], joined: Sql = raw('')): Sql {
  return eventsWhere(context, and, sql`${mergesBeside(context)}${joined}`)
}

/** UInt64: who the event `e` belongs to today, merges included, in a statement over `eventsOfPeople` or `statesOfPeople`. */
export function personBeside({ hasOverrides }: Pick<ProjectContext, 'hasOverrides'>): Sql {
  return raw(hasOverrides ? 'if(o.to_id = 0, e.person_id, o.to_id)' : 'e.person_id')
}

/** A join that puts the merges beside each row `e` of events or states, as `o`. */
export function mergesBeside({ projectId, hasOverrides, foldedThrough }: ProjectContext): Sql {
  return hasOverrides ? sql` left any join (${mergesSql(projectId, foldedThrough)}) as o on o.from_id = e.person_id` : raw('')
}

/** `from … where …` over what is kept of the project's events, as alias `e`: it belongs to people as events do. */
export function statesWhere({ projectId }: Pick<ProjectContext, 'projectId'>, and: readonly Sql[] = [], joined: Sql = raw('')): Sql {
  return sql`from kindred.trait_states as e${joined} where ${join([sql`e.project_id = ${bind('UInt32', projectId)}`, ...and], ' and ')}`
}

/** The same, with the merges beside each row. */
export function statesOfPeople(context: ProjectContext, and?: readonly Sql[]): Sql {
  return statesWhere(context, and, mergesBeside(context))
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
  // A dot inside a key is kept as the store keeps it. A change made by a merge comes at the same position as those of the event that merged: the survivor's own row tells what became of both.
  const values = sql`select if(o.to_id = 0, c.person_id, o.to_id) as of, c.key as key, argMax(c.value, (c.position, o.to_id = 0, c.at)) as value from kindred.person_property_changes as c left join (${mergesSql(projectId)}) as o on o.from_id = c.person_id where c.project_id = ${project} and c.at <= ${moment} group by of, key having value != ''`
  const objects = sql`select of, '{' || arrayStringConcat(groupArray(toJSONString(replaceAll(key, '.', '%2E')) || ':' || value), ',') || '}' as object from (${values}) group by of`
  const people = sql`select b.* except (properties), CAST(if(v.of = 0, '{}', v.object), 'JSON(max_dynamic_paths=64)') as properties from (select * from kindred.persons as p final where p.project_id = ${project} and p.created_at <= ${moment}) as b left join (${objects}) as v on v.of = b.person_id`
  return sql`from (${people}) as p where ${join([sql`p.project_id = ${project}`, ...and], ' and ')}`
}
