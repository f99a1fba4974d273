import { rmSync } from 'node:fs'
import { hotTextColumns } from '@kindred/engine'
import type { Properties } from '@kindred/model'
import { writeJson } from '../src/capture/json.ts'
import type { Store, Table } from '../src/store/clickhouse/store.ts'
import { storedProperties } from '../src/store/clickhouse/stored-properties.ts'
import { freshFolder, openStore } from './fresh-folder.ts'

/** The real analytics store on a folder of its own, with rows written as the pipeline writes them. One at a time in a process. */
export interface TestStore {
  store: Store
  insertEvents(events: readonly StoredEvent[]): Promise<void>
  insertPersons(persons: readonly StoredPerson[]): Promise<void>
  insertRows(table: Table, rows: readonly object[]): Promise<void>
  close(): Promise<void>
}

/** `properties` may also be JSON text, for values that JavaScript cannot hold; it goes in as it is, as all did before items of lists were kept as text. */
export interface StoredEvent {
  projectId?: number
  event?: string
  personId: number
  /** Epoch milliseconds. */
  timestamp?: number
  properties?: Properties | string
  position?: number
  /** The accounts it carries: from type to key. */
  groups?: Readonly<Record<string, string>> | undefined
}
export interface StoredPerson {
  projectId?: number
  personId: number
  properties?: Properties | string
  isDeleted?: boolean
  version?: number
  /** Epoch milliseconds. */
  createdAt?: number | undefined
}

export async function openTestStore(): Promise<TestStore> {
  const folder = await freshFolder()
  const store = await openStore(folder)
  const insertLines = (table: Table, lines: readonly string[]) => store.insert(table, Buffer.from(lines.join('\n')), crypto.randomUUID())
  return {
    store,
    insertEvents: (events) => insertLines('events', events.map(eventLine)),
    insertPersons: (persons) => insertLines('persons', persons.map(personLine)),
    insertRows: (table, rows) =>
      insertLines(
        table,
        rows.map((row) => JSON.stringify(row)),
      ),
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function eventLine(event: StoredEvent): string {
  const { projectId = 1, personId, timestamp = 0, properties = {}, position = 1 } = event
  const columns: Record<string, unknown> = {}
  const rest = typeof properties === 'string' ? properties : writeJson(storedProperties(withoutHot(properties, columns)))
  const row = {
    project_id: projectId,
    event: event.event ?? 'event',
    timestamp: new Date(timestamp).toISOString().replace('T', ' ').replace('Z', ''),
    actor_id: personId,
    person_id: personId,
    uuid: crypto.randomUUID(),
    distinct_id: `d${personId}`,
    position,
    groups: event.groups ?? {},
    ...columns,
  }
  return withProperties(row, rest)
}

function withoutHot(properties: Properties, columns: Record<string, unknown>): Properties {
  const names: Record<string, string> = hotTextColumns
  return Object.fromEntries(
    Object.entries(properties).filter(([key, value]) => {
      const column = Object.hasOwn(names, key) ? names[key] : undefined
      if (column !== undefined) columns[column] = value
      return column === undefined
    }),
  )
}

function personLine({ projectId = 1, personId, properties = {}, isDeleted = false, version = 1, createdAt = 0 }: StoredPerson): string {
  const created_at = new Date(createdAt).toISOString().replace('T', ' ').replace('Z', '')
  const row = { project_id: projectId, person_id: personId, version, is_deleted: isDeleted ? 1 : 0, created_at, distinct_ids: [`d${personId}`] }
  return withProperties(row, typeof properties === 'string' ? properties : writeJson(storedProperties(properties)))
}

function withProperties(row: object, properties: string): string {
  return `${JSON.stringify(row).slice(0, -1)},"properties":${properties}}`
}
