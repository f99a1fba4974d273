import type Database from 'better-sqlite3'
import { timeOfUuid } from '../capture/uuid.ts'

const dayMilliseconds = 86_400_000
const permanentTable = 'seen_permanent'

/**
 * Ids that arrived lately wait for so many others: put into their tables in order, many share the page that each alone would have had written. A sixteenth of
 * all ids at a time, since whoever waits for the log waits for that too.
 */
const mostRecent = 16_384
const recentParts = 16

type Kind = 'timed' | 'other'
type Statement = Database.Statement<[Buffer, number]>
interface DailyTable {
  name: string
  kind: Kind
  day: number
  insert: Statement
  find: Statement
}

/**
 * The uuids that were seen, to recognise a repeat. An id of version 7 looks only into the table of the day inside it, where it is next to the one before; any
 * other into the tables of the days it may have arrived on. Old tables are dropped whole. Every call belongs into the transaction that appends; where that
 * fails, this is made anew.
 */
export class SeenUuids {
  readonly #database: Database.Database
  readonly #days: number
  readonly #tables = new Map<string, DailyTable>()
  readonly #permanent: Pick<DailyTable, 'insert' | 'find'>
  /** The rows of `seen_recent`, by project and uuid, in parts by the first digit of the uuid. */
  readonly #recent = Array.from({ length: recentParts }, () => new Set<string>())
  /** How many they are, and which part is settled next. */
  #recentCount = 0
  #nextPart = 0
  readonly #addRecent: Database.Statement<[Buffer, number, string]>

  constructor(database: Database.Database, days: number) {
    this.#database = database
    this.#days = days
    this.#create(permanentTable)
    this.#permanent = this.#prepare(permanentTable)
    const names = database.prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' and name glob 'seen_*_*'`).all()
    for (const { name } of names) {
      const [, kind, day] = name.split('_')
      this.#open(kind as Kind, Number(day))
    }
    database.exec('create table if not exists seen_recent (id integer primary key, uuid blob not null, project_id integer not null, goes_to text not null)')
    this.#addRecent = database.prepare('insert into seen_recent (uuid, project_id, goes_to) values (?, ?, ?)')
    const recent = database.prepare<[], { uuid: Buffer; projectId: number }>('select uuid, project_id as projectId from seen_recent')
    for (const { uuid, projectId } of recent.iterate()) this.#remember(uuid.toString('hex'), projectId)
  }

  /** True when the project sent this uuid before; remembers it otherwise. `now` is when it arrived, epoch milliseconds. */
  check({ uuid, projectId, now, permanent }: { uuid: string; projectId: number; now: number; permanent: boolean }): boolean {
    const hex = uuid.replaceAll('-', '')
    const id = Buffer.from(hex, 'hex')
    const today = dayOf(now)
    const time = timeOfUuid(uuid)
    const day = time === null ? null : dayOf(time)
    const isTimed = day !== null && day >= today - this.#days && day <= today + 1
    if (isTimed && !permanent) return this.#open('timed', day).insert.run(id, projectId).changes === 0
    if (
      this.#recentPart(hex).has(recentKey(hex, projectId)) ||
      this.#seenAmongOthers(id, projectId, day) ||
      this.#permanent.find.get(id, projectId) !== undefined
    )
      return true
    // A permanent one with a time of its own is looked for among the timed.
    if (isTimed && this.#open('timed', day).insert.run(id, projectId).changes === 0) return true
    this.#remember(hex, projectId)
    this.#addRecent.run(id, projectId, permanent ? permanentTable : this.#open('other', today).name)
    if (this.#recentCount >= mostRecent) this.#settleNextPart()
    return false
  }

  /** Drops the tables that no repeat within the window can fall into. An id may be a window old when it first comes, so timed ones stay twice as long. */
  dropOld(now: number): void {
    this.#settleRecent()
    const today = dayOf(now)
    for (const [name, table] of this.#tables) {
      const keptDays = table.kind === 'timed' ? 2 * this.#days + 1 : this.#days
      if (table.day >= today - keptDays) continue
      this.#tables.delete(name)
      this.#database.exec(`drop table ${name}`)
    }
  }

  #recentPart(hex: string): Set<string> {
    const part = this.#recent[Number.parseInt(hex[0] ?? '', 16)]
    if (part === undefined) throw new Error('a uuid begins with a digit')
    return part
  }

  #remember(hex: string, projectId: number): void {
    this.#recentPart(hex).add(recentKey(hex, projectId))
    this.#recentCount += 1
  }

  #settleRecent(): void {
    for (let part = 0; part < recentParts; part += 1) this.#settleNextPart()
  }

  /** Puts the recent ones of a part into the tables that they go to. */
  #settleNextPart(): void {
    const part = this.#nextPart
    this.#nextPart = (part + 1) % recentParts
    const settled = this.#recent[part]
    if (settled === undefined || settled.size === 0) return
    const within = `uuid >= x'${part.toString(16)}0' and uuid < x'${part === recentParts - 1 ? 'ff'.repeat(17) : `${(part + 1).toString(16)}0`}'`
    const names = this.#database.prepare<[], { name: string }>(`select distinct goes_to as name from seen_recent where ${within}`).all()
    for (const { name } of names) {
      this.#database
        .prepare<[string]>(
          `insert or ignore into ${name} (uuid, project_id) select uuid, project_id from seen_recent where goes_to = ? and ${within} order by uuid, project_id`,
        )
        .run(name)
    }
    this.#database.exec(`delete from seen_recent where ${within}`)
    this.#recentCount -= settled.size
    settled.clear()
  }

  #seenAmongOthers(id: Buffer, projectId: number, day: number | null): boolean {
    const timed = day === null ? undefined : this.#tables.get(tableName('timed', day))
    if (timed?.find.get(id, projectId) !== undefined) return true
    for (const table of this.#tables.values()) {
      if (table.kind === 'other' && table.find.get(id, projectId) !== undefined) return true
    }
    return false
  }

  #open(kind: Kind, day: number): DailyTable {
    const name = tableName(kind, day)
    const known = this.#tables.get(name)
    if (known !== undefined) return known
    this.#create(name)
    const table = { name, kind, day, ...this.#prepare(name) }
    this.#tables.set(name, table)
    return table
  }

  /** Names are made of our own words and a number. */
  #create(name: string): void {
    this.#database.exec(`create table if not exists ${name} (uuid blob not null, project_id integer not null, primary key (uuid, project_id)) without rowid`)
  }

  #prepare(name: string): { insert: Statement; find: Statement } {
    return {
      insert: this.#database.prepare<[Buffer, number]>(`insert or ignore into ${name} (uuid, project_id) values (?, ?)`),
      find: this.#database.prepare<[Buffer, number]>(`select 1 from ${name} where uuid = ? and project_id = ?`),
    }
  }
}

function recentKey(hex: string, projectId: number): string {
  return `${hex} ${projectId}`
}

function dayOf(instant: number): number {
  return Math.floor(instant / dayMilliseconds)
}

function tableName(kind: Kind, day: number): string {
  return `seen_${kind}_${day}`
}
