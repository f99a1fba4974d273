import { bind, type CompileContext, eventsWhere, hotTextColumns, join, personOfEvent, raw, render, type Sql, sql } from '@kindred/engine'
import type { EventRow, JsonValue, Project, Properties } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { personLabel } from '../people/person-label.ts'

interface StoredEvent {
  uuid: string
  event: string
  at: string
  received: string
  person: string
  distinct_id: string
  properties: Record<string, JsonValue>
  [hotColumn: string]: JsonValue
}

const hotColumns = Object.entries(hotTextColumns)
const columns = join(
  hotColumns.map(([, column]) => raw(`e.${column} as ${column}`)),
  ', ',
)

/** Events that meet `and`, newest first. */
export async function eventRows(
  parts: Parts,
  { project, context, and, limit }: { project: Project; context: CompileContext; and: readonly Sql[]; limit: number },
): Promise<EventRow[]> {
  const rows = await parts.store.query<StoredEvent>(
    render(sql`select toString(e.uuid) as uuid, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at, toUnixTimestamp64Milli(e.received_at) as received,
${personOfEvent(context)} as person, e.distinct_id as distinct_id, e.properties as properties, ${columns}
${eventsWhere(context, and)} order by e.timestamp desc, e.position desc limit ${bind('UInt32', limit)}`),
  )
  const labels = await personLabels(parts, project.id, [...new Set(rows.map((row) => Number(row.person)))])
  return rows.map((row) => ({
    uuid: row.uuid,
    event: row.event,
    timestamp: Number(row.at),
    receivedAt: Number(row.received),
    personId: Number(row.person),
    person: labels.get(Number(row.person)) ?? row.distinct_id,
    distinctId: row.distinct_id,
    properties: wholeProperties(row),
  }))
}

/** Puts back together what the writer took apart: hot columns, and keys whose dots the store writes as %2E. */
function wholeProperties(row: StoredEvent): Properties {
  const stored = Object.entries(row.properties).filter(([, value]) => value !== null)
  const hot = hotColumns.flatMap(([key, column]): [string, JsonValue][] => (row[column] === '' ? [] : [[key, row[column] ?? null]]))
  return Object.fromEntries([...stored.map(([key, value]): [string, JsonValue] => [key.replaceAll('%2E', '.'), dotted(value)]), ...hot])
}

function dotted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(dotted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replaceAll('%2E', '.'), dotted(inner)]))
}

async function personLabels({ catalog }: Pick<Parts, 'catalog'>, projectId: number, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const people = await catalog.selectFrom('persons').select(['id', 'properties']).where('project_id', '=', projectId).where('id', 'in', ids).execute()
  // Where nothing is known of a person, the event's own distinct id says as much.
  return new Map(
    people.map(({ id, properties }) => [id, personLabel(JSON.parse(properties) as Properties, [])] as const).filter(([, label]) => label !== 'Unknown'),
  )
}
