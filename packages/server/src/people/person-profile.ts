import { bind, render, sql } from '@kindred/engine'
import { KindredError, type PersonProfile, type Project, type PropertyFact, propertyLabel, type Source } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { personRows } from './person-rows.ts'

/** One person with where each property came from and when. A merged person's old id answers the person of today. Errors: `person/not-found`. */
export async function personProfile(parts: Parts, project: Project, id: number): Promise<PersonProfile> {
  const root = await personToday(parts, project.id, id)
  const [row] = await personRows(parts, project, [root])
  if (row === undefined) throw new KindredError('person/not-found', { id })
  const [{ is_identified }, changes] = await Promise.all([
    parts.catalog.selectFrom('persons').select('is_identified').where('id', '=', root).executeTakeFirstOrThrow(),
    lastChanges(parts, project.id, root),
  ])
  const facts = Object.entries(row.properties).map(([key, value]): PropertyFact => {
    const change = changes.get(key)
    return { key, label: propertyLabel(key), value, source: change?.source ?? 'api', at: change?.at ?? null }
  })
  return { ...row, identified: is_identified === 1, facts: facts.sort((a, b) => (a.label < b.label ? -1 : 1)) }
}

/** The id a person has today: their own, or that of the person they were merged into. */
export async function personToday({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<number> {
  const merge = await catalog.selectFrom('person_merges').select('to_id').where('project_id', '=', projectId).where('from_id', '=', id).executeTakeFirst()
  return merge?.to_id ?? id
}

/** The latest change of each property, those of people merged into this one among them. */
async function lastChanges({ store }: Pick<Parts, 'store'>, projectId: number, id: number): Promise<Map<string, { source: Source; at: number }>> {
  const project = bind('UInt32', projectId)
  const person = bind('UInt64', id)
  const rows = await store.query<{ key: string; source: Source; at: string }>(
    render(sql`select key, argMax(source, position) as source, toUnixTimestamp64Milli(argMax(at, position)) as at
from kindred.person_property_changes where project_id = ${project} and (person_id = ${person}
  or person_id in (select from_id from kindred.person_overrides final where project_id = ${project} and to_id = ${person})) group by key`),
  )
  return new Map(rows.map((row) => [row.key, { source: row.source, at: Number(row.at) }]))
}
