import type Database from 'better-sqlite3'

const setting = 'beside.version'

/** Tells the pipeline that people or names were changed beside it, so that it reads them anew. Belongs into the transaction that changes them. */
export function changedBeside(catalog: Database.Database): void {
  catalog.prepare(`insert into settings (name, value) values (?, '1') on conflict do update set value = cast(value as integer) + 1`).run(setting)
}

/** The pipeline's side of `changedBeside`. */
export class BesideVersion {
  readonly #read: Database.Statement<[string], { value: string }>
  #seen: string | undefined

  constructor(database: Database.Database) {
    this.#read = database.prepare('select value from settings where name = ?')
    this.#seen = this.#read.get(setting)?.value
  }

  /** Whether somebody changed people or names since the last call. Belongs to the beginning of a transaction. */
  hasMoved(): boolean {
    const version = this.#read.get(setting)?.value
    const moved = version !== this.#seen
    this.#seen = version
    return moved
  }
}
