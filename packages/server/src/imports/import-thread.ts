import { type ImportPreview, KindredError } from '@kindred/model'
import type { CheckTask, FileFacts, ImportMessage, ImportTask, InspectTask, PreviewTask } from '../capture/import/messages.ts'
import type { TableSource } from '../capture/import/table-rows.ts'
import type { Parts } from '../parts.ts'
import { startWorker } from '../worker.ts'
import { serveTable } from './parquet/serve-table.ts'

/** The heap of the thread that reads files, in megabytes: it passes on what it reads, so that a larger nursery would only be filled. */
const heap = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 6 }

type TableParts = Pick<Parts, 'config' | 'store'>

export function startImportThread(task: ImportTask) {
  const transferList = task.table === undefined ? [] : [task.table.port]
  return startWorker(new URL('../capture/import/import-worker.ts', import.meta.url), { workerData: task, transferList, resourceLimits: heap })
}

/** Errors: `import/unreadable`. */
export async function inspect(parts: TableParts, task: Omit<InspectTask, 'kind' | 'table'>): Promise<FileFacts> {
  const answer = await oneAnswer(parts, { kind: 'inspect', ...task })
  if (answer.kind !== 'inspected') throw failureOf(answer)
  return answer.facts
}

/** Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function check(parts: TableParts, task: Omit<CheckTask, 'kind' | 'table'>): Promise<void> {
  const answer = await oneAnswer(parts, { kind: 'check', ...task })
  if (answer.kind !== 'checked') throw failureOf(answer)
}

/** Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function preview(parts: TableParts, task: Omit<PreviewTask, 'kind' | 'table'>): Promise<ImportPreview> {
  const answer = await oneAnswer(parts, { kind: 'preview', ...task })
  if (answer.kind !== 'previewed') throw failureOf(answer)
  return answer.preview
}

/** The error a message of the thread tells of. */
export function failureOf(message: ImportMessage): Error {
  if (message.kind === 'failed') return new KindredError(message.code, message.details)
  return new Error(message.kind === 'crashed' ? message.reason : `the import thread answered ${message.kind}`)
}

/** Runs `work` with the file as a table, where the engine has to read it. Errors: `import/unreadable`. */
export async function withTable<Result>(parts: TableParts, path: string, work: (table: TableSource | undefined) => Promise<Result>): Promise<Result> {
  const served = await serveTable(parts, path)
  try {
    return await work(served?.source)
  } finally {
    await served?.close()
  }
}

function oneAnswer(parts: TableParts, task: ImportTask): Promise<ImportMessage> {
  return withTable(
    parts,
    task.path,
    (table) =>
      new Promise((resolve, reject) => {
        const worker = startImportThread({ ...task, table })
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error('the import thread ended without an answer')))
      }),
  )
}
