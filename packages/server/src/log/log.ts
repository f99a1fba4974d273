import type { CapturedEvent, DropReason, Properties, QuarantineReason, Source } from '@kindred/model'
import type { Table } from '../store/clickhouse/store.ts'

/** One line of the log: a `CapturedEvent`, or a `RejectedEvent` in its place, or a `ReplayedEntry`, as JSON text. */
export interface LogEntry {
  /** Lower-case and dashed. null: never taken for a repeat. */
  uuid: string | null
  /** In ASCII, as `lineOf` writes it. */
  json: string
}

/** What came in the place of an event and could not be read as one. It keeps a position, so that its reason is never lost. */
export interface RejectedEvent {
  /** `body` is as its sender wrote it, unless `form` says that it is a `CapturedEvent`; `context` is what its reader took from the request, to read it again. */
  reject: { reason: QuarantineReason; detail: string; body: string; form?: 'event'; context?: object }
}

/** What was set aside and is sent again, corrected or not. `replay` is its number in the quarantine, which it leaves as the pipeline takes it. */
export type ReplayedEntry = { replay: number } & ({ event: CapturedEvent } | { table: Table; row: Properties })

/** What stands where an entry was erased, so that positions stay dense. */
export interface ErasedEntry {
  erased: DropReason
}

/** The entries of one request, kept together. */
export interface LogBatch {
  projectId: number
  source: Source
  /** Epoch milliseconds. */
  receivedAt: number
  entries: readonly LogEntry[]
  /** The uuids are remembered for ever (imports), not for the days of the de-duplication window. */
  permanent?: boolean
  /** Left out before the log, to be counted. */
  dropped?: Readonly<Partial<Record<DropReason, number>>>
}

export interface LogAppended {
  appended: number
  duplicates: number
  /** The last position of the log after the append. */
  position: number
}

/** Consecutive entries: the first has position `first`, the last `first + count - 1`. */
export interface LogChunk {
  first: number
  count: number
  projectId: number
  source: Source
  receivedAt: number
  /** JSON text of an array of `CapturedEvent | RejectedEvent | ReplayedEntry`. */
  text: string
}

/** Events left out at append since the log began. */
export interface DropCount {
  projectId: number
  reason: DropReason
  count: number
  lastAt: number
}

export interface LogRead {
  chunks: LogChunk[]
  dropped: DropCount[]
  /** The last position of the log at the time of reading. */
  end: number
}

/**
 * The durable log of everything that came in. Positions are dense, begin at 1 and are never used again.
 * An entry whose uuid the project sent before is left out and counted.
 */
export interface EventLog {
  /** Resolves once all batches are on disk, synced: all of them or none. */
  append(batches: readonly LogBatch[]): Promise<LogAppended[]>
  /** Whole chunks after a position, as many as fit (at least one). */
  read(after: number, limits: { events: number; bytes: number }): Promise<LogRead>
  /** The consumer has done everything at or below; what all consumers have done may be trimmed after the days the log is kept. */
  commit(consumer: string, position: number): Promise<void>
  /** Entries that the consumer has not committed. */
  lag(consumer: string): Promise<number>
  /** Copies what the journal holds into the file, without holding up who reads or appends. */
  checkpoint(): void
  close(): void
}
