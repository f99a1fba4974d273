import type Database from 'better-sqlite3'
import type { Person } from '../identity/person.ts'
import { mergeSessions, packSessions, type Session, unpackSessions } from './sessions.ts'

/** The remembered sessions of people, as the statements of one connection. */
export type SessionStatements = ReturnType<typeof prepareSessions>

type WithSessions = Pick<Person, 'id' | 'sessions'>

/** The remembered sessions of the people of one batch: read when first asked for, saved at its end, in the batch's transaction. */
export class PersonSessions {
  readonly #statements: SessionStatements
  readonly #changed = new Set<WithSessions>()

  constructor(statements: SessionStatements) {
    this.#statements = statements
  }

  /** Those of a person, to be changed in place; they count as changed. */
  of(person: WithSessions): Session[] {
    this.#changed.add(person)
    return this.#find(person)
  }

  /** `from` becomes `to`. Stands before the catalog loses `from`. */
  merge(from: WithSessions, to: WithSessions): void {
    const theirs = this.#find(from)
    this.#changed.delete(from)
    if (theirs.length === 0) return
    to.sessions = mergeSessions(this.#find(to), theirs)
    this.#changed.add(to)
  }

  save(): void {
    for (const person of this.#changed) this.#statements.save.run(person.id, packSessions(this.#find(person)))
    this.#changed.clear()
  }

  #find(person: WithSessions): Session[] {
    if (person.sessions !== undefined) return person.sessions
    const row = this.#statements.find.get(person.id)
    person.sessions = row === undefined ? [] : unpackSessions(row.sessions)
    return person.sessions
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
