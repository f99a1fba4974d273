import { KindredError } from '@kindred/model'
import type { CheckTask, FileFacts, ImportMessage, ImportTask, InspectTask } from '../capture/import/messages.ts'
import { startWorker } from '../worker.ts'

/** The heap of the thread that reads files, in megabytes. */
const heap = { maxOldGenerationSizeMb: 512 }

export function startImportThread(task: ImportTask) {
  return startWorker(new URL('../capture/import/import-worker.ts', import.meta.url), { workerData: task, resourceLimits: heap })
}

/** Errors: `import/unreadable`. */
export async function inspect(task: Omit<InspectTask, 'kind'>): Promise<FileFacts> {
  const answer = await oneAnswer({ kind: 'inspect', ...task })
  if (answer.kind !== 'inspected') throw failureOf(answer)
  return answer.facts
}

/** Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function check(task: Omit<CheckTask, 'kind'>): Promise<void> {
  const answer = await oneAnswer({ kind: 'check', ...task })
  if (answer.kind !== 'checked') throw failureOf(answer)
}

/** The error a message of the thread tells of. */
export function failureOf(message: ImportMessage): Error {
  if (message.kind === 'failed') return new KindredError(message.code, message.details)
  return new Error(message.kind === 'crashed' ? message.reason : `the import thread answered ${message.kind}`)
}

function oneAnswer(task: ImportTask): Promise<ImportMessage> {
  return new Promise((resolve, reject) => {
    const worker = startImportThread(task)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the import thread ended without an answer')))
  })
}
