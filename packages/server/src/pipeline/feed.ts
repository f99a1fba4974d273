import type { EventLog } from '../log/log.ts'
import type { PersonSetup } from './ingest.ts'
import type { PipelineReply } from './messages.ts'
import type { OutboxRow, RefusedRow } from './outbox.ts'
import type { Pipeline } from './pipeline.ts'

const batchLimits = { events: 20_000, bytes: 8 * 1024 * 1024 }
/** While the inserts of one batch run, the next is prepared; never more. */
const mostBatchesOpen = 2
/** Small batches wait this long for company: each insert makes parts that the store must merge. */
const linger = 200
const afterFailure = 1_000
const commitEvery = 30_000
const consumer = 'pipeline'

/** A batch whose inserts are on their way. `done` is called once all are in the store. */
interface OpenBatch {
  first: number
  last: number
  inserts: Set<number>
  done?: () => void
}

interface FeedParts {
  log: EventLog
  pipeline: Pipeline
  send: (reply: PipelineReply) => void
}

/** Feeds the pipeline from the log, a batch at a time, and keeps account of what is in the store. Idle it does nothing at all. */
export class Feed {
  readonly #parts: FeedParts
  #open: OpenBatch[] = []
  #watermark = 0
  #offset = 0
  /** The last position of the log that was seen. */
  #end = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #hurried = false
  #more = false
  #stopped = false
  #committedAt = 0

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  /** Repeats the inserts that were open when the last run ended, then goes on from the offset. */
  async start(): Promise<void> {
    const { pipeline, log } = this.#parts
    this.#offset = pipeline.offset()
    this.#end = (await log.read(this.#offset, { events: 1, bytes: 1 })).end
    for (const insert of pipeline.openInserts()) this.#deliver(insert, [insert])
    this.#advance()
    this.more()
  }

  /** There is more in the log. */
  more(): void {
    this.#more = true
    this.#schedule(this.#hurried ? 0 : linger)
  }

  /** Somebody waits for everything that is in the log now. */
  hurry(): void {
    this.#hurried = true
    this.more()
  }

  /** Brings people in as they are, before and beside all events. `done` is called once they are in the store. */
  addPeople(projectId: number, people: readonly PersonSetup[], done: () => void): void {
    this.#deliver({ first: this.#offset + 1, last: this.#offset }, this.#parts.pipeline.addPeople(projectId, people), done)
    this.#advance()
  }

  inserted(id: number, refused: readonly RefusedRow[]): void {
    if (this.#stopped) return
    this.#parts.pipeline.settleInsert(id, refused)
    const wasFull = this.#open.length >= mostBatchesOpen
    for (const batch of this.#open) batch.inserts.delete(id)
    this.#advance()
    if (this.#more && wasFull) this.#schedule(0)
  }

  /** Ends after the batch under way; open inserts are repeated at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
    await this.#parts.log.commit(consumer, this.#watermark)
  }

  #schedule(wait: number): void {
    if (this.#stopped || this.#running !== undefined) return
    if (wait === 0) clearTimeout(this.#timer)
    else if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#running = this.#run().finally(() => {
        this.#running = undefined
        if (this.#more && this.#open.length < mostBatchesOpen) this.#schedule(this.#hurried ? 0 : linger)
      })
    }, wait)
  }

  async #run(): Promise<void> {
    const { log, pipeline } = this.#parts
    try {
      while (!this.#stopped && this.#open.length < mostBatchesOpen) {
        this.#more = false
        const { chunks, dropped, end } = await log.read(this.#offset, batchLimits)
        this.#end = end
        const inserts = pipeline.process(chunks, dropped)
        const [first, last] = [chunks[0], chunks.at(-1)]
        if (first !== undefined && last !== undefined) this.#deliver({ first: first.first, last: last.first + last.count - 1 }, inserts)
        this.#advance()
        // A batch may be cut short by its bytes as well as by the end of the log: only where the log ends is there nothing more.
        if (this.#offset >= end) break
        this.#more = true
      }
      if (!this.#more) this.#hurried = false
    } catch (error) {
      console.error('a batch could not be worked on, trying again', error)
      this.#more = true
      await new Promise((resolve) => setTimeout(resolve, afterFailure))
    }
  }

  #deliver({ first, last }: { first: number; last: number }, inserts: readonly OutboxRow[], done?: () => void): void {
    this.#offset = Math.max(this.#offset, last)
    this.#open.push({ first, last, inserts: new Set(inserts.map(({ id }) => id)), done })
    for (const { id, table, token, rows } of inserts) this.#parts.send({ kind: 'insert', id, table, token, rows: new Uint8Array(rows) })
  }

  /** The watermark moves over batches that are wholly in the store, in their order. */
  #advance(): void {
    while (this.#open[0]?.inserts.size === 0) this.#open.shift()?.done?.()
    const [oldest] = this.#open
    this.#watermark = oldest === undefined ? this.#offset : oldest.first - 1
    this.#parts.send({ kind: 'progress', watermark: this.#watermark, end: this.#end })
    if (Date.now() - this.#committedAt < commitEvery) return
    this.#committedAt = Date.now()
    void this.#parts.log.commit(consumer, this.#watermark)
  }
}
