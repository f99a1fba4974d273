import type { LogEntry } from '../../log/log.ts'
import type { ImportIdentity } from './identity.ts'
import type { CompiledMapping } from './mapped-row.ts'
import type { BadRow, Row } from './row.ts'

/** A row with its number in the file, from 1. */
export interface NumberedRow extends Row {
  number: number
}

/** What is to be sent, as the log keeps it, and how many rows went into it. `line`: where the first of them begins. */
export interface MadeEvent {
  entries: LogEntry[]
  line: number
  rows: number
  /** When it happened, of an event that has its sender's own uuid, epoch milliseconds. */
  ownUuidAt?: number
}

/** Turns rows into events. For the same rows in the same order it answers the same events in the same order. */
export interface Stage {
  /** The row's event, where it can be told at once. Throws CellProblem; `skip` is the reason of a rule. */
  take(row: NumberedRow): MadeEvent | { skip: string } | undefined
  /** All that had to wait for the end of the file. */
  finish(): AsyncGenerator<MadeEvent>
}

export interface StageOptions {
  compiled: CompiledMapping
  /** The time of the import, epoch milliseconds. */
  now: number
  identity: ImportIdentity
  /** For rows that memory has no room for; made when needed. */
  folder: string
  /** Told of rows that turn out to be unusable only at the end; `rows`: how many they are. */
  reject(bad: BadRow, rows: number): void
  limits: StageLimits
  /** How often these rows have been set aside on disk already. */
  level?: number
}

export interface StageLimits {
  /** Characters of open groups kept in memory. */
  groupCharacters: number
  /** The same within a part that was set aside on disk: less, since what comes out of it keeps the rest of the way in busy meanwhile. */
  partCharacters: number
  /** Rows of one group; a larger group is rejected. */
  groupRows: number
  /** Rows told apart in memory, where the file has no column that does. */
  distinctRows: number
}

export const defaultLimits: StageLimits = { groupCharacters: 24 * 1024 * 1024, partCharacters: 8 * 1024 * 1024, groupRows: 10_000, distinctRows: 1_000_000 }
