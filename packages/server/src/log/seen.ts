import type Database from 'better-sqlite3'
import { timeOfUuid } from '../capture/uuid.ts'

const dayMilliseconds = 86_400_000
const permanentTable = 'seen_permanent'

type Kind = 'timed' | 'other'
type Statement = Database.Statement<[Buffer, number]>
interface DailyTable {
  kind: Kind
  day: number
  insert: Statement
  find: Statement
}

/**
 * The uuids that were seen, to recognise a repeat. An id of version 7 looks only into the table of the day inside it; any other into the tables of the
 * days it may have arrived on. Old tables are dropped whole. Every call belongs into the transaction that appends.
 */
export class SeenUuids {
  readonly #database: Database.Database
  readonly #days: number
  readonly #tables = new Map<string, DailyTable>()
  readonly #permanent: Pick<DailyTable, 'insert' | 'find'>

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
  }

  /** True when the project sent this uuid before; remembers it otherwise. `now` is when it arrived, epoch milliseconds. */
  check({ uuid, projectId, now, permanent }: { uuid: string; projectId: number; now: number; permanent: boolean }): boolean {
    const id = Buffer.from(uuid.replaceAll('-', ''), 'hex')
    const today = dayOf(now)
    const time = timeOfUuid(uuid)
    const day = time === null ? null : dayOf(time)
    const timed = day !== null && day >= today - this.#days && day <= today + 1
    if (!timed && this.#seenAmongOthers(id, projectId, day)) return true
    if (permanent) {
      if (this.#permanent.insert.run(id, projectId).changes === 0) return true
      // What is looked for among all others is found there.
      if (!timed) return false
    } else if (!timed && this.#permanent.find.get(id, projectId) !== undefined) return true
    const table = timed ? this.#open('timed', day) : this.#open('other', today)
    return table.insert.run(id, projectId).changes === 0
  }

  /** Drops the tables that no repeat within the window can fall into. An id may be a window old when it first comes, so timed ones stay twice as long. */
  dropOld(now: number): void {
    const today = dayOf(now)
    for (const [name, table] of this.#tables) {
      const keptDays = table.kind === 'timed' ? 2 * this.#days + 1 : this.#days
      if (table.day >= today - keptDays) continue
      this.#tables.delete(name)
      this.#database.exec(`drop table ${name}`)
    }
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
    const table = { kind, day, ...this.#prepare(name) }
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

function dayOf(instant: number): number {
  return Math.floor(instant / dayMilliseconds)
}

function tableName(kind: Kind, day: number): string {
  return `seen_${kind}_${day}`
}
