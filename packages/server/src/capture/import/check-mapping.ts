import { type ImportMapping, KindredError } from '@kindred/model'
import { compileMapping } from './compile-mapping.ts'
import { ExportStage } from './export-stage.ts'
import { GroupStage } from './group-stage.ts'
import type { CompiledMapping } from './mapped-row.ts'
import type { CheckTask } from './messages.ts'
import { openRows, type RowFile } from './read-rows.ts'
import { RowStage } from './row-stage.ts'
import type { Stage, StageOptions } from './stage.ts'
import type { TableSource } from './table-rows.ts'

export interface OpenedImport {
  file: RowFile
  /** Events come only once all rows are read. */
  isGrouped: boolean
  makeStage(options: Omit<StageOptions, 'compiled'>): Stage
}

export interface OpenOptions {
  /** IANA zone of times that carry none, unless the mapping names one. */
  zone: string
  /** The time of people and accounts whose rows have none, epoch milliseconds. */
  now: number
  table?: TableSource | undefined
}

/** Opens the file as the mapping says, and makes the mapping ready for its columns. Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function openMapped(path: string, mapping: ImportMapping, { table, ...times }: OpenOptions): Promise<OpenedImport> {
  if (mapping.export !== undefined) return openExport(path, mapping, table)
  const jsonColumns: string[] = []
  const file = await openRows(path, { ...mapping, jsonColumns, table })
  try {
    const open = file.format === 'jsonl' || file.format === 'parquet'
    const compiled = compileMapping(mapping, { columns: open ? jsonColumns : [...file.columns], open, ...times })
    if (table !== undefined) refuseUnknown(jsonColumns, table)
    return { file, isGrouped: compiled.kind === 'group', makeStage: (options) => stageOf(compiled, options) }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openExport(path: string, { export: product, format, ...mapping }: ImportMapping, table: TableSource | undefined): Promise<OpenedImport> {
  const file = await openRows(path, { ...mapping, format: format ?? (table === undefined ? 'jsonl' : 'parquet'), whole: true, table })
  if (product !== undefined && (file.format === 'jsonl' || file.format === 'parquet')) {
    return { file, isGrouped: false, makeStage: (options) => new ExportStage(product, options) }
  }
  await file.close()
  throw new KindredError('import/invalid-mapping', { field: 'export', reason: 'such exports are JSON lines or Parquet' })
}

function stageOf(compiled: CompiledMapping, options: Omit<StageOptions, 'compiled'>): Stage {
  return compiled.kind === 'group' ? new GroupStage({ ...options, compiled }) : new RowStage({ ...options, compiled })
}

/** A column may be a path into a column of objects. */
function refuseUnknown(wanted: readonly string[], { columns }: TableSource): void {
  const names = new Set(columns.map(({ name }) => name))
  const unknown = wanted.find((column) => !names.has(column) && !names.has(column.split('.', 1)[0] ?? ''))
  if (unknown === undefined) return
  const reason = `the file has no column ${JSON.stringify(unknown)}; it has ${[...names].map((name) => JSON.stringify(name)).join(', ')}`
  throw new KindredError('import/invalid-mapping', { field: 'mapping', reason })
}

/** Errors as above: what can be known of a mapping before the import begins. */
export async function checkMapping({ path, mapping, zone, table }: CheckTask): Promise<void> {
  const { file } = await openMapped(path, mapping, { zone, now: 0, table })
  await file.close()
}
