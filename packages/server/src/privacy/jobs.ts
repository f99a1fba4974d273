import type { Parts } from '../parts.ts'
import { runDeletion } from './deletion-job.ts'
import { type EraseThread, startEraseThread } from './erase-thread.ts'
import { dueRetention, nextRetentionRun } from './retention-job.ts'

const lookEvery = 3_600_000
const jobsOfParts = new WeakMap<Parts, PrivacyJobs>()

/** The deletions and retention runs of this server: one after another, in the order of the requests. */
export function privacyJobs(parts: Parts): PrivacyJobs {
  const jobs = jobsOfParts.get(parts) ?? new PrivacyJobs(parts)
  jobsOfParts.set(parts, jobs)
  return jobs
}

/** Goes on with what an earlier process left half done, and from now on looks every hour which project's old events are due. */
export function resumePrivacy(parts: Parts): void {
  privacyJobs(parts).start()
}

class PrivacyJobs {
  readonly #parts: Parts
  readonly #stop = new AbortController()
  #turn: Promise<void> | undefined
  #wanted = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer ??= setInterval(() => this.wake(), lookEvery).unref()
    this.wake()
  }

  /** Looks for work, unless some is under way. */
  wake(): void {
    if (this.#stop.signal.aborted) return
    this.#wanted = true
    this.#turn ??= this.#runAll()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) console.error('a deletion could not be worked on; it is tried again within the hour', error)
      })
      .finally(() => {
        this.#turn = undefined
        if (this.#wanted) this.wake()
      })
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#turn !== undefined) await this.#turn
  }

  /** Stops between two steps; the next start goes on. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#stop.abort()
    await this.#turn
  }

  async #runAll(): Promise<void> {
    this.#wanted = false
    await dueRetention(this.#parts)
    let thread: EraseThread | undefined
    try {
      for (;;) {
        if (this.#stop.signal.aborted) return
        const work = (await this.#nextDeletion()) ?? (await nextRetentionRun(this.#parts))
        if (work === undefined) return
        thread ??= startEraseThread(this.#parts.config)
        await work(thread, this.#stop.signal)
      }
    } finally {
      await thread?.close()
    }
  }

  async #nextDeletion(): Promise<((thread: EraseThread, signal: AbortSignal) => Promise<void>) | undefined> {
    const { catalog } = this.#parts
    const row = await catalog
      .selectFrom('deletions')
      .select(['id', 'project_id', 'requested_at'])
      .where('state', '=', 'running')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) return undefined
    const { id, project_id: projectId, requested_at: requestedAt } = row
    return async (thread, signal) => {
      try {
        await runDeletion({ parts: this.#parts, thread, id, projectId, requestedAt }, signal)
      } catch (error) {
        // A stop leaves it as it is: the next start goes on with it.
        if (signal.aborted) return
        console.error(`deletion ${id} failed`, error)
        const message = error instanceof Error ? error.message : String(error)
        await catalog.updateTable('deletions').set({ state: 'failed', error: message, ended_at: this.#parts.clock() }).where('id', '=', id).execute()
      }
    }
  }
}
