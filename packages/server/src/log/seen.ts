import type Database from 'better-sqlite3'
import { timeOfUuid } from '../capture/uuid.ts'

const dayMilliseconds = 86_400_000
const permanentTable = 'seen_permanent'
const uuidBytes = 16
/** Ids without a time of their own are looked for in every table that they may have arrived in, so each is of more days than one. */
const daysOfOthers = 7

/**
 * Ids that arrived lately wait for so many others: put into their tables in order, many share the page that each alone would have had written. A sixteenth of
 * all ids at a time, since whoever waits for the log waits for that too.
 */
const mostRecent = 16_384
const recentParts = 16

type Kind = 'timed' | 'other'
type Statement = Database.Statement<[Buffer, number]>
interface SeenTable {
  name: string
  kind: Kind
  /** The first day of what it holds. */
  day: number
  insert: Statement
  find: Statement
}

/** Ids of a project that are to go to a table. */
interface Group<Id> {
  projectId: number
  table: string
  ids: Id[]
}

/**
 * The uuids that were seen, to recognise a repeat. An id of version 7 looks only into the table of the day inside it, where it is next to the one before; any
 * other into the tables of the days it may have arrived on. Old tables are dropped whole. Every call belongs into the transaction that appends, which ends
 * with `save`; where that fails, this is made anew.
 */
export class SeenUuids {
  readonly #database: Database.Database
  readonly #days: number
  readonly #tables = new Map<string, SeenTable>()
  #others: SeenTable[] = []
  readonly #permanent: Pick<SeenTable, 'insert' | 'find'>
  #hasPermanent: boolean
  /** Ids that are in no table yet, by uuid and project, with the table that they go to; in parts by the first digit of the uuid. */
  readonly #recent = Array.from({ length: recentParts }, () => new Map<string, string>())
  /** How many they are, and which part is settled next. */
  #recentCount = 0
  #nextPart = 0
  /** Those of this transaction. */
  readonly #unsaved = new Map<string, Group<Buffer>>()
  readonly #saveRecent: Database.Statement<[number, string, Buffer]>
  /** The last row of `seen_recent_ids`, and what it was when each part was settled: rows that all parts are past say nothing any more. */
  #lastSaved = 0
  readonly #settledThrough = new Array<number>(recentParts).fill(0)

  constructor(database: Database.Database, days: number) {
    this.#database = database
    this.#days = days
    this.#create(permanentTable)
    this.#permanent = this.#prepare(permanentTable)
    const names = database.prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' and name glob 'seen_*_[0-9]*'`).all()
    for (const { name } of names) {
      const [, kind, day] = name.split('_')
      this.#open(kind as Kind, Number(day))
    }
    this.#settleRowsOfOne()
    this.#hasPermanent = database.prepare(`select 1 from ${permanentTable} limit 1`).get() !== undefined
    // Of one append each: ids in a row, of sixteen bytes. Numbers are never given twice, since parts are settled through one of them.
    database.exec(
      'create table if not exists seen_recent_ids (id integer primary key autoincrement, project_id integer not null, goes_to text not null, uuids blob not null)',
    )
    this.#saveRecent = database.prepare('insert into seen_recent_ids (project_id, goes_to, uuids) values (?, ?, ?)')
    const recent = database.prepare<[], { id: number; projectId: number; table: string; uuids: Buffer }>(
      'select id, project_id as projectId, goes_to as "table", uuids from seen_recent_ids order by id',
    )
    for (const { id, projectId, table, uuids } of recent.iterate()) {
      this.#lastSaved = id
      const hex = uuids.toString('hex')
      for (let at = 0; at < hex.length; at += 2 * uuidBytes) this.#remember(hex.slice(at, at + 2 * uuidBytes), projectId, table)
    }
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
    if (this.#recentPart(hex).has(recentKey(hex, projectId)) || this.#isInTables(id, projectId, day)) return true
    // A permanent one with a time of its own is looked for among the timed.
    if (isTimed && this.#open('timed', day).insert.run(id, projectId).changes === 0) return true
    const table = permanent ? permanentTable : this.#open('other', today - (today % daysOfOthers)).name
    this.#remember(hex, projectId, table)
    groupOf(this.#unsaved, projectId, table).ids.push(id)
    if (this.#recentCount >= mostRecent) this.#settleNextPart()
    return false
  }

  /** Ends a transaction that checked. */
  save(): void {
    for (const { projectId, table, ids } of this.#unsaved.values()) {
      this.#lastSaved = Number(this.#saveRecent.run(projectId, table, Buffer.concat(ids)).lastInsertRowid)
    }
    this.#unsaved.clear()
  }

  /** Drops the tables that no repeat within the window can fall into. An id may be a window old when it first comes, so timed ones stay twice as long. */
  dropOld(now: number): void {
    for (let part = 0; part < recentParts; part += 1) this.#settleNextPart()
    const today = dayOf(now)
    for (const [name, table] of this.#tables) {
      const keptDays = table.kind === 'timed' ? 2 * this.#days + 1 : this.#days + daysOfOthers - 1
      if (table.day >= today - keptDays) continue
      this.#tables.delete(name)
      this.#database.exec(`drop table ${name}`)
    }
    this.#others = [...this.#tables.values()].filter(({ kind }) => kind === 'other')
  }

  #recentPart(hex: string): Map<string, string> {
    const part = this.#recent[Number.parseInt(hex[0] ?? '', 16)]
    if (part === undefined) throw new Error('a uuid begins with a digit')
    return part
  }

  #remember(hex: string, projectId: number, table: string): void {
    this.#recentPart(hex).set(recentKey(hex, projectId), table)
    this.#recentCount += 1
  }

  /** Puts the recent ones of a part into the tables that they go to. */
  #settleNextPart(): void {
    const part = this.#nextPart
    this.#nextPart = (part + 1) % recentParts
    const recent = this.#recent[part]
    if (recent === undefined) return
    const groups = new Map<string, Group<string>>()
    for (const [key, table] of recent) {
      const [hex = '', projectId] = key.split(' ')
      groupOf(groups, Number(projectId), table).ids.push(hex)
    }
    for (const { projectId, table, ids } of groups.values()) {
      if (table === permanentTable) this.#hasPermanent = true
      this.#database
        .prepare<[number, string]>(`insert or ignore into ${table} (uuid, project_id) select unhex(value), ? from json_each(?)`)
        .run(projectId, JSON.stringify(ids.sort()))
    }
    this.#recentCount -= recent.size
    recent.clear()
    this.#settledThrough[part] = this.#lastSaved
    this.#database.prepare<[number]>('delete from seen_recent_ids where id <= ?').run(Math.min(...this.#settledThrough))
  }

  /** Each recent id was a row of its own once. */
  #settleRowsOfOne(): void {
    if (this.#database.prepare(`select 1 from sqlite_master where name = 'seen_recent'`).get() === undefined) return
    const names = this.#database.prepare<[], { name: string }>('select distinct goes_to as name from seen_recent').all()
    for (const { name } of names) {
      this.#database
        .prepare<[string]>(`insert or ignore into ${name} (uuid, project_id) select uuid, project_id from seen_recent where goes_to = ? order by uuid`)
        .run(name)
    }
    this.#database.exec('drop table seen_recent')
  }

  #isInTables(id: Buffer, projectId: number, day: number | null): boolean {
    const timed = day === null ? undefined : this.#tables.get(tableName('timed', day))
    if (timed?.find.get(id, projectId) !== undefined) return true
    if (this.#others.some(({ find }) => find.get(id, projectId) !== undefined)) return true
    return this.#hasPermanent && this.#permanent.find.get(id, projectId) !== undefined
  }

  #open(kind: Kind, day: number): SeenTable {
    const name = tableName(kind, day)
    const known = this.#tables.get(name)
    if (known !== undefined) return known
    this.#create(name)
    const table = { name, kind, day, ...this.#prepare(name) }
    this.#tables.set(name, table)
    if (kind === 'other') this.#others.push(table)
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

/** The group of a project and a table, made where there is none. */
function groupOf<Id>(groups: Map<string, Group<Id>>, projectId: number, table: string): Group<Id> {
  const key = `${projectId} ${table}`
  const known = groups.get(key)
  if (known !== undefined) return known
  const group: Group<Id> = { projectId, table, ids: [] }
  groups.set(key, group)
  return group
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
