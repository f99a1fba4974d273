import { MessageChannel, type Worker } from 'node:worker_threads'
import { KindredError } from '@kindred/model'
import type { Config } from '../config.ts'
import { makeSqliteLog } from '../log/sqlite.ts'
import type { Store } from '../store/clickhouse/store.ts'
import { startWorker } from '../worker.ts'
import { deliver } from './deliver.ts'
import type { AppendResult, CaptureReply, Ingest, PersonSetup, RawCapture } from './ingest.ts'
import type { LogReply, LogRequest, LogWorkerData, PipelineReply, PipelineRequest, PipelineWorkerData } from './messages.ts'

export interface IngestOptions {
  config: Pick<Config, 'deduplicationDays' | 'logDays' | 'propertyNames' | 'geoip'>
  /** The catalog's file; its tables are there. */
  catalogPath: string
  logPath: string
  store: Store
  /** Now, epoch milliseconds. */
  clock?: () => number
}

/** Capture bytes that may wait for the log; above it senders are told to come back. */
const mostWaitingBytes = 64 * 1024 * 1024

/**
 * Starts the threads of the way in: one reads requests and writes the log, one takes the log through the pipeline.
 * Errors: a thread cannot start, such as for a country database that cannot be read.
 */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  makeSqliteLog(options.logPath)
  const ingest = new ThreadedIngest(options)
  try {
    await ingest.ready
    return ingest
  } catch (error) {
    await ingest.terminate()
    throw error
  }
}

/** An insert that takes longer is in trouble. */
const longestDelivery = 60_000

type Answer<Result> = { resolve: (result: Result) => void; reject: (error: unknown) => void }

class ThreadedIngest implements Ingest {
  readonly ready: Promise<void>
  readonly #store: Store
  readonly #clock: () => number
  readonly #log: Worker
  readonly #pipeline: Worker
  readonly #stop = new AbortController()
  readonly #requests = new Map<number, Answer<LogReply>>()
  /** Inserts on their way. */
  readonly #deliveries = new Set<Promise<void>>()
  readonly #people = new Map<number, Answer<void>>()
  readonly #pings = new Map<number, () => void>()
  /** Inserts that wait for a quiet time to end; null where there is none. */
  #held: Extract<PipelineReply, { kind: 'insert' }>[] | null = null
  #drains: (Answer<number> & { position: number })[] = []
  #failure: unknown
  #closing: Promise<void> | undefined
  #lastId = 0
  #waitingBytes = 0
  #position = 0
  #watermark = 0
  /** What arrived until then is in the store: as the pipeline tells it, or as it was when nothing was on its way for the last time. */
  #arrivedThrough = 0

  constructor({ config, catalogPath, logPath, store, clock = Date.now }: IngestOptions) {
    const { port1: toPipeline, port2: fromLog } = new MessageChannel()
    const shared = { logPath, catalogPath, deduplicationDays: config.deduplicationDays, logDays: config.logDays }
    const logData: LogWorkerData = { ...shared, pipeline: toPipeline }
    const pipelineData: PipelineWorkerData = { ...shared, propertyNames: config.propertyNames, geoip: config.geoip, log: fromLog }
    this.#store = store
    this.#clock = clock
    this.#log = startWorker(new URL('../log/log-worker.ts', import.meta.url), { workerData: logData, transferList: [toPipeline] })
    this.#pipeline = startWorker(new URL('./pipeline-worker.ts', import.meta.url), { workerData: pipelineData, transferList: [fromLog] })
    this.#log.on('message', (reply: LogReply) => this.#answer(reply))
    this.ready = new Promise((resolve, reject) => {
      this.#pipeline.on('message', (reply: PipelineReply) => {
        this.#hear(reply)
        // Only then is it known how far the log goes.
        if (reply.kind === 'progress') resolve()
      })
      for (const worker of [this.#log, this.#pipeline]) {
        worker.on('error', (error) => {
          this.#fail(error)
          reject(error)
        })
      }
    })
  }

  async capture(capture: RawCapture): Promise<CaptureReply> {
    const bytes = capture.body.byteLength
    if (this.#waitingBytes + bytes > mostWaitingBytes && this.#waitingBytes > 0) return errorReply(new KindredError('capture/busy'))
    this.#waitingBytes += bytes
    try {
      // Copied, since a small body lies in memory that others use too.
      const body = new Uint8Array(capture.body)
      const reply = await this.#ask({ id: ++this.#lastId, kind: 'capture', capture: { ...capture, body } }, body)
      return reply.kind === 'captured' ? reply.reply : errorReply(errorOf(reply))
    } finally {
      this.#waitingBytes -= bytes
    }
  }

  async append(batch: Parameters<Ingest['append']>[0]): Promise<AppendResult> {
    const events = new Uint8Array(batch.events)
    const { projectId, source, permanent = false } = batch
    const reply = await this.#ask({ id: ++this.#lastId, kind: 'append', projectId, source, receivedAt: this.#clock(), events, permanent }, events)
    if (reply.kind !== 'appended') throw errorOf(reply)
    const { appended, duplicates, position } = reply
    return { appended, duplicates, position }
  }

  addPeople(projectId: number, people: PersonSetup[]): Promise<void> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#people.set(id, { resolve, reject })
      this.#tell({ kind: 'people', id, projectId, people })
    })
  }

  async quietly<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#held !== null) throw new Error('there is a quiet time already')
    this.#held = []
    try {
      await within(longestDelivery, Promise.all(this.#deliveries))
      await within(longestDelivery, this.#ping())
      return await work()
    } finally {
      const held = this.#held
      this.#held = null
      for (const insert of held) this.#startDelivery(insert)
    }
  }

  #ping(): Promise<void> {
    const id = ++this.#lastId
    return new Promise((resolve) => {
      this.#pings.set(id, resolve)
      this.#tell({ kind: 'ping', id })
    })
  }

  watermark(): number {
    return this.#watermark
  }

  lag(): number {
    return Math.max(0, this.#position - this.#watermark)
  }

  exactThrough(): number {
    return this.#isIdle() ? this.#clock() : this.#arrivedThrough
  }

  #isIdle(): boolean {
    return this.#requests.size === 0 && this.lag() === 0
  }

  drained(): Promise<number> {
    const position = this.#position
    if (this.#watermark >= position) return Promise.resolve(this.#watermark)
    this.#tell({ kind: 'hurry' })
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => this.#drains.push({ position, resolve, reject }))
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const ended = [this.#log, this.#pipeline].map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    this.#stop.abort()
    this.#log.postMessage('close')
    this.#tell({ kind: 'close' })
    await Promise.all(ended)
    // The store may be closed next.
    await Promise.all(this.#deliveries)
  }

  /** Ends the threads at once, whatever they do. */
  async terminate(): Promise<void> {
    this.#stop.abort()
    await Promise.all([this.#log.terminate(), this.#pipeline.terminate()])
  }

  #ask(request: LogRequest, bytes: Uint8Array): Promise<LogReply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    const arrivedAt = request.kind === 'append' ? request.receivedAt : request.capture.receivedAt
    if (this.#isIdle()) this.#arrivedThrough = arrivedAt - 1
    return new Promise((resolve, reject) => {
      this.#requests.set(request.id, { resolve, reject })
      this.#log.postMessage(request, [bytes.buffer as ArrayBuffer])
    })
  }

  #tell(request: PipelineRequest): void {
    this.#pipeline.postMessage(request)
  }

  #answer(reply: LogReply): void {
    if ('position' in reply) this.#position = Math.max(this.#position, reply.position)
    this.#requests.get(reply.id)?.resolve(reply)
    this.#requests.delete(reply.id)
  }

  #hear(reply: PipelineReply): void {
    if (reply.kind === 'insert') this.#startDelivery(reply)
    else if (reply.kind === 'peopleAdded') this.#peopleAdded(reply)
    else if (reply.kind === 'pong') this.#pong(reply.id)
    else this.#progress(reply)
  }

  #startDelivery(reply: Extract<PipelineReply, { kind: 'insert' }>): void {
    if (this.#held !== null) {
      this.#held.push(reply)
      return
    }
    const delivery = this.#deliver(reply).finally(() => this.#deliveries.delete(delivery))
    this.#deliveries.add(delivery)
  }

  async #deliver({ id, table, token, rows }: Extract<PipelineReply, { kind: 'insert' }>): Promise<void> {
    try {
      const refused = await deliver(this.#store, { table, token, rows }, this.#stop.signal)
      this.#tell({ kind: 'inserted', id, refused })
    } catch (error) {
      // Closing ends the waiting for a store in trouble; the insert is repeated at the next start.
      if (!this.#stop.signal.aborted) this.#fail(error)
    }
  }

  #pong(id: number): void {
    this.#pings.get(id)?.()
    this.#pings.delete(id)
  }

  #peopleAdded({ id, error }: Extract<PipelineReply, { kind: 'peopleAdded' }>): void {
    const answer = this.#people.get(id)
    this.#people.delete(id)
    if (error === undefined) answer?.resolve()
    else answer?.reject(new Error(error))
  }

  #progress({ watermark, end, arrivedThrough }: Extract<PipelineReply, { kind: 'progress' }>): void {
    this.#watermark = watermark
    this.#arrivedThrough = Math.max(this.#arrivedThrough, arrivedThrough)
    this.#position = Math.max(this.#position, end)
    const reached = this.#drains.filter(({ position }) => position <= watermark)
    this.#drains = this.#drains.filter(({ position }) => position > watermark)
    for (const { resolve } of reached) resolve(watermark)
  }

  #fail(error: unknown): void {
    console.error('the way in has stopped', error)
    this.#failure = error
    for (const answers of [this.#requests, this.#people]) {
      for (const { reject } of answers.values()) reject(error)
      answers.clear()
    }
    for (const { reject } of this.#drains.splice(0)) reject(error)
  }
}

/** Errors: it takes longer. */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the store takes no rows')), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function errorOf(reply: LogReply): KindredError {
  return reply.kind === 'failed'
    ? new KindredError(reply.code, reply.details)
    : new KindredError('capture/unreadable', { reason: 'the answer is of another kind' })
}

function errorReply(error: KindredError): CaptureReply {
  return { status: error.status, body: error.toJSON() }
}
