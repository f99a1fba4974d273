import type { Worker } from 'node:worker_threads'
import { startWorker } from '../worker.ts'
import type { EventLog } from './log.ts'

/** Journal bytes, about, that are copied at once. */
const every = 16 * 1024 * 1024

/** What was appended is on disk in the journal: that it cannot be copied from there, such as where the disk is full, loses nothing. */
function sayTrouble(error: unknown): void {
  console.error('the journal of the log could not be copied into its file', error)
}

/**
 * Has the journal of the log copied into its file by another thread: where the appending one does it, whoever waits for an acknowledgement waits for a disk to
 * take tens of megabytes. What was appended meanwhile is little, and copied here between two appends: only then can the journal begin anew.
 */
export class Checkpoints {
  readonly #worker: Worker
  #bytes = 0
  #isCopying = false

  constructor(path: string, log: Pick<EventLog, 'checkpoint'>) {
    this.#worker = startWorker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { path } })
    this.#worker.on('message', () => {
      try {
        log.checkpoint()
      } catch (error) {
        sayTrouble(error)
      }
      this.#isCopying = false
    })
    // It is gone then, and appends copy the journal themselves once it is long.
    this.#worker.on('error', sayTrouble)
    this.#worker.unref()
  }

  /** So many bytes more are in the journal. */
  appended(bytes: number): void {
    this.#bytes += bytes
    if (this.#isCopying || this.#bytes < every) return
    this.#bytes = 0
    this.#isCopying = true
    this.#worker.postMessage('copy')
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
