import type { RenderedSql } from '@kindred/engine'
import type { QuestionProgress } from '@kindred/model'
import type { TableFile, WrittenColumn } from './table-file.ts'

/** Limits of one question; each has a default that holds for the page of a person who waits. */
export interface QueryLimits {
  seconds?: number
  bytes?: number
  /** Ends the question in the engine, not only the promise. */
  signal?: AbortSignal
  /** What `progress` finds the question by; several may have it in common. Ours: letters, digits, colons and hyphens. */
  label?: string
  /** Nobody waits for it: it takes one core, and little memory. */
  unhurried?: boolean
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
  | 'segment_changes'
  | 'segment_choices'
  | 'postal_codes'
  | 'postal_code_lines'
  | 'trait_states'

/** Where tables of the same form hold one person alone while definitions are asked about them. */
export const aloneDatabase = 'kindred_alone'
/** Where tables of all projects are kept ready to be looked up in: dictionaries over tables of `kindred`, which are made anew at each start. */
export const lookupDatabase = 'kindred_lookup'
export const aloneTables = [
  'events',
  'persons',
  'person_overrides',
  'person_activity',
  'accounts',
  'account_people',
  'segment_lists',
  'segment_account_lists',
  'consents',
  'segment_changes',
  'segment_choices',
] as const satisfies readonly Table[]

/**
 * The analytics store as features see it. No feature holds a connection: the pool behind it gives each question a session.
 * All answers are of rows as JSON gives them: 64-bit integers as strings unless the SQL narrows them.
 */
export interface Store {
  /** Rows of a bounded answer. Errors: `query/timeout`, `query/memory`, `query/cancelled`. */
  query<Row>(statement: RenderedSql, limits?: QueryLimits): Promise<Row[]>
  /** How far what is asked under a label is. */
  progress(label: string): Promise<QuestionProgress>
  /** Rows of an answer of any size, a chunk at a time; on a session of its own. It ends when its reader leaves, and at the next chunk once its signal says so. Errors: as of `query`. */
  stream<Row>(statement: RenderedSql, limits?: QueryLimits): AsyncIterable<Row[]>
  /** A Parquet file below the data directory; `path` is one that we made. Errors: the engine's own where the file is broken. */
  openTable(path: string): Promise<TableFile>
  /** Makes the Parquet file `path` of the JSON lines in the file `lines`, a list of texts and nulls each; both paths are ours. */
  writeTable(path: string, table: { lines: string; columns: readonly WrittenColumn[] }): Promise<void>
  /** JSONEachRow bytes, whole or not at all; a token seen before is a repeat and changes nothing. Do not touch `rows` until it settles. */
  insert(table: Table, rows: Uint8Array, token: string): Promise<void>
  /** JSONEachRow bytes into the table of the same form where one person stands alone. */
  insertAlone(table: (typeof aloneTables)[number], rows: Uint8Array): Promise<void>
  /** A statement of ours without an answer: DDL, insert … select. */
  command(statement: RenderedSql, limits?: QueryLimits): Promise<void>
  /** The same for work that nobody waits for: beside the inserts, which it does not hold up, and on one core. */
  background(statement: RenderedSql, limits?: QueryLimits): Promise<void>
  /** The two-letter codes of the countries whose postal codes are ready to be looked up, in order. */
  postalCountries(): readonly string[]
  /** Takes `kindred.postal_codes` as it is now: questions from now on are answered with it. */
  reloadPostalCodes(): Promise<void>
  /** Writes all tables into the new folder `path`. Nothing is written meanwhile, and `before` runs once that is so. */
  backup(path: string, before: () => Promise<void>): Promise<void>
  close(): Promise<void>
}
