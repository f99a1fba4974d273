import { parentPort, workerData } from 'node:worker_threads'
import { KindredError } from '@kindred/model'
import { checkMapping } from './check-mapping.ts'
import { inspectFile } from './inspect-file.ts'
import type { ImportCommand, ImportMessage, ImportTask, RunSurroundings } from './messages.ts'
import { previewFile } from './preview-file.ts'
import { runImport } from './run-import.ts'

/** The import thread: one task, then it ends. Everything that reads a file happens here. */
const port = parentPort
if (port === null) throw new Error('this file is the start of a worker thread')

const post = (message: ImportMessage): void =>
  port.postMessage(message, message.kind === 'send' && message.events !== null ? [message.events.buffer as ArrayBuffer] : [])

async function work(task: ImportTask): Promise<ImportMessage> {
  if (task.kind === 'inspect') return { kind: 'inspected', facts: await inspectFile(task.path, task.table) }
  if (task.kind === 'preview') return { kind: 'previewed', preview: await previewFile(task) }
  if (task.kind === 'check') {
    await checkMapping(task)
    return { kind: 'checked' }
  }
  return { kind: 'done', progress: await runImport(task, surroundings()) }
}

function surroundings(): RunSurroundings {
  let stopped = false
  /** Answers that nobody has asked for yet. */
  let answers = 0
  let waiting: (() => void) | undefined
  port?.on('message', (command: ImportCommand) => {
    if (command === 'stop') stopped = true
    if (waiting === undefined) answers++
    waiting?.()
    waiting = undefined
  })
  return {
    post,
    stopped: () => stopped,
    kept() {
      if (answers > 0) {
        answers--
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
  }
}

void work(workerData as ImportTask)
  .catch((error: unknown): ImportMessage => {
    if (error instanceof KindredError) return { kind: 'failed', code: error.code, details: error.details }
    return { kind: 'crashed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  })
  .then(post)
  .finally(() => port.close())
