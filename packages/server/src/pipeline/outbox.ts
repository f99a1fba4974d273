import type Database from 'better-sqlite3'
import type { Table } from '../store/clickhouse/store.ts'
import type { TableRows } from './rows.ts'

/** One insert that was decided. The token is its name for ever: the store takes it once, however often it is sent. */
export interface OutboxRow {
  id: number
  first: number
  last: number
  table: Table
  token: string
  rows: Uint8Array
}

/** A row of an insert that the store would not take, as JSON text, and why. */
export interface RefusedRow {
  table: Table
  row: string
  reason: string
}

/**
 * Inserts that are decided but not yet known to be in the store. They are written in the transaction that moves the offset, and repeated byte for byte with
 * the same token after a crash: so a row is neither lost nor doubled.
 */
export class Outbox {
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database)
  }

  /** Belongs into the batch's transaction. `first` and `last` are the positions the batch covers; a batch that covers none has a name instead. */
  add({ table, part, rows }: TableRows, { first, last, name }: { first: number; last: number; name?: string }): OutboxRow {
    const token = `${table}:${name ?? `${first}-${last}`}:${part}`
    const { lastInsertRowid } = this.#statements.add.run(first, last, table, token, rows)
    return { id: Number(lastInsertRowid), first, last, table, token, rows }
  }

  open(): OutboxRow[] {
    return this.#statements.open.all()
  }

  get(id: number): OutboxRow | undefined {
    return this.#statements.get.get(id)
  }

  find(token: string): OutboxRow | undefined {
    return this.#statements.find.get(token)
  }

  /** Changes what is sent; only before it was ever sent. */
  setRows(id: number, rows: Buffer): void {
    this.#statements.setRows.run(rows, id)
  }

  remove(id: number): void {
    this.#statements.remove.run(id)
  }
}

/** The token of the activity that the events of `token` amount to. */
export function activityToken(token: string): string {
  return token.replace(/^events:/, 'person_activity:')
}

const select = 'select id, first_position as first, last_position as last, table_name as "table", token, rows from outbox'

function prepareStatements(database: Database.Database) {
  return {
    add: database.prepare<[number, number, string, string, Buffer]>(
      'insert into outbox (first_position, last_position, table_name, token, rows) values (?, ?, ?, ?, ?)',
    ),
    open: database.prepare<[], OutboxRow>(`${select} order by id`),
    get: database.prepare<[number], OutboxRow>(`${select} where id = ?`),
    find: database.prepare<[string], OutboxRow>(`${select} where token = ?`),
    setRows: database.prepare<[Buffer, number]>('update outbox set rows = ? where id = ?'),
    remove: database.prepare<[number]>('delete from outbox where id = ?'),
  }
}
