import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type ImportInspection, type ImportMapping, type ImportPreview, type ImportState, KindredError, type Page, type Project } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { allowedPath } from './allowed-path.ts'
import {
  claimImport,
  findImport,
  type ImportRecord,
  insertImport,
  listImports,
  neededPaths,
  nextImport,
  noProgress,
  saveImport,
  stateOf,
} from './import-table.ts'
import { check, inspect, preview } from './import-thread.ts'
import { runJob } from './run-job.ts'
import { Uploads } from './uploads.ts'
import { workFolder } from './work-folder.ts'

export type ImportRequest = { mapping: ImportMapping } & ({ uploadId: string } | { path: string })

const jobsOfParts = new WeakMap<Parts, ImportJobs>()

/** The imports of this server: one runs at a time, the others wait their turn. */
export function importJobs(parts: Parts): ImportJobs {
  const jobs = jobsOfParts.get(parts) ?? new ImportJobs(parts)
  jobsOfParts.set(parts, jobs)
  return jobs
}

/** Goes on with what an earlier process left waiting or half done. */
export async function resumeImports(parts: Parts): Promise<void> {
  const jobs = importJobs(parts)
  await rm(workFolder(parts), { recursive: true, force: true })
  await jobs.clean()
  jobs.wake()
}

class ImportJobs {
  readonly #parts: Parts
  readonly #uploads: Uploads
  #running: { record: ImportRecord; stop: AbortController; ended: Promise<void> } | undefined
  #turn: Promise<void> | undefined
  #wanted = false
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#uploads = new Uploads(parts.config.dataDir)
  }

  /** Keeps the file and looks at its beginning. Errors: `import/unreadable`. */
  async upload(project: Project, name: string, body: Readable): Promise<ImportInspection> {
    await this.clean()
    const upload = await this.#uploads.keep(project.id, name, body)
    try {
      return { uploadId: upload.id, path: null, name, ...(await inspect(this.#parts, { path: upload.path })) }
    } catch (error) {
      await this.#uploads.remove(upload.path)
      throw error
    }
  }

  /** Looks at the beginning of a file of the server. Errors: `import/forbidden-path`, `import/unreadable`. */
  async inspectPath(path: string): Promise<ImportInspection> {
    const file = await allowedPath(this.#parts.config.importRoot, path)
    return { uploadId: null, path, name: file.name, ...(await inspect(this.#parts, { path: file.path })) }
  }

  /** What the first rows become; nothing is kept. Errors: those of `create`. */
  async preview(project: Project, request: ImportRequest): Promise<ImportPreview> {
    const { path } = await this.#file(project, request)
    const folder = join(workFolder(this.#parts), `preview-${randomUUID()}`)
    try {
      return await preview(this.#parts, { path, mapping: request.mapping, zone: project.timezone, now: this.#parts.clock(), folder })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Errors: `import/upload-not-found`, `import/forbidden-path`, `import/unreadable`, `import/invalid-mapping`. */
  async create(project: Project, request: ImportRequest): Promise<ImportState> {
    const { mapping } = request
    const file = await this.#file(project, request)
    await check(this.#parts, { path: file.path, mapping, zone: project.timezone })
    const record = await insertImport(this.#parts, { projectId: project.id, name: file.name, path: file.path, mapping, progress: noProgress })
    this.wake()
    return stateOf(record)
  }

  /** Errors: `request/cursor`. */
  async list(projectId: number, page: Parameters<typeof listImports>[2]): Promise<Page<ImportState>> {
    const { results, next } = await listImports(this.#parts.catalog, projectId, page)
    return { results: results.map((record) => stateOf(this.#live(record))), next }
  }

  /** Errors: `import/not-found`. */
  async get(projectId: number, id: number): Promise<ImportState> {
    return stateOf(this.#live(await findImport(this.#parts.catalog, projectId, id)))
  }

  /** What went in stays in; the rest can be resumed. Errors: `import/not-found`, `import/state`. */
  async cancel(projectId: number, id: number): Promise<ImportState> {
    const record = await findImport(this.#parts.catalog, projectId, id)
    if (this.#running?.record.id === id) {
      const { record: running, stop, ended } = this.#running
      running.state = 'cancelled'
      stop.abort()
      await ended
    } else if (record.state === 'waiting') await saveImport(this.#parts.catalog, { ...record, state: 'cancelled', endedAt: this.#parts.clock() })
    else throw new KindredError('import/state', { state: record.state, action: 'cancelled' })
    return this.get(projectId, id)
  }

  /** Errors: `import/not-found`, `import/state` unless it was cancelled or failed. */
  async resume(projectId: number, id: number): Promise<ImportState> {
    const record = await findImport(this.#parts.catalog, projectId, id)
    if (record.state !== 'cancelled' && record.state !== 'failed') throw new KindredError('import/state', { state: record.state, action: 'resumed' })
    await saveImport(this.#parts.catalog, { ...record, state: 'waiting', error: null, endedAt: null })
    this.wake()
    return this.get(projectId, id)
  }

  /** Removes uploads that nothing will read any more. */
  async clean(): Promise<void> {
    await this.#uploads.clean(await neededPaths(this.#parts.catalog), Date.now())
  }

  /** Looks for an import to run, unless one runs. */
  wake(): void {
    this.#wanted = true
    this.#turn ??= this.#runAll().finally(() => {
      this.#turn = undefined
      if (this.#wanted && !this.#closed) this.wake()
    })
  }

  /** Stops the import that runs; the next start of the server goes on with it. */
  async close(): Promise<void> {
    this.#closed = true
    this.#running?.stop.abort()
    await this.#turn
  }

  async #runAll(): Promise<void> {
    this.#wanted = false
    for (;;) {
      const record = this.#closed ? undefined : await nextImport(this.#parts.catalog)
      if (record === undefined) return
      const stop = new AbortController()
      const ended = this.#run(record, stop.signal)
      this.#running = { record, stop, ended }
      await ended
    }
  }

  async #run(record: ImportRecord, signal: AbortSignal): Promise<void> {
    const { catalog, clock } = this.#parts
    const folder = join(workFolder(this.#parts), String(record.id))
    Object.assign(record, { state: 'running', startedAt: record.startedAt ?? clock(), endedAt: null, error: null })
    try {
      if (!(await claimImport(catalog, record))) return
      const { timezone: zone } = await catalog.selectFrom('projects').select('timezone').where('id', '=', record.projectId).executeTakeFirstOrThrow()
      await runJob(record, { parts: this.#parts, zone, folder, signal })
      // Both at once: whoever looks while the folder is cleared sees a whole answer.
      if (!signal.aborted) Object.assign(record, { state: 'done', endedAt: clock() })
    } catch (error) {
      // A stop that went wrong is still a stop.
      if (!signal.aborted) Object.assign(record, { state: 'failed', endedAt: clock(), error: error instanceof Error ? error.message : String(error) })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    if (record.state !== 'running') record.endedAt ??= clock()
    await saveImport(catalog, record)
    this.#running = undefined
    if (record.state === 'done') await this.#uploads.remove(record.path)
  }

  async #file(project: Project, request: ImportRequest): Promise<{ name: string; path: string }> {
    return 'uploadId' in request ? this.#uploads.find(project.id, request.uploadId) : allowedPath(this.#parts.config.importRoot, request.path)
  }

  /** The record as it is in memory, where it runs. */
  #live(record: ImportRecord): ImportRecord {
    return this.#running?.record.id === record.id ? this.#running.record : record
  }
}
