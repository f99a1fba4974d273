import type { RenderedSql } from '@kindred/engine'
import type { TableFile } from './table-file.ts'

/** Limits of one question; each has a default that holds for the page of a person who waits. */
export interface QueryLimits {
  seconds?: number
  bytes?: number
  /** Ends the question in the engine, not only the promise. */
  signal?: AbortSignal
  /** Called with the place in line, first is 1, while all sessions are busy. */
  onPlace?: (place: number) => void
}

/** Tables that take rows; the name is never a user's string. */
export type Table =
  | 'events'
  | 'persons'
  | 'person_overrides'
  | 'person_activity'
  | 'person_property_changes'
  | 'accounts'
  | 'account_people'
  | 'segment_lists'
  | 'consents'
  | 'segment_account_lists'

/**
 * The analytics store as features see it. No feature holds a connection: the pool behind it gives each question a session.
 * All answers are of rows as JSON gives them: 64-bit integers as strings unless the SQL narrows them.
 */
export interface Store {
  /** Rows of a bounded answer. Errors: `query/timeout`, `query/memory`, `query/cancelled`. */
  query<Row>(statement: RenderedSql, limits?: QueryLimits): Promise<Row[]>
  /** Rows of an answer of any size, a chunk at a time; on a session of its own. */
  stream<Row>(statement: RenderedSql, limits?: QueryLimits): AsyncIterable<Row[]>
  /** A Parquet file below the data directory; `path` is one that we made. Errors: the engine's own where the file is broken. */
  openTable(path: string): Promise<TableFile>
  /** JSONEachRow bytes, whole or not at all; a token seen before is a repeat and changes nothing. Do not touch `rows` until it settles. */
  insert(table: Table, rows: Uint8Array, token: string): Promise<void>
  /** A statement of ours without an answer: DDL, insert … select. */
  command(statement: RenderedSql, limits?: QueryLimits): Promise<void>
  /** Writes all tables into the new folder `path`. Nothing is written meanwhile, and `before` runs once that is so. */
  backup(path: string, before: () => Promise<void>): Promise<void>
  close(): Promise<void>
}
