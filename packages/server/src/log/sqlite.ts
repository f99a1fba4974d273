import { isAscii } from 'node:buffer'
import { existsSync } from 'node:fs'
import type { DropReason, Source } from '@kindred/model'
import Database from 'better-sqlite3'
import { chunkBytes } from './entry.ts'
import type { DropCount, EventLog, LogAppended, LogBatch, LogChunk, LogEntry, LogRead } from './log.ts'
import { SeenUuids } from './seen.ts'

/** Chunks that were written before texts were ASCII are not. */
type StoredChunk = Omit<LogChunk, 'text'> & { bytes: Buffer }

export interface SqliteLogOptions {
  path: string
  deduplicationDays: number
  /** How long is kept what every consumer has done. */
  logDays: number
  /** Pages of the journal at which an append itself copies them into the file, which takes it as long as the disk needs. Left out: 8192. */
  checkpointPages?: number
}

const dayMilliseconds = 86_400_000
const chunkSize = 64 * 1024
/** Old chunks and tables are looked for this often. */
const trimEvery = 10 * 60_000

const schema = `
create table if not exists chunks (
  first integer primary key, count integer not null, project_id integer not null, source text not null, received_at integer not null, events text not null
);
create table if not exists consumers (name text primary key, position integer not null) without rowid;
create table if not exists dropped (
  project_id integer not null, reason text not null, count integer not null, last_at integer not null, primary key (project_id, reason)
) without rowid;
create table if not exists state (name text primary key, value integer not null) without rowid;
insert or ignore into state (name, value) values ('position', 0);
`

/** Makes the file where there is none, so that the threads that open it find its journal and its tables and need not make them beside each other. */
export function makeSqliteLog(path: string): void {
  if (existsSync(path)) return
  const database = openLogFile(path)
  database.exec(schema)
  database.close()
}

function openLogFile(path: string): Database.Database {
  const database = new Database(path, { timeout: 30_000 })
  database.pragma('auto_vacuum = incremental')
  database.pragma('journal_mode = wal')
  return database
}

/** Opens the log in a SQLite file of its own. Several threads may open it; one appends. */
export function openSqliteLog(options: SqliteLogOptions): EventLog {
  const database = openLogFile(options.path)
  database.pragma('synchronous = full')
  database.pragma('secure_delete = on')
  database.pragma(`wal_autocheckpoint = ${options.checkpointPages ?? 8192}`)
  database.pragma('cache_size = -8192')
  database.exec(schema)
  return new SqliteLog(database, options)
}

class SqliteLog implements EventLog {
  readonly #database: Database.Database
  readonly #options: SqliteLogOptions
  /** Of the one that appends. Away after an error, since tables that were made in a transaction go with it. */
  #seen: SeenUuids | undefined
  readonly #statements: ReturnType<typeof prepareStatements>
  #trimmedAt = 0

  constructor(database: Database.Database, options: SqliteLogOptions) {
    this.#database = database
    this.#options = options
    this.#statements = prepareStatements(database)
  }

  async append(batches: readonly LogBatch[]): Promise<LogAppended[]> {
    const append = this.#database.transaction(() => this.#appendAll(batches))
    try {
      const appended = append.immediate()
      const now = batches.at(-1)?.receivedAt ?? 0
      if (now - this.#trimmedAt > trimEvery) this.#trimLater(now)
      return appended
    } catch (error) {
      this.#seen = undefined
      throw error
    }
  }

  async read(after: number, limits: { events: number; bytes: number }): Promise<LogRead> {
    const end = this.#position()
    const chunks: LogChunk[] = []
    let events = 0
    let bytes = 0
    for (const chunk of this.#statements.chunksAfter.iterate(after)) {
      if (chunks.length > 0 && (events + chunk.count > limits.events || bytes + chunk.bytes.length > limits.bytes)) break
      events += chunk.count
      bytes += chunk.bytes.length
      const { bytes: written, ...about } = chunk
      chunks.push({ ...about, text: isAscii(written) ? written.toString('latin1') : written.toString('utf8') })
    }
    return { chunks, dropped: this.#statements.dropped.all(), end }
  }

  async commit(consumer: string, position: number): Promise<void> {
    this.#statements.commit.run(consumer, position)
  }

  async lag(consumer: string): Promise<number> {
    return this.#position() - (this.#statements.committed.get(consumer)?.position ?? 0)
  }

  checkpoint(): void {
    this.#database.pragma('wal_checkpoint(passive)')
  }

  close(): void {
    this.#database.close()
  }

  #position(): number {
    return this.#statements.position.get()?.value ?? 0
  }

  #seenUuids(): SeenUuids {
    this.#seen ??= new SeenUuids(this.#database, this.#options.deduplicationDays)
    return this.#seen
  }

  #appendAll(batches: readonly LogBatch[]): LogAppended[] {
    const seen = this.#seenUuids()
    const appended = batches.map((batch) => this.#appendBatch(batch, seen))
    seen.save()
    return appended
  }

  #appendBatch({ projectId, source, receivedAt, entries, permanent = false, dropped = {} }: LogBatch, seen: SeenUuids): LogAppended {
    const isNew = ({ uuid }: LogEntry) => uuid === null || !seen.check({ uuid, projectId, now: receivedAt, permanent })
    const kept = entries.filter(isNew)
    const duplicates = entries.length - kept.length
    const counts: Partial<Record<DropReason, number>> = { ...dropped, ...(duplicates > 0 && { duplicate: duplicates }) }
    for (const [reason, count] of Object.entries(counts)) this.#statements.drop.run(projectId, reason, count, receivedAt)
    let position = this.#position()
    for (const chunk of chunksOf(kept)) {
      this.#statements.appendChunk.run(position + 1, chunk.length, projectId, source, receivedAt, chunkBytes(chunk))
      position += chunk.length
    }
    if (kept.length > 0) this.#statements.move.run(position)
    return { appended: kept.length, duplicates, position }
  }

  /** What was appended is on disk: whether old chunks can leave (a full disk may not let them) changes nothing of that. */
  #trimLater(now: number): void {
    try {
      this.#trim(now)
    } catch (error) {
      this.#seen = undefined
      console.error('the log could not be trimmed', error)
    }
  }

  #trim(now: number): void {
    this.#trimmedAt = now
    const slowest = this.#statements.slowest.get()?.position ?? 0
    this.#database.transaction(() => {
      this.#statements.trim.run(slowest, now - this.#options.logDays * dayMilliseconds)
      this.#seenUuids().dropOld(now)
    })()
    this.#database.pragma('incremental_vacuum')
  }
}

/**
 * Entries in chunks small enough that their bytes and their text come out of memory that is at hand. Each larger one is asked of the system, page by page,
 * and given back: its reader took longer for that than for reading it.
 */
function* chunksOf(entries: readonly LogEntry[]): Iterable<readonly LogEntry[]> {
  let [from, size] = [0, 0]
  for (const [index, { json }] of entries.entries()) {
    if (size > 0 && size + json.length > chunkSize) {
      yield entries.slice(from, index)
      from = index
      size = 0
    }
    size += json.length
  }
  if (from < entries.length) yield entries.slice(from)
}

function prepareStatements(database: Database.Database) {
  return {
    position: database.prepare<[], { value: number }>(`select value from state where name = 'position'`),
    move: database.prepare<[number]>(`update state set value = ? where name = 'position'`),
    // As bytes, which are copied: a text would be encoded here and decoded by its reader.
    appendChunk: database.prepare<[number, number, number, Source, number, Uint8Array]>(
      'insert into chunks (first, count, project_id, source, received_at, events) values (?, ?, ?, ?, ?, cast(? as text))',
    ),
    chunksAfter: database.prepare<[number], StoredChunk>(
      'select first, count, project_id as projectId, source, received_at as receivedAt, cast(events as blob) as bytes from chunks where first > ? order by first',
    ),
    drop: database.prepare<[number, string, number, number]>(
      `insert into dropped (project_id, reason, count, last_at) values (?, ?, ?, ?)
       on conflict do update set count = count + excluded.count, last_at = max(last_at, excluded.last_at)`,
    ),
    dropped: database.prepare<[], DropCount>('select project_id as projectId, reason, count, last_at as lastAt from dropped'),
    commit: database.prepare<[string, number]>(
      'insert into consumers (name, position) values (?, ?) on conflict do update set position = max(position, excluded.position)',
    ),
    committed: database.prepare<[string], { position: number }>('select position from consumers where name = ?'),
    slowest: database.prepare<[], { position: number | null }>('select min(position) as position from consumers'),
    trim: database.prepare<[number, number]>('delete from chunks where first + count - 1 <= ? and received_at < ?'),
  }
}
