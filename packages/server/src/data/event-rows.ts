import { bind, type CompileContext, eventsWhere, hotTextColumns, join, personOfEvent, raw, render, type Sql, sql } from '@kindred/engine'
import type { EventRow, Page, Project, Properties } from '@kindred/model'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { personLabel } from '../people/person-label.ts'
import { readStoredProperties } from '../store/clickhouse/stored-properties.ts'
import { type Sensitivity, sensitivityOf, withoutSensitive } from './sensitive.ts'

interface StoredEvent {
  uuid: string
  event: string
  at: string
  received: string
  person: string
  distinct_id: string
  /** JSON text. */
  properties: string
  position: string
  [hotColumn: string]: string
}

const hotColumns = Object.entries(hotTextColumns)
const columns = join(
  hotColumns.map(([, column]) => raw(`e.${column} as ${column}`)),
  ', ',
)

export interface EventPage {
  limit: number
  cursor?: string | undefined
}

const order = { list: 'events', placeOf: (row: StoredEvent) => [Number(row.at), Number(row.position)] }

/** The moment (epoch milliseconds) that the page of a cursor begins at; undefined without one. Errors: `request/cursor`. */
export const eventCursorTime = (cursor: string | undefined): number | undefined => readCursor(order.list, cursor, [0, 0] as const)?.[0]

/** A page of the events that meet `and`, newest first. Errors: `request/cursor`. */
export async function eventRows(
  parts: Parts,
  { project, context, and, page }: { project: Project; context: CompileContext; and: readonly Sql[]; page: EventPage },
): Promise<Page<EventRow>> {
  const found = await parts.store.query<StoredEvent>(
    // Rows of the store carry whole numbers as text; inside properties they must stay numbers.
    render(sql`select * from (select toString(e.uuid) as uuid, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at, toUnixTimestamp64Milli(e.received_at) as received,
${personOfEvent(context)} as person, e.distinct_id as distinct_id, toJSONString(e.properties) as properties, e.position as position, ${columns}
${eventsWhere(context, [...and, ...beforeSql(page.cursor)])} order by e.timestamp desc, e.position desc limit ${bind('UInt32', page.limit + 1)} settings output_format_json_quote_64bit_integers = 0)`),
  )
  const { results: rows, next } = pageOf(found, page.limit, order)
  const sensitivity = await sensitivityOf(parts, project.id)
  const labels = await personLabels(parts, { projectId: project.id, ids: [...new Set(rows.map((row) => Number(row.person)))], sensitivity })
  const results = rows.map((row) => ({
    uuid: row.uuid,
    event: row.event,
    timestamp: Number(row.at),
    receivedAt: Number(row.received),
    personId: Number(row.person),
    person: labels.get(Number(row.person)) ?? row.distinct_id,
    distinctId: row.distinct_id,
    ...withoutSensitive(wholeProperties(row), sensitivity.event),
  }))
  return { results, next }
}

/** Several events may have one moment; the place in the log tells them apart. */
function beforeSql(cursor: string | undefined): Sql[] {
  const place = readCursor(order.list, cursor, [0, 0] as const)
  if (place === undefined) return []
  const [at, position] = place
  const moment = sql`fromUnixTimestamp64Milli(${bind('Int64', at)})`
  return [sql`e.timestamp <= ${moment}`, sql`(e.timestamp < ${moment} or e.position < ${bind('UInt64', position)})`]
}

/** Puts back together what the writer took apart. */
function wholeProperties(row: StoredEvent): Properties {
  const hot = hotColumns.flatMap(([key, column]): [string, string][] => (row[column] ? [[key, row[column]]] : []))
  return { ...readStoredProperties(row.properties), ...Object.fromEntries(hot) }
}

async function personLabels(
  { catalog }: Pick<Parts, 'catalog'>,
  { projectId, ids, sensitivity }: { projectId: number; ids: readonly number[]; sensitivity: Sensitivity },
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const people = await catalog.selectFrom('persons').select(['id', 'properties']).where('project_id', '=', projectId).where('id', 'in', ids).execute()
  // Where nothing is known of a person, the event's own distinct id says as much.
  return new Map(
    people
      .map(({ id, properties }) => [id, personLabel(withoutSensitive(JSON.parse(properties) as Properties, sensitivity.person).properties, [])] as const)
      .filter(([, label]) => label !== 'Unknown'),
  )
}
