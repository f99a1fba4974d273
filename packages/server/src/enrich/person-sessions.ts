import type Database from 'better-sqlite3'
import { mergeSessions, packSessions, type Session, unpackSessions } from './sessions.ts'

/** The remembered sessions of people, as the statements of one connection. */
export type SessionStatements = ReturnType<typeof prepareSessions>

/** The remembered sessions of the people of one batch: read when first asked for, saved at its end, in the batch's transaction. */
export class PersonSessions {
  readonly #statements: SessionStatements
  readonly #read = new Map<number, Session[]>()
  readonly #changed = new Set<number>()

  constructor(statements: SessionStatements) {
    this.#statements = statements
  }

  /** Those of a person, to be changed in place; they count as changed. */
  of(personId: number): Session[] {
    this.#changed.add(personId)
    return this.#find(personId)
  }

  /** `from` becomes `to`. Stands before the catalog loses `from`. */
  merge(from: number, to: number): void {
    const theirs = this.#find(from)
    this.#read.delete(from)
    this.#changed.delete(from)
    if (theirs.length === 0) return
    this.#read.set(to, mergeSessions(this.#find(to), theirs))
    this.#changed.add(to)
  }

  save(): void {
    for (const personId of this.#changed) this.#statements.save.run(personId, packSessions(this.#find(personId)))
    this.#changed.clear()
  }

  #find(personId: number): Session[] {
    const known = this.#read.get(personId)
    if (known !== undefined) return known
    const row = this.#statements.find.get(personId)
    const sessions = row === undefined ? [] : unpackSessions(row.sessions)
    this.#read.set(personId, sessions)
    return sessions
  }
}

export function prepareSessions(database: Database.Database) {
  return {
    find: database.prepare<[number], { sessions: string }>('select sessions from person_sessions where person_id = ?'),
    save: database.prepare<[number, string]>(
      'insert into person_sessions (person_id, sessions) values (?, ?) on conflict do update set sessions = excluded.sessions',
    ),
  }
}
