import {
  type ImportMapping,
  type ImportState,
  importMappingSchema,
  importStates,
  KindredError,
  type listRequest,
  type Page,
  type RejectedRow,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { BadRow } from '../capture/import/row.ts'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

type ListRequest = z.output<typeof listRequest>

/** How far an import is, as its row keeps it. */
export interface ImportProgress {
  bytes: number
  bytesRead: number
  rows: number
  rejected: number
  skipped: Record<string, number>
  notes: string[]
  events: number
  duplicates: number
  people: number
  /** Events made so far, in the order the file gives them: where a resumed import goes on. */
  sent: number
  /** Log positions between which this import's events lie, one pair per run. */
  positions: [number, number][]
  rowsPerSecond: number
  secondsLeft: number | null
}

export const noProgress: ImportProgress = {
  bytes: 0,
  bytesRead: 0,
  rows: 0,
  rejected: 0,
  skipped: {},
  notes: [],
  events: 0,
  duplicates: 0,
  people: 0,
  sent: 0,
  positions: [],
  rowsPerSecond: 0,
  secondsLeft: null,
}

export interface ImportRecord {
  id: number
  projectId: number
  name: string
  path: string
  /** Hash of the file's bytes, '' until it was first read. */
  fileKey: string
  mapping: ImportMapping
  state: ImportState['state']
  progress: ImportProgress
  error: string | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
}

type Catalog = Parts['catalog']
const rejectsPerStatement = 100

export async function insertImport(
  { catalog, clock }: Pick<Parts, 'catalog' | 'clock'>,
  created: Pick<ImportRecord, 'projectId' | 'name' | 'path' | 'mapping' | 'progress'>,
): Promise<ImportRecord> {
  const { projectId, name, path, mapping, progress } = created
  const row = await catalog
    .insertInto('imports')
    .values({
      project_id: projectId,
      name,
      source_key: '',
      path,
      mapping: JSON.stringify(mapping),
      state: 'waiting',
      progress: JSON.stringify(progress),
      error: null,
      created_at: clock(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return recordOf(row)
}

/** Errors: `import/not-found`. */
export async function findImport(catalog: Catalog, projectId: number, id: number): Promise<ImportRecord> {
  const row = await catalog.selectFrom('imports').selectAll().where('id', '=', id).where('project_id', '=', projectId).executeTakeFirst()
  if (row === undefined) throw new KindredError('import/not-found', { id })
  return recordOf(row)
}

const importOrder = { list: 'imports', placeOf: ({ id }: ImportRecord) => [id] }

/** Newest first. Errors: `request/cursor`. */
export async function listImports(catalog: Catalog, projectId: number, { limit, cursor }: ListRequest): Promise<Page<ImportRecord>> {
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(importOrder.list, cursor, [0]) ?? []
  const rows = await catalog
    .selectFrom('imports')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(recordOf), limit, importOrder)
}

const rejectOrder = { list: 'rejected-rows', placeOf: ({ line }: RejectedRow) => [line] }

/** In the order of the file. Errors: `request/cursor`. */
export async function listRejects(catalog: Catalog, importId: number, { limit, cursor }: ListRequest): Promise<Page<RejectedRow>> {
  const [after = -1] = readCursor(rejectOrder.list, cursor, [0]) ?? []
  const rows = await catalog
    .selectFrom('import_rejects')
    .select(['line', 'column_name as column', 'reason', 'row'])
    .where('import_id', '=', importId)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, rejectOrder)
}

/** The oldest import that is to be run: one whose server was stopped, or one that waits. */
export async function nextImport(catalog: Catalog): Promise<ImportRecord | undefined> {
  const row = await catalog
    .selectFrom('imports')
    .selectAll()
    .where('state', 'in', ['running', 'waiting'])
    .orderBy('state')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : recordOf(row)
}

/** Whether the import may run now: false where it was cancelled since it was looked up. */
export async function claimImport(catalog: Catalog, { id, startedAt }: ImportRecord): Promise<boolean> {
  const { numUpdatedRows } = await catalog
    .updateTable('imports')
    .set({ state: 'running', started_at: startedAt, ended_at: null, error: null })
    .where('id', '=', id)
    .where('state', 'in', ['running', 'waiting'])
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0
}

/** The files that imports not yet done still need. */
export async function neededPaths(catalog: Catalog): Promise<Set<string>> {
  const rows = await catalog.selectFrom('imports').select('path').where('state', '!=', 'done').execute()
  return new Set(rows.map((row) => row.path))
}

export async function saveImport(catalog: Catalog, record: ImportRecord): Promise<void> {
  await catalog
    .updateTable('imports')
    .set({
      source_key: record.fileKey,
      state: record.state,
      progress: JSON.stringify(record.progress),
      error: record.error,
      started_at: record.startedAt,
      ended_at: record.endedAt,
    })
    .where('id', '=', record.id)
    .execute()
}

export async function addRejects(catalog: Catalog, importId: number, rejects: readonly BadRow[]): Promise<void> {
  for (let from = 0; from < rejects.length; from += rejectsPerStatement) {
    const values = rejects
      .slice(from, from + rejectsPerStatement)
      .map(({ line, column, reason, raw }) => ({ import_id: importId, line, column_name: column, reason, row: raw }))
    await catalog.insertInto('import_rejects').values(values).execute()
  }
}

export async function forgetRejects(catalog: Catalog, importId: number): Promise<void> {
  await catalog.deleteFrom('import_rejects').where('import_id', '=', importId).execute()
}

export function stateOf(record: ImportRecord): ImportState {
  const { id, name, state, startedAt, endedAt, error } = record
  const { sent: _sent, positions: _positions, secondsLeft, ...progress } = record.progress
  return { id, name, state, ...progress, secondsLeft: state === 'running' ? secondsLeft : null, startedAt, endedAt, error }
}

function recordOf(row: Selectable<CatalogTables['imports']>): ImportRecord {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    path: row.path,
    fileKey: row.source_key,
    mapping: importMappingSchema.parse(JSON.parse(row.mapping)),
    state: importStates.find((state) => state === row.state) ?? 'failed',
    progress: { ...noProgress, ...(JSON.parse(row.progress) as Partial<ImportProgress>) },
    error: row.error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}
