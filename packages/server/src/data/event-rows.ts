import { bind, type CompileContext, eventsWhere, hotTextColumns, join, personOfEvent, raw, render, type Sql, sql } from '@kindred/engine'
import type { EventRow, Project, Properties } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { personLabel } from '../people/person-label.ts'
import { readStoredProperties } from '../store/clickhouse/stored-properties.ts'

interface StoredEvent {
  uuid: string
  event: string
  at: string
  received: string
  person: string
  distinct_id: string
  /** JSON text. */
  properties: string
  [hotColumn: string]: string
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
    // Rows of the store carry whole numbers as text; inside properties they must stay numbers.
    render(sql`select * from (select toString(e.uuid) as uuid, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at, toUnixTimestamp64Milli(e.received_at) as received,
${personOfEvent(context)} as person, e.distinct_id as distinct_id, toJSONString(e.properties) as properties, ${columns}
${eventsWhere(context, and)} order by e.timestamp desc, e.position desc limit ${bind('UInt32', limit)} settings output_format_json_quote_64bit_integers = 0)`),
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

/** Puts back together what the writer took apart. */
function wholeProperties(row: StoredEvent): Properties {
  const hot = hotColumns.flatMap(([key, column]): [string, string][] => (row[column] ? [[key, row[column]]] : []))
  return { ...readStoredProperties(row.properties), ...Object.fromEntries(hot) }
}

async function personLabels({ catalog }: Pick<Parts, 'catalog'>, projectId: number, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const people = await catalog.selectFrom('persons').select(['id', 'properties']).where('project_id', '=', projectId).where('id', 'in', ids).execute()
  // Where nothing is known of a person, the event's own distinct id says as much.
  return new Map(
    people.map(({ id, properties }) => [id, personLabel(JSON.parse(properties) as Properties, [])] as const).filter(([, label]) => label !== 'Unknown'),
  )
}
