import { bind, render, sql } from '@kindred/engine'
import {
  isHiddenProperty,
  KindredError,
  type PersonProfile,
  type Project,
  type Properties,
  type PropertyFact,
  propertyLabel,
  type Source,
} from '@kindred/model'
import type { Parts } from '../parts.ts'
import { readProperties } from '../store/clickhouse/stored-properties.ts'
import { personRows } from './person-rows.ts'
import { changesOf } from './property-history.ts'

/** One person with where each property came from and when. A merged person's old id answers the person of today. Errors: `person/not-found`. */
export async function personProfile(parts: Parts, project: Project, id: number): Promise<PersonProfile> {
  const root = await personToday(parts, project.id, id)
  const [row] = await personRows(parts, project, [root])
  if (row === undefined) throw new KindredError('person/not-found', { id })
  const [{ is_identified }, changes, labels] = await Promise.all([
    parts.catalog.selectFrom('persons').select('is_identified').where('id', '=', root).executeTakeFirstOrThrow(),
    lastChanges(parts, project, root),
    writtenLabels(parts, project.id),
  ])
  const factOf = (key: string, value: unknown, masked: boolean): PropertyFact => {
    const { source = 'api', at = null, event = null, count = 0 } = changes.get(key) ?? {}
    return { key, label: labels.get(key) ?? propertyLabel(key), value, masked, source, at, event, changes: count }
  }
  const facts = [...Object.entries(row.properties).map(([key, value]) => factOf(key, value, false)), ...row.masked.map((key) => factOf(key, null, true))]
  const present = new Set(facts.map(({ key }) => key))
  const gone = [...changes].filter(([key, { unset }]) => unset && !present.has(key) && !isHiddenProperty(key)).map(([key]) => factOf(key, null, false))
  return { ...row, identified: is_identified === 1, facts: facts.sort(byLabel), gone: gone.sort(byLabel) }
}

function byLabel(a: PropertyFact, b: PropertyFact): number {
  return a.label < b.label ? -1 : 1
}

/** The id a person has today: their own, or that of the person they were merged into. */
export async function personToday({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<number> {
  const merge = await catalog.selectFrom('person_merges').select('to_id').where('project_id', '=', projectId).where('from_id', '=', id).executeTakeFirst()
  return merge?.to_id ?? id
}

/** All properties as they were sent, sensitive ones too, without those that the product keeps for itself. Errors: `person/not-found`. */
export async function storedProperties({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<Properties> {
  const row = await catalog.selectFrom('persons').select('properties').where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new KindredError('person/not-found', { id })
  return Object.fromEntries(Object.entries(readProperties(row.properties)).filter(([key]) => !isHiddenProperty(key)))
}

interface LastChange {
  source: Source
  at: number
  event: string | null
  count: number
  unset: boolean
}

/** The latest change of each property, those of people merged into this one among them. */
async function lastChanges({ store }: Pick<Parts, 'store'>, project: Project, id: number): Promise<Map<string, LastChange>> {
  const last = sql`select c.key as key, argMax(c.source, c.position) as source, argMax(c.at, c.position) as at, argMax(c.value, c.position) as value, max(c.position) as position,
count() as changes ${changesOf(project, id)} group by key`
  const rows = await store.query<{ key: string; source: Source; at: string; changes: string; unset: 0 | 1; event: string }>(
    render(sql`select l.key as key, l.source as source, toUnixTimestamp64Milli(l.at) as at, l.changes as changes, l.value = '' as unset, e.event as event
from (${last}) as l left join (select e.position as position, any(e.event) as event from kindred.events as e
where e.project_id = ${bind('UInt32', project.id)} and e.position in (select position from (${last})) group by position) as e on e.position = l.position`),
  )
  return new Map(
    rows.map(({ key, source, at, changes, unset, event }) => [
      key,
      { source, at: Number(at), event: event === '' ? null : event, count: Number(changes), unset: unset === 1 },
    ]),
  )
}

async function writtenLabels({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<string, string>> {
  const rows = await catalog
    .selectFrom('property_catalogue')
    .select(['name', 'label'])
    .where('project_id', '=', projectId)
    .where('entity', '=', 'person')
    .where('label', 'is not', null)
    .execute()
  return new Map(rows.map(({ name, label }) => [name, label ?? name]))
}
