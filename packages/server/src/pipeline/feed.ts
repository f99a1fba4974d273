import type { EventLog } from '../log/log.ts'
import type { PersonSetup } from './ingest.ts'
import type { PipelineReply } from './messages.ts'
import { activityToken, type OutboxRow, type RefusedRow } from './outbox.ts'
import type { Pipeline } from './pipeline.ts'

const batchLimits = { events: 20_000, bytes: 8 * 1024 * 1024 }
/** What waits is taken by halves, not fewer than these: while one half is inserted the other is worked on, and at the end little is left to be inserted alone. */
const worthABatch = 4_000
/** While the events of one batch are inserted and the activity of the one before, a third is prepared: with two, a third of the time went to waiting. */
const mostBatchesOpen = 3
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
  /** Whatever arrived until then is in it or before it, epoch milliseconds. Others may come in the millisecond of its last event. */
  arrivedThrough?: number
}
type Range = Pick<OpenBatch, 'first' | 'last' | 'arrivedThrough'>

interface FeedParts {
  log: EventLog
  pipeline: Pipeline
  send: (reply: PipelineReply) => void
}

/** Feeds the pipeline from the log, a batch at a time, and keeps account of what is in the store. Idle it does nothing at all. */
export class Feed {
  readonly #parts: FeedParts
  /** Inserts that wait for another to be settled, by the id of that. */
  readonly #held = new Map<number, number>()
  #open: OpenBatch[] = []
  #watermark = 0
  /** What arrived until then is in the store, epoch milliseconds. */
  #arrivedThrough = 0
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
    const open = pipeline.openInserts()
    for (const insert of open) this.#wait(insert, [insert])
    const [waiting] = (await log.read((this.#open[0]?.first ?? this.#offset + 1) - 1, { events: 1, bytes: 1 })).chunks
    if (waiting !== undefined) this.#arrivedThrough = waiting.receivedAt - 1
    this.#sendAll(open)
    this.#advance()
    this.more()
  }

  /** There is more in the log, up to the position `end`. */
  more(end = this.#end): void {
    this.#more = true
    this.#end = Math.max(this.#end, end)
    this.#schedule(this.#hurried || this.#waiting() >= worthABatch ? 0 : linger)
  }

  /** Events of the log that no batch has taken yet. */
  #waiting(): number {
    return this.#end - this.#offset
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
    try {
      this.#parts.pipeline.settleInsert(id, refused)
    } catch (error) {
      // The rows are in the store; that this is so is noted as soon as the disk takes it.
      console.error('an insert could not be settled, trying again', error)
      setTimeout(() => this.inserted(id, refused), afterFailure)
      return
    }
    const wasFull = this.#open.length >= mostBatchesOpen
    this.#sendHeld(id)
    for (const batch of this.#open) batch.inserts.delete(id)
    if (this.#open.every(({ inserts }) => inserts.size === 0)) this.clearOutbox()
    this.#advance()
    if (this.#more && wasFull) this.#schedule(0)
  }

  /** What is in the store leaves the outbox, where no transaction is about to take it along. A disk that refuses is tried again by the next one. */
  clearOutbox(): void {
    try {
      this.#parts.pipeline.clearOutbox()
    } catch (error) {
      console.error('the outbox could not be cleared, the next batch will', error)
    }
  }

  /** Sends what waited for the insert `id`, unless nothing of it is left. */
  #sendHeld(id: number): void {
    const held = this.#held.get(id)
    if (held === undefined) return
    this.#held.delete(id)
    const insert = this.#parts.pipeline.openInsert(held)
    if (insert !== undefined) this.#send(insert)
    else for (const batch of this.#open) batch.inserts.delete(held)
  }

  /** Ends after the batch under way; open inserts are repeated at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
    this.clearOutbox()
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
        const { chunks, dropped, end } = await log.read(this.#offset, { ...batchLimits, events: this.#nextBatch() })
        this.#end = end
        const inserts = pipeline.process(chunks, dropped)
        const [first, last] = [chunks[0], chunks.at(-1)]
        if (first !== undefined && last !== undefined)
          this.#deliver({ first: first.first, last: last.first + last.count - 1, arrivedThrough: last.receivedAt - 1 }, inserts)
        this.#advance()
        // A batch may be cut short by its bytes as well as by the end of the log: only where the log ends is there nothing more.
        if (last === undefined || this.#offset >= end) break
        this.#more = true
      }
      if (!this.#more) this.#hurried = false
    } catch (error) {
      console.error('a batch could not be worked on, trying again', error)
      this.#more = true
      await new Promise((resolve) => setTimeout(resolve, afterFailure))
    }
  }

  /** How many events the next batch takes at most. */
  #nextBatch(): number {
    return Math.min(batchLimits.events, Math.max(worthABatch, Math.ceil(this.#waiting() / 2)))
  }

  #deliver(range: Range, inserts: readonly OutboxRow[], done?: () => void): void {
    this.#wait(range, inserts, done)
    this.#sendAll(inserts)
  }

  #wait({ first, last, arrivedThrough }: Range, inserts: readonly OutboxRow[], done?: () => void): void {
    this.#offset = Math.max(this.#offset, last)
    this.#open.push({ first, last, inserts: new Set(inserts.map(({ id }) => id)), done, arrivedThrough })
  }

  /** The activity of people counts the events that the store took, so it goes after them. */
  #sendAll(inserts: readonly OutboxRow[]): void {
    const events = new Map(inserts.filter(({ table }) => table === 'events').map(({ id, token }) => [activityToken(token), id]))
    for (const insert of inserts) {
      const before = events.get(insert.token)
      if (before === undefined) this.#send(insert)
      else this.#held.set(before, insert.id)
    }
  }

  #send({ id, table, token, rows }: OutboxRow): void {
    this.#parts.send({ kind: 'insert', id, table, token, rows })
  }

  /** The watermark moves over batches that are wholly in the store, in their order. */
  #advance(): void {
    for (let first = this.#open[0]; first?.inserts.size === 0; first = this.#open[0]) {
      this.#open.shift()
      first.done?.()
      this.#arrivedThrough = Math.max(this.#arrivedThrough, first.arrivedThrough ?? 0)
    }
    const [oldest] = this.#open
    this.#watermark = oldest === undefined ? this.#offset : oldest.first - 1
    this.#parts.send({ kind: 'progress', watermark: this.#watermark, end: this.#end, arrivedThrough: this.#arrivedThrough })
    if (Date.now() - this.#committedAt < commitEvery) return
    this.#committedAt = Date.now()
    // Only says what may be trimmed, so that a disk without room does not matter here.
    this.#parts.log.commit(consumer, this.#watermark).catch((error: unknown) => console.error('the log could not be told how far the pipeline is', error))
  }
}
