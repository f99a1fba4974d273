import type { ImportMapping } from '@kindred/model'
import { type CompiledMapping, compileMapping } from './compile-mapping.ts'
import type { CheckTask } from './messages.ts'
import { openRows, type RowFile } from './read-rows.ts'

export interface OpenedImport {
  file: RowFile
  compiled: CompiledMapping
}

/** Opens the file as the mapping says, and makes the mapping ready for its columns. Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function openMapped(path: string, mapping: ImportMapping, times: { zone: string; now: number }): Promise<OpenedImport> {
  const jsonColumns: string[] = []
  const file = await openRows(path, { ...mapping, jsonColumns })
  try {
    const open = file.format === 'jsonl'
    return { file, compiled: compileMapping(mapping, { columns: open ? jsonColumns : [...file.columns], open, ...times }) }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Errors as above: what can be known of a mapping before the import begins. */
export async function checkMapping({ path, mapping, zone }: CheckTask): Promise<void> {
  const { file } = await openMapped(path, mapping, { zone, now: 0 })
  await file.close()
}
