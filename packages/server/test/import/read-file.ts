import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CapturedEvent, type ImportMappingInput, importMappingSchema } from '@kindred/model'
import { openMapped } from '../../src/capture/import/check-mapping.ts'
import type { ImportMessage, ReadProgress, RunTask } from '../../src/capture/import/messages.ts'
import { openRows, type RowFileOptions } from '../../src/capture/import/read-rows.ts'
import type { BadRow, Row } from '../../src/capture/import/row.ts'
import { runImport } from '../../src/capture/import/run-import.ts'
import { defaultLimits } from '../../src/capture/import/stage.ts'
import { unpackEntries } from '../../src/log/entry.ts'

/** A file in a folder of its own, for as long as `use` takes. */
async function withFile<Result>(content: string | Buffer, use: (path: string, folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-import-'))
  try {
    const path = join(folder, 'file')
    writeFileSync(path, content)
    return await use(path, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export interface ReadFile {
  columns: readonly string[]
  delimiter: string | null
  notes: string[]
  rows: Row[]
  bad: BadRow[]
}

export function readFile(content: string | Buffer, options: RowFileOptions = {}): Promise<ReadFile> {
  return withFile(content, async (path) => {
    const file = await openRows(path, options)
    const all: (Row | BadRow)[] = []
    try {
      for await (const batch of file.rows()) for (const row of batch) all.push(row)
    } finally {
      await file.close()
    }
    const notes = file.notes()
    return { columns: file.columns, delimiter: file.delimiter, notes, rows: all.filter((row) => 'cells' in row), bad: all.filter((row) => 'reason' in row) }
  })
}

export interface Imported {
  events: CapturedEvent[]
  rejects: BadRow[]
  progress: ReadProgress
  fileKey: string
}

/** All that the import thread would send for this file. */
export function importText(content: string | Buffer, mapping: ImportMappingInput, task: Partial<RunTask> = {}): Promise<Imported> {
  return withFile(content, async (path, folder) => {
    const messages: ImportMessage[] = []
    const run: RunTask = {
      kind: 'run',
      path,
      folder,
      mapping: importMappingSchema.parse(mapping),
      zone: 'UTC',
      projectId: 1,
      now: 0,
      sent: 0,
      fileKey: '',
      limits: defaultLimits,
      ...task,
    }
    const progress = await runImport(run, { post: (message) => messages.push(structuredClone(message)), kept: () => Promise.resolve(), stopped: () => false })
    const sent = messages.filter((message) => message.kind === 'send')
    return {
      events: sent.flatMap(({ events }) => (events === null ? [] : unpackEntries(events).map(({ json }) => JSON.parse(json) as CapturedEvent))),
      rejects: sent.flatMap(({ rejects }) => rejects),
      progress,
      fileKey: messages.find((message) => message.kind === 'opened')?.fileKey ?? '',
    }
  })
}

/** What is wrong with a mapping for a file. */
export function mappingProblem(content: string, mapping: ImportMappingInput): Promise<string> {
  return withFile(content, async (path) => {
    try {
      const { file } = await openMapped(path, importMappingSchema.parse(mapping), { zone: 'UTC', now: 0 })
      await file.close()
      return 'none'
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  })
}
