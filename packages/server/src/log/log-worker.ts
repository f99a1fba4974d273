import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { KindredError, readEnrichment } from '@kindred/model'
import Database from 'better-sqlite3'
import { readCapture } from '../capture/read-capture.ts'
import type { LogReply, LogRequest, LogWorkerData } from '../pipeline/messages.ts'
import { Rest } from '../rest.ts'
import { Checkpoints } from './checkpoints.ts'
import { unpackEntries } from './entry.ts'
import type { LogAppended, LogBatch } from './log.ts'
import { openSqliteLog } from './sqlite.ts'

/**
 * The thread that reads capture requests and appends them to the log. Requests that come while the disk syncs wait and share the next transaction:
 * many requests, one sync. It answers a request once its events are on disk.
 */
const { logPath, catalogPath, deduplicationDays, logDays, pipeline } = workerData as LogWorkerData
/** Appends copy the journal themselves only where the thread for it cannot. */
const longestJournal = 65_536
const log = openSqliteLog({ path: logPath, deduplicationDays, logDays, checkpointPages: longestJournal })
const checkpoints = new Checkpoints(logPath, log)
const catalog = new Database(catalogPath, { readonly: true, timeout: 30_000 })
const projectOfToken = catalog.prepare<[string], { id: number; enrichment: string }>('select id, enrichment from projects where token = ?')

interface Waiting {
  id: number
  batch: LogBatch
  answer: (appended: LogAppended) => LogReply
}
let waiting: Waiting[] = []
let flushing = false
const rest = new Rest()

function receive(request: LogRequest, main: MessagePort): void {
  try {
    waiting.push(read(request))
    if (!flushing) {
      flushing = true
      setImmediate(() => void flush(main))
    }
  } catch (error) {
    main.postMessage(failure(request.id, error))
  }
}

function read(request: LogRequest): Waiting {
  const { id } = request
  if (request.kind === 'append') {
    const { projectId, source, permanent, receivedAt } = request
    const batch: LogBatch = { projectId, source, permanent, receivedAt, entries: unpackEntries(request.events) }
    return { id, batch, answer: (appended) => ({ id, kind: 'appended', ...appended }) }
  }
  const { token, entries: read, dropped, source, reply } = readCapture(request.capture)
  const project = projectOfToken.get(token)
  if (project === undefined) throw new KindredError('capture/unknown-token')
  const { geography, keepIp } = readEnrichment(project.enrichment)
  // Where nobody will need the address it is not even logged.
  const entries = geography || keepIp ? read : readCapture({ ...request.capture, ip: '' }).entries
  const batch: LogBatch = { projectId: project.id, source, receivedAt: request.capture.receivedAt, entries, dropped }
  return { id, batch, answer: ({ position }) => ({ id, kind: 'captured', position, reply: { status: 200, body: reply } }) }
}

async function flush(main: MessagePort): Promise<void> {
  const now = waiting
  waiting = []
  flushing = false
  rest.worked()
  try {
    const appended = await log.append(now.map(({ batch }) => batch))
    now.forEach(({ answer }, index) => {
      const result = appended[index]
      if (result !== undefined) main.postMessage(answer(result))
    })
    pipeline.postMessage(appended.at(-1)?.position)
    checkpoints.appended(now.reduce((sum, { batch }) => sum + bytesOf(batch), 0))
  } catch (error) {
    console.error('the log cannot be written', error)
    for (const { id } of now) main.postMessage(failure(id, new KindredError('capture/busy', {}, { cause: error })))
  }
}

/** About what a batch adds to the journal: its texts, and an id of each. */
function bytesOf({ entries }: LogBatch): number {
  return entries.reduce((sum, { json }) => sum + json.length, entries.length * 100)
}

function failure(id: number, error: unknown): LogReply {
  if (!(error instanceof KindredError)) console.error('a request could not be read', error)
  const known = error instanceof KindredError ? error : new KindredError('capture/unreadable', { reason: 'its content is not understood' }, { cause: error })
  return { id, kind: 'failed', status: known.status, code: known.code, details: known.details }
}

parentPort?.on('message', (request: LogRequest | 'close') => {
  const main = parentPort
  if (main === null) return
  if (request !== 'close') return receive(request, main)
  // Whatever came before is flushed first: its turn was set before this one.
  setImmediate(async () => {
    rest.end()
    await checkpoints.end()
    log.close()
    catalog.close()
    pipeline.close()
    main.close()
  })
})
