import { setTimeout as wait } from 'node:timers/promises'
import { KindredError } from '@kindred/model'
import type { ImportCommand, ImportMessage, ReadProgress } from '../capture/import/messages.ts'
import { defaultLimits } from '../capture/import/stage.ts'
import type { TableSource } from '../capture/import/table-rows.ts'
import { sparingly } from '../memory/sparingly.ts'
import type { Parts } from '../parts.ts'
import type { AppendResult } from '../pipeline/ingest.ts'
import { countPeople } from './count-people.ts'
import { addRejects, forgetRejects, type ImportRecord, noProgress, saveImport } from './import-table.ts'
import { failureOf, startImportThread, withTable } from './import-thread.ts'
import { isLarge } from './is-large.ts'
import { withoutStored } from './stored-events.ts'

export interface JobSurroundings {
  parts: Parts
  /** IANA zone of times without one. */
  zone: string
  /** For what the thread sets aside on disk. */
  folder: string
  /** Stops the run where it is. */
  signal: AbortSignal
}

type Sent = Extract<ImportMessage, { kind: 'send' }>
const stopPatience = 5000
const countPeopleEvery = 5000
const busyPause = 250

/**
 * Runs an import to its end, or until it is stopped, and keeps how far it is after each batch: `record.progress` and the catalog's row. The main
 * thread only passes bytes from the reading thread to the log. Errors: those of the file and the mapping.
 */
export async function runJob(record: ImportRecord, surroundings: JobSurroundings): Promise<void> {
  const atOnce = await isLarge(record.path)
  return sparingly(() => withTable(surroundings.parts, record.path, (table) => runWith(table, record, surroundings)), atOnce)
}

async function runWith(table: TableSource | undefined, record: ImportRecord, surroundings: JobSurroundings): Promise<void> {
  const { parts, zone, folder, signal } = surroundings
  await forgetRejects(parts.catalog, record.id)
  const run = new Run(record, parts)
  const worker = startImportThread({
    kind: 'run',
    path: record.path,
    mapping: record.mapping,
    zone,
    projectId: record.projectId,
    now: record.createdAt,
    folder,
    sent: record.progress.sent,
    fileKey: record.fileKey,
    limits: defaultLimits,
    table,
  })
  const tell = (command: ImportCommand) => worker.postMessage(command)
  const stop = () => {
    tell('stop')
    // A pattern of the mapping may keep the thread from hearing.
    setTimeout(() => void worker.terminate(), stopPatience).unref()
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      let kept: Promise<void> = Promise.resolve()
      let told = false
      const next = (work: () => Promise<void>) => {
        kept = kept.then(work)
        kept.catch(reject)
      }
      worker.on('message', (message: ImportMessage) => {
        if (message.kind === 'send') {
          const appended = run.append(message)
          appended.catch(reject)
          // Batches reach the log side by side and are counted in order, so that `sent` never runs ahead of what is kept.
          next(async () => run.keep(message, await appended).then(() => tell('kept')))
        } else if (message.kind === 'opened') next(() => run.opened(message.fileKey, message.resumed))
        else if (message.kind === 'done') {
          told = true
          next(() => run.end(message.progress).then(resolve))
        } else reject(failureOf(message))
      })
      worker.once('error', reject)
      worker.once('exit', () => {
        if (signal.aborted) kept.then(resolve, reject)
        else if (!told) reject(new Error('the import thread ended early'))
      })
      if (signal.aborted) stop()
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

/** One run's bookkeeping. */
class Run {
  readonly #record: ImportRecord
  readonly #parts: Parts
  readonly #began = performance.now()
  #peopleCounted = performance.now()
  #counting = false
  #earlier: [number, number][] = []
  #own: [number, number] | undefined

  constructor(record: ImportRecord, parts: Parts) {
    this.#record = record
    this.#parts = parts
  }

  async opened(fileKey: string, resumed: boolean): Promise<void> {
    this.#record.fileKey = fileKey
    if (!resumed) this.#record.progress = { ...noProgress }
    this.#earlier = this.#record.progress.positions
    await saveImport(this.#parts.catalog, this.#record)
  }

  async append({ events: given, times }: Sent): Promise<AppendResult | null> {
    if (given === null) return null
    const { projectId } = this.#record
    const { events, left } = times === null ? { events: given, left: 0 } : await withoutStored(this.#parts, { projectId, events: given, times })
    if (events.byteLength === 0) return { appended: 0, duplicates: left, position: 0 }
    const batch = { projectId, source: 'import', events, permanent: true } as const
    for (;;) {
      try {
        const result = await this.#parts.ingest.append(batch)
        return { ...result, duplicates: result.duplicates + left }
      } catch (error) {
        if (!(error instanceof KindredError && error.code === 'capture/busy')) throw error
        await wait(busyPause)
      }
    }
  }

  async keep({ sent, rejects, progress }: Sent, result: AppendResult | null): Promise<void> {
    const before = this.#record.progress
    const now = { ...before, ...progress, ...this.#rates(progress), sent: Math.max(sent, before.sent) }
    if (result !== null) {
      now.events += result.appended
      now.duplicates += result.duplicates
      now.positions = this.#positions(result)
    }
    this.#record.progress = now
    await addRejects(this.#parts.catalog, this.#record.id, rejects)
    await saveImport(this.#parts.catalog, this.#record)
    this.#countPeopleNowAndThen()
  }

  async end(progress: ReadProgress): Promise<void> {
    this.#record.progress = { ...this.#record.progress, ...progress, ...this.#rates(progress) }
    await this.#parts.ingest.drained()
    this.#record.progress.people = await countPeople(this.#parts, this.#record)
  }

  /** Those of earlier runs, and this run's own. */
  #positions({ appended, position }: AppendResult): [number, number][] {
    if (appended > 0) this.#own = [this.#own?.[0] ?? position - appended + 1, position]
    return this.#own === undefined ? this.#earlier : [...this.#earlier, this.#own]
  }

  #rates({ rows, bytes, bytesRead }: ReadProgress): { rowsPerSecond: number; secondsLeft: number | null } {
    const seconds = (performance.now() - this.#began) / 1000
    return { rowsPerSecond: Math.round(rows / seconds), secondsLeft: bytesRead === 0 ? null : Math.ceil(((bytes - bytesRead) / bytesRead) * seconds) }
  }

  #countPeopleNowAndThen(): void {
    if (this.#counting || performance.now() - this.#peopleCounted < countPeopleEvery) return
    this.#counting = true
    countPeople(this.#parts, this.#record)
      .then((people) => {
        this.#record.progress.people = people
      })
      // A figure for show on the way; the one at the end is what counts.
      .catch(() => undefined)
      .finally(() => {
        this.#counting = false
        this.#peopleCounted = performance.now()
      })
  }
}
