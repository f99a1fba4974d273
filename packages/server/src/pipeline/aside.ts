import type { QuarantineReason } from '@kindred/model'
import type Database from 'better-sqlite3'
import type { DropCount } from '../log/log.ts'

export interface SetAside {
  projectId: number
  reason: QuarantineReason
  position: number | null
  receivedAt: number
  detail: string
  /** JSON text. */
  body: string
}

/** What did not go on, and why: set aside whole, or counted by name. Everything belongs into the batch's transaction. */
export class Aside {
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database)
  }

  quarantine({ projectId, reason, position, receivedAt, detail, body }: SetAside): void {
    this.#statements.quarantine.run(projectId, reason, position, receivedAt, detail, body)
    this.count({ projectId, kind: 'quarantined', reason, at: receivedAt })
  }

  count({ projectId, kind, reason, at }: { projectId: number; kind: 'dropped' | 'quarantined' | 'hint'; reason: string; at: number }): void {
    this.#statements.count.run(projectId, kind, reason, at)
  }

  /** The log counts for itself what it leaves out; its totals are taken over as they are. */
  setDropped({ projectId, reason, count, lastAt }: DropCount): void {
    this.#statements.setDropped.run(projectId, reason, count, lastAt)
  }
}

function prepareStatements(database: Database.Database) {
  return {
    quarantine: database.prepare<[number, string, number | null, number, string, string]>(
      'insert into quarantine (project_id, reason, position, received_at, detail, body) values (?, ?, ?, ?, ?, ?)',
    ),
    count: database.prepare<[number, string, string, number]>(
      `insert into counters (project_id, kind, reason, count, last_at) values (?, ?, ?, 1, ?)
       on conflict do update set count = count + 1, last_at = max(last_at, excluded.last_at)`,
    ),
    setDropped: database.prepare<[number, string, number, number]>(
      `insert into counters (project_id, kind, reason, count, last_at) values (?, 'dropped', ?, ?, ?)
       on conflict do update set count = excluded.count, last_at = excluded.last_at`,
    ),
  }
}
