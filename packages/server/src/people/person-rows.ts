import { bind, eventMatchSql, render, sql } from '@kindred/engine'
import { isHiddenProperty, type PersonRow, type Project, type Properties } from '@kindred/model'
import { type Sensitivity, sensitivityOf, withoutSensitive } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'
import { readProperties } from '../store/clickhouse/stored-properties.ts'
import { emailOf, personLabel } from './person-label.ts'

type PeopleParts = Pick<Parts, 'catalog' | 'store'>

const shownIds = 20

/** The people with these ids (at most a page of them), in their order; ids that are nobody's any more are left out. */
export async function personRows(parts: PeopleParts, project: Project, ids: readonly number[]): Promise<PersonRow[]> {
  if (ids.length === 0) return []
  const sensitivity = await sensitivityOf(parts, project.id)
  const [people, distinctIds, seen] = await Promise.all([
    catalogPeople(parts, { projectId: project.id, ids, sensitivity }),
    catalogIds(parts, ids),
    activity(parts, project, ids),
  ])
  return ids.flatMap((id) => {
    const person = people.get(id)
    if (person === undefined) return []
    const own = distinctIds.get(id) ?? []
    const { lastSeenAt, events, customer } = seen.get(id) ?? { lastSeenAt: null, events: 0, customer: false }
    const email = emailOf(person.properties)
    const kind = customer ? 'customer' : email === null ? 'anonymous' : 'known'
    return [
      {
        id,
        distinctIds: own,
        label: personLabel(person.properties, own),
        email,
        kind,
        createdAt: person.createdAt,
        lastSeenAt,
        events,
        properties: person.properties,
        masked: person.masked,
      },
    ]
  })
}

/** Properties come from the catalog, where they are as they were sent. */
interface CatalogPerson {
  createdAt: number
  properties: Properties
  masked: string[]
}

async function catalogPeople(
  { catalog }: Pick<Parts, 'catalog'>,
  { projectId, ids, sensitivity }: { projectId: number; ids: readonly number[]; sensitivity: Sensitivity },
): Promise<Map<number, CatalogPerson>> {
  const rows = await catalog
    .selectFrom('persons')
    .select(['id', 'created_at', 'properties'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute()
  return new Map(
    rows.map((row) => [row.id, { createdAt: row.created_at, ...withoutSensitive(shownProperties(readProperties(row.properties)), sensitivity.person) }]),
  )
}

function shownProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !isHiddenProperty(key)))
}

async function catalogIds({ catalog }: Pick<Parts, 'catalog'>, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await catalog
    .selectFrom('distinct_ids')
    .select(['person_id', 'distinct_id'])
    .where('person_id', 'in', ids)
    .orderBy('distinct_id')
    .limit(10_000)
    .execute()
  const byPerson = new Map<number, string[]>()
  for (const { person_id, distinct_id } of rows) {
    const own = byPerson.get(person_id)
    if (own === undefined) byPerson.set(person_id, [distinct_id])
    else if (own.length < shownIds) own.push(distinct_id)
  }
  return byPerson
}

interface Seen {
  lastSeenAt: number
  events: number
  customer: boolean
}

/** Reads only the rows of these people, and of those who were merged into them, by the key and the index of the store. */
async function activity({ catalog, store }: PeopleParts, project: Project, ids: readonly number[]): Promise<Map<number, Seen>> {
  const merges = await catalog.selectFrom('person_merges').select(['from_id', 'to_id']).where('to_id', 'in', ids).execute()
  const today = new Map([...ids.map((id): [number, number] => [id, id]), ...merges.map(({ from_id, to_id }): [number, number] => [from_id, to_id])])
  const people = bind('Array(UInt64)', [...today.keys()])
  const ofProject = bind('UInt32', project.id)
  const orders = sql`select e.person_id from kindred.events as e where e.project_id = ${ofProject} and ${eventMatchSql({ role: 'order' }, project)} and e.person_id in ${people}`
  const rows = await store.query<{ id: string; last: string; events: string; customer: number }>(
    render(sql`select a.person_id as id, toUnixTimestamp64Milli(max(a.last_seen)) as last, sum(a.events) as events, a.person_id in (${orders}) as customer
from kindred.person_activity as a where a.project_id = ${ofProject} and a.person_id in ${people} group by a.person_id`),
  )
  const seen = new Map<number, Seen>()
  for (const row of rows) {
    const id = today.get(Number(row.id)) ?? Number(row.id)
    const before = seen.get(id) ?? { lastSeenAt: 0, events: 0, customer: false }
    seen.set(id, {
      lastSeenAt: Math.max(before.lastSeenAt, Number(row.last)),
      events: before.events + Number(row.events),
      customer: before.customer || row.customer === 1,
    })
  }
  return seen
}
