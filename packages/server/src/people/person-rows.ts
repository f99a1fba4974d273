import { bind, render, sql } from '@kindred/engine'
import { isHiddenProperty, type PersonRow, type Project, type Properties } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { customersSql } from './customers.ts'
import { activitySql } from './person-activity.ts'
import { emailOf, personLabel } from './person-label.ts'

const shownIds = 20

/** The people with these ids (at most a page of them), in their order; ids that are nobody's any more are left out. */
export async function personRows(parts: Parts, project: Project, ids: readonly number[]): Promise<PersonRow[]> {
  if (ids.length === 0) return []
  const [people, distinctIds, seen] = await Promise.all([catalogPeople(parts, project.id, ids), catalogIds(parts, ids), activity(parts, project, ids)])
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
      },
    ]
  })
}

/** Properties come from the catalog, where they are as they were sent. */
async function catalogPeople(
  { catalog }: Pick<Parts, 'catalog'>,
  projectId: number,
  ids: readonly number[],
): Promise<Map<number, { createdAt: number; properties: Properties }>> {
  const rows = await catalog
    .selectFrom('persons')
    .select(['id', 'created_at', 'properties'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, { createdAt: row.created_at, properties: shownProperties(JSON.parse(row.properties) as Properties) }]))
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

async function activity(parts: Parts, project: Project, ids: readonly number[]): Promise<Map<number, Seen>> {
  const context = await questionContext(parts, project)
  const rows = await parts.store.query<{ id: string; last: string; events: string; customer: number }>(
    render(sql`select person_id as id, toUnixTimestamp64Milli(last_seen) as last, events, person_id in (${customersSql(context)}) as customer
from (${activitySql(context)}) where person_id in ${bind('Array(UInt64)', ids)}`),
  )
  return new Map(rows.map((row) => [Number(row.id), { lastSeenAt: Number(row.last), events: Number(row.events), customer: row.customer === 1 }]))
}
