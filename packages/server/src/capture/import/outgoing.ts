import { packEntries } from '../../log/entry.ts'
import type { LogEntry } from '../../log/log.ts'
import type { ReadProgress, RunSurroundings } from './messages.ts'
import type { BadRow } from './row.ts'
import type { MadeEvent } from './stage.ts'

const batchEvents = 2000
const batchCharacters = 1024 * 1024
const batchRejects = 500
/** Batches that may be on their way at a time: enough to keep the log busy, few enough to bound memory. */
const inFlight = 3
const tellEvery = 250
/** A rejected row is kept this long, in characters, so that it can be put right and sent again. */
const keptOfRow = 20_000

/** Events and bad rows on their way to the main thread, in batches and with few unanswered. */
export class Outgoing {
  readonly progress: ReadProgress
  readonly #surroundings: RunSurroundings
  #skip: number
  #sent = 0
  #entries: LogEntry[] = []
  #characters = 0
  #rejects: BadRow[] = []
  #unanswered = 0
  #told = 0
  #times: [number, number] | null = null

  /** `skip`: events at the beginning that an earlier run has sent. */
  constructor({ surroundings, progress, skip }: { surroundings: RunSurroundings; progress: ReadProgress; skip: number }) {
    this.#surroundings = surroundings
    this.progress = progress
    this.#skip = skip
  }

  get full(): boolean {
    return this.#entries.length >= batchEvents || this.#characters >= batchCharacters || this.#rejects.length >= batchRejects
  }

  send({ entries, ownUuidAt }: MadeEvent): void {
    if (ownUuidAt !== undefined) this.#times = [Math.min(this.#times?.[0] ?? ownUuidAt, ownUuidAt), Math.max(this.#times?.[1] ?? ownUuidAt, ownUuidAt)]
    for (const entry of entries) {
      if (this.#skip > 0) {
        this.#skip--
        this.#sent++
        continue
      }
      this.#entries.push(entry)
      this.#characters += entry.json.length
    }
  }

  reject(bad: BadRow, rows: number): void {
    this.progress.rejected += rows
    const raw = bad.raw.length > keptOfRow ? `${bad.raw.slice(0, keptOfRow)}…` : bad.raw
    this.#rejects.push({ ...bad, raw })
    this.#characters += raw.length
  }

  /** Sends what has gathered. Waits while too much is unanswered. */
  async flush(): Promise<void> {
    const events = this.#entries.length === 0 ? null : packEntries(this.#entries)
    this.#sent += this.#entries.length
    this.#surroundings.post({ kind: 'send', events, sent: this.#sent, rejects: this.#rejects, progress: this.progress, times: this.#times })
    this.#unanswered++
    this.#entries = []
    this.#characters = 0
    this.#rejects = []
    this.#times = null
    this.#told = Date.now()
    while (this.#unanswered >= inFlight) await this.#answer()
  }

  /** Tells how far the reading is, now and then. */
  async tell(): Promise<void> {
    if (Date.now() - this.#told >= tellEvery) await this.flush()
  }

  /** Sends the rest and waits until all is kept. */
  async end(): Promise<void> {
    await this.flush()
    while (this.#unanswered > 0) await this.#answer()
  }

  async #answer(): Promise<void> {
    if (!this.#surroundings.stopped()) await this.#surroundings.kept()
    this.#unanswered--
  }
}
