import type { QuarantineReason, Source } from '@kindred/model'
import type Database from 'better-sqlite3'
import type { DropCount } from '../log/log.ts'

/** What the body of a set-aside event is: as its sender wrote it, as the pipeline reads it (`CapturedEvent`), or a row that the store would not take. */
export type QuarantineForm = 'wire' | 'event' | 'row'

export interface SetAside {
  projectId: number
  reason: QuarantineReason
  position: number | null
  receivedAt: number
  detail: string
  /** JSON text, but for what was too large to be kept whole. */
  body: string
  source: Source
  form: QuarantineForm
  /** What the request said beside the event; of a row, its table. */
  context?: object
  /** The row of the quarantine that this event was sent again from: it stays there, with the new reason. */
  replay?: number | undefined
}

/** What one project may keep set aside. Above it the oldest leave; their counters stay. */
export interface AsideLimits {
  events: number
  bytes: number
  /** Milliseconds. */
  age: number
}

export const asideLimits: AsideLimits = { events: 10_000, bytes: 256 * 1024 * 1024, age: 90 * 86_400_000 }

/** An event that is being sent again is kept this long beyond the limits. */
const replayTakes = 3_600_000
const expireEvery = 10 * 60_000

type Kind = 'dropped' | 'quarantined' | 'hint' | 'replayed' | 'discarded' | 'expired'

/** What did not go on, and why: set aside whole, or counted by name. Everything belongs into the batch's transaction. */
export class Aside {
  readonly #statements: ReturnType<typeof prepareStatements>
  readonly #limits: AsideLimits
  readonly #grown = new Set<number>()
  #expiredAt = 0

  constructor(database: Database.Database, limits: AsideLimits = asideLimits) {
    this.#statements = prepareStatements(database)
    this.#limits = limits
  }

  quarantine(aside: SetAside): void {
    const { projectId, reason, position, receivedAt, detail, body, source, form, context = {}, replay } = aside
    const bytes = Buffer.byteLength(body)
    this.#grown.add(projectId)
    if (replay === undefined) {
      this.#statements.add.run(projectId, reason, position, receivedAt, detail, body, source, form, JSON.stringify(context), bytes)
      this.count({ projectId, kind: 'quarantined', reason, at: receivedAt })
      return
    }
    const before = this.#statements.find.get(replay, projectId)?.reason
    this.#statements.stay.run(reason, position, detail, body, form, JSON.stringify(context), bytes, replay)
    if (before === reason || before === undefined) return
    this.count({ projectId, kind: 'replayed', reason: before, at: receivedAt })
    this.count({ projectId, kind: 'quarantined', reason, at: receivedAt })
  }

  /** Whether the event is still set aside: sent again twice, it goes on once. */
  isWaiting(id: number, projectId: number): boolean {
    return this.#statements.find.get(id, projectId) !== undefined
  }

  /** The event went on. */
  leave({ id, projectId, at }: { id: number; projectId: number; at: number }): void {
    const row = this.#statements.find.get(id, projectId)
    if (row === undefined) return
    this.#statements.remove.run(id)
    this.count({ projectId, kind: 'replayed', reason: row.reason, at })
  }

  count({ projectId, kind, reason, at, count = 1 }: { projectId: number; kind: Kind; reason: string; at: number; count?: number }): void {
    this.#statements.count.run(projectId, kind, reason, count, at)
  }

  /** The log counts for itself what it leaves out; its totals are taken over as they are. */
  setDropped({ projectId, reason, count, lastAt }: DropCount): void {
    this.#statements.setDropped.run(projectId, reason, count, lastAt)
  }

  /** Lets the oldest go where a project has too many, or they are too old. Once a batch. */
  keepWithinLimits(now: number): void {
    const isTime = Math.abs(now - this.#expiredAt) > expireEvery
    if (!isTime && this.#grown.size === 0) return
    const projects = isTime ? this.#statements.projects.all().map(({ projectId }) => projectId) : [...this.#grown]
    if (isTime) this.#expiredAt = now
    this.#grown.clear()
    for (const projectId of projects) this.#expire(projectId, now)
  }

  #expire(projectId: number, now: number): void {
    const size = this.#statements.size.get(projectId)
    if (size === undefined) return
    const { events, bytes, age } = this.#limits
    let [tooMany, tooLarge] = [size.events - events, size.bytes - bytes]
    let isOver = size.oldest < now - age
    if (tooMany <= 0 && tooLarge <= 0 && !isOver) return
    for (const row of this.#statements.oldest.all(projectId)) {
      isOver = row.receivedAt < now - age
      if (tooMany <= 0 && tooLarge <= 0 && !isOver) return
      if (row.replayingAt !== null && row.replayingAt > now - replayTakes) continue
      this.#statements.remove.run(row.id)
      this.count({ projectId, kind: 'expired', reason: row.reason, at: now })
      tooMany -= 1
      tooLarge -= row.bytes
    }
  }
}

function prepareStatements(database: Database.Database) {
  return {
    add: database.prepare<[number, string, number | null, number, string, string, string, string, string, number]>(
      `insert into quarantine (project_id, reason, position, received_at, detail, body, source, form, context, bytes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    stay: database.prepare<[string, number | null, string, string, string, string, number, number]>(
      `update quarantine set reason = ?, position = ?, detail = ?, body = ?, form = ?, context = ?, bytes = ?, attempts = attempts + 1, replaying_at = null where id = ?`,
    ),
    find: database.prepare<[number, number], { reason: string }>('select reason from quarantine where id = ? and project_id = ?'),
    remove: database.prepare<[number]>('delete from quarantine where id = ?'),
    projects: database.prepare<[], { projectId: number }>('select distinct project_id as projectId from quarantine'),
    size: database.prepare<[number], { events: number; bytes: number; oldest: number }>(
      'select count(*) as events, ifnull(sum(bytes), 0) as bytes, ifnull(min(received_at), 0) as oldest from quarantine where project_id = ?',
    ),
    oldest: database.prepare<[number], { id: number; reason: string; bytes: number; receivedAt: number; replayingAt: number | null }>(
      'select id, reason, bytes, received_at as receivedAt, replaying_at as replayingAt from quarantine where project_id = ? order by id',
    ),
    count: database.prepare<[number, string, string, number, number]>(
      `insert into counters (project_id, kind, reason, count, last_at) values (?, ?, ?, ?, ?)
       on conflict do update set count = count + excluded.count, last_at = max(last_at, excluded.last_at)`,
    ),
    setDropped: database.prepare<[number, string, number, number]>(
      `insert into counters (project_id, kind, reason, count, last_at) values (?, 'dropped', ?, ?, ?)
       on conflict do update set count = excluded.count, last_at = excluded.last_at`,
    ),
  }
}
