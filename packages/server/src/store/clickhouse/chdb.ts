import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RenderedSql } from '@kindred/engine'
import { KindredError, type QuestionProgress } from '@kindred/model'
import { Session } from 'chdb'
import { bindValues } from './bound-values.ts'
import { queryError } from './query-error.ts'
import { clickhouseMigrations } from './schema.ts'
import { SessionPool } from './sessions.ts'
import { aloneDatabase, aloneTables, lookupDatabase, type QueryLimits, type Store, type Table } from './store.ts'
import { fileSettings, openTableFile, parquetSql, type TableFile, type WrittenColumn } from './table-file.ts'
import { WaitingLine } from './waiting-line.ts'

export interface ChdbOptions {
  path: string
  /** Of the whole engine. */
  memoryBytes: number
  /** Of one question; group-by and sort spill to disk at half of it. */
  queryMemoryBytes: number
  querySeconds: number
}

/** Dates and times in JSON stay the text they were; a key `a.b` stays apart from `{ a: { b } }`; a batch is one block of one insert. */
const insertSettings = {
  async_insert: 0,
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
  json_type_escape_dots_in_keys: 1,
  // A list such as [true, 1.5] keeps its booleans: otherwise they turn into numbers or texts.
  input_format_json_read_bools_as_numbers: 0,
  input_format_json_read_bools_as_strings: 0,
  input_format_parallel_parsing: 0,
  max_insert_block_size: 1_048_576,
  min_insert_block_size_bytes: 1_073_741_824,
} as const

/** What holds for a session as long as it is open. */
const sessionSettings = {
  // What a statement may be, so that every definition within its own limits can be asked; beyond it the engine refuses by name.
  max_query_size: 16 * 1024 * 1024,
  max_ast_elements: 500_000,
  max_ast_depth: 5_000,
  max_parser_depth: 5_000,
  // Questions are of many forms, each asked a few times: to turn them into machine code takes longer than it saves, with ten million events too.
  compile_expressions: 0,
  compile_aggregate_expressions: 0,
  compile_sort_description: 0,
  // What a join meets is not looked up beforehand: of accounts and their events nearly all of them are met, and looking took a seventh of the time.
  enable_join_runtime_filters: 0,
}

/** For what nobody waits for. */
const unhurriedSettings = { max_threads: 1, max_block_size: 8192, max_read_buffer_size: 131_072 } as const

/** Rows of a stream's chunk: few enough to be parsed while others wait. */
const streamedRows = 2048
/** An export of everybody to a slow reader takes its time. */
const streamSeconds = 3600
/** Long enough for every line of waiting streams on a small machine; each holds a session of its own. */
const maximumStreams = 4
/** In milliseconds. */
const killEvery = 100

/** Where a backup may be written is decided before the engine is asked; sessions that answer questions cannot write one. */
const backupsAnywhere = '--backups.allowed_path=/'

/** Makes the store below `path`, which has none, out of what `backup` wrote. Errors: the backup is not whole. */
export async function restoreChdbStore(path: string, backup: string): Promise<void> {
  mkdirSync(path, { recursive: true })
  const session = new Session(path, { connectionArgs: [backupsAnywhere] })
  try {
    await bindValues(session, { backup })
    await session.queryAsync('restore database kindred from File({backup:String})')
  } finally {
    session.close()
  }
}

/**
 * Merges take half of the cores, two at a time for each: four beside each other on two cores took twice the memory and no less time. The one that is done
 * soonest goes first, so that a large one does not keep small parts waiting.
 */
const merging = [
  `--background_pool_size=${Math.max(1, Math.floor(availableParallelism() / 2))}`,
  '--background_merges_mutations_concurrency_ratio=2',
  '--background_merges_mutations_scheduling_policy=shortest_task_first',
]

/** Opens (and migrates) the store below `path`. One data directory belongs to one process: call it once. */
export async function openChdbStore(options: ChdbOptions): Promise<Store> {
  mkdirSync(options.path, { recursive: true })
  const connectionArgs = [`--max_server_memory_usage=${options.memoryBytes}`, backupsAnywhere, ...merging]
  const open = () => {
    const session = new Session(options.path, { connectionArgs })
    // Set apart: those of the statement are looked at before the settings that stand in it.
    session.query(`set ${written(sessionSettings)}`)
    return session
  }
  const writer = new SessionPool(open, 1)
  await writer.use(migrate)
  await writer.use(prepareAlone)
  await writer.use(prepareLookups)
  const postalCountries = await writer.use(readPostalCountries)
  return new ChdbStore({ options, open, writer, postalCountries })
}

async function migrate(session: Session): Promise<void> {
  await session.queryAsync('create database if not exists kindred engine = Atomic')
  await session.queryAsync('create table if not exists kindred.migrations (id UInt32, at DateTime default now()) engine = MergeTree order by id')
  const answer = await session.queryAsync('select max(id) as id from kindred.migrations', { format: 'JSONEachRow' })
  const [{ id: done } = { id: 0 }] = parseRows<{ id: number }>(answer.text())
  for (const migration of clickhouseMigrations.filter((each) => each.id > done)) {
    for (const statement of migration.statements) await session.queryAsync(statement)
    await session.queryAsync(`insert into kindred.migrations (id) values (${migration.id})`)
  }
}

/** Tables of the same form beside the real ones, for questions about one person alone; made anew each time, so that nothing that a crash left is in them. */
async function prepareAlone(session: Session): Promise<void> {
  await session.queryAsync(`drop database if exists ${aloneDatabase} sync`)
  await session.queryAsync(`create database ${aloneDatabase} engine = Atomic`)
  for (const table of aloneTables) {
    // One part instead of one for each month in which somebody did something: each takes as long to write, and to drop, as all of their rows.
    const engine = table === 'events' ? ' engine = MergeTree partition by tuple() primary key (project_id, event) order by (project_id, event)' : ''
    await session.queryAsync(`create table ${aloneDatabase}.${table} as kindred.${table}${engine}`)
  }
}

/** The dictionary is filled by the first question that looks into it. */
async function prepareLookups(session: Session): Promise<void> {
  await session.queryAsync(`drop database if exists ${lookupDatabase} sync`)
  await session.queryAsync(`create database ${lookupDatabase} engine = Atomic`)
  await session.queryAsync(`create dictionary ${lookupDatabase}.postal_points (country_code String, code String, latitude Float64, longitude Float64)
primary key country_code, code source(clickhouse(db 'kindred' table 'postal_codes')) layout(complex_key_hashed_array()) lifetime(0)`)
}

async function readPostalCountries(session: Session): Promise<string[]> {
  const answer = await session.queryAsync('select distinct country_code as code from kindred.postal_codes order by code', { format: 'JSONEachRow' })
  return parseRows<{ code: string }>(answer.text()).map(({ code }) => code)
}

/** Of one statement, written into it: names and values are ours. */
type Settings = Readonly<Record<string, string | number>>

const written = (settings: Settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')

interface ChdbParts {
  options: ChdbOptions
  open: () => Session
  writer: SessionPool
  postalCountries: string[]
}

class ChdbStore implements Store {
  readonly #options: ChdbOptions
  readonly #writer: SessionPool
  readonly #readers: SessionPool
  readonly #streams: SessionPool
  readonly #control: SessionPool
  readonly #background: SessionPool
  readonly #line = new WaitingLine()
  #postalCountries: string[]

  constructor({ options, open, writer, postalCountries }: ChdbParts) {
    // Queries of readers may raise no setting above what the session was opened with, nor write.
    const openReader = () => {
      const session = open()
      session.query('set readonly = 2')
      return session
    }
    this.#options = options
    this.#writer = writer
    this.#postalCountries = postalCountries
    this.#readers = new SessionPool(openReader, availableParallelism() + 1)
    this.#streams = new SessionPool(openReader, maximumStreams)
    this.#control = new SessionPool(open, 1)
    this.#background = new SessionPool(open, 1)
  }

  async query<Row>(statement: RenderedSql, limits: QueryLimits = {}): Promise<Row[]> {
    const line = this.#line.enter(limits.label)
    const work = (session: Session) => {
      line.leave()
      return this.#run<Row>(session, statement, limits)
    }
    return this.#readers.use(work, line.onPlace)
  }

  async progress(label: string): Promise<QuestionProgress> {
    const place = this.#line.placeOf(label)
    const [row] = await this.#control.use(async (session) => {
      await bindValues(session, { mark: markOf(label) })
      const answer = await session.queryAsync(progressText, { format: 'JSONEachRow' })
      return parseRows<{ read: number; total: number }>(answer.text())
    })
    return { place, share: row === undefined || row.total === 0 ? null : row.read / row.total }
  }

  async *stream<Row>(statement: RenderedSql, limits: QueryLimits = {}): AsyncIterable<Row[]> {
    const session = await this.#streams.take()
    const cancelled = () => {
      if (limits.signal?.aborted) throw new KindredError('query/cancelled')
    }
    try {
      cancelled()
      const { text } = this.#limited(statement, { seconds: streamSeconds, ...limits }, { max_block_size: streamedRows })
      await bindValues(session, statement.params)
      for await (const chunk of session.queryStream(text, { format: 'JSONEachRow' })) {
        cancelled()
        yield chunk.rows<Row>()
      }
    } catch (error) {
      throw queryError(error, limits.seconds ?? streamSeconds)
    } finally {
      this.#streams.release(session)
    }
  }

  openTable(path: string): Promise<TableFile> {
    return openTableFile(path, {
      query: (statement, settings) => this.#readers.use((session) => this.#run(session, statement, { settings })),
      lines: (statement, settings) => this.#lines(statement, settings),
    })
  }

  async writeTable(path: string, { lines, columns }: { lines: string; columns: readonly WrittenColumn[] }): Promise<void> {
    const statement = parquetSql(lines, columns)
    const { text } = this.#limited(statement, { seconds: streamSeconds }, { ...fileSettings, max_threads: 1 })
    const session = await this.#streams.take()
    try {
      // The path is ours and holds an id alone; the engine takes no bound value there.
      await bindValues(session, statement.params)
      await session.queryAsync(`${text} into outfile '${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}' format Parquet`)
    } catch (error) {
      throw queryError(error, streamSeconds)
    } finally {
      this.#streams.release(session)
    }
  }

  /** As JSON lines. It may take as long as whoever reads them needs. */
  async *#lines(statement: RenderedSql, settings: Settings): AsyncGenerator<Uint8Array> {
    const session = await this.#streams.take()
    try {
      const { text } = this.#limited(statement, { seconds: 0 }, settings)
      await bindValues(session, statement.params)
      for await (const chunk of session.queryStream(text, { format: 'JSONEachRow' })) yield chunk.raw()
    } finally {
      this.#streams.release(session)
    }
  }

  async insert(table: Table, rows: Uint8Array, token: string): Promise<void> {
    const settings = { ...insertSettings, insert_deduplication_token: token }
    await this.#writer.use((session) => session.insert({ table: `kindred.${table}`, values: rows, format: 'JSONEachRow', settings }))
  }

  async insertAlone(table: (typeof aloneTables)[number], rows: Uint8Array): Promise<void> {
    const settings = { ...insertSettings, insert_deduplicate: 0 }
    await this.#writer.use((session) => session.insert({ table: `${aloneDatabase}.${table}`, values: rows, format: 'JSONEachRow', settings }))
  }

  async command(statement: RenderedSql, limits: QueryLimits = {}): Promise<void> {
    // Without a token rows are told by their content: somebody who is put into a list again, after they were taken out, would be a repeat.
    await this.#writer.use((session) => this.#run(session, statement, { ...limits, settings: { insert_deduplicate: 0 } }))
  }

  async background(statement: RenderedSql, limits: QueryLimits = {}): Promise<void> {
    const settings = { insert_deduplicate: 0, max_threads: 1 }
    await this.#background.use((session) => this.#run(session, statement, { seconds: streamSeconds, ...limits, settings }))
  }

  postalCountries(): readonly string[] {
    return this.#postalCountries
  }

  async reloadPostalCodes(): Promise<void> {
    await this.#writer.use(async (session) => {
      await session.queryAsync(`system reload dictionary ${lookupDatabase}.postal_points`)
      this.#postalCountries = await readPostalCountries(session)
    })
  }

  async backup(path: string, before: () => Promise<void>): Promise<void> {
    await this.#writer.use(async (session) => {
      await before()
      await bindValues(session, { path })
      await session.queryAsync('backup database kindred to File({path:String})')
    })
  }

  async close(): Promise<void> {
    // A question that was ended is over for whoever asked before the statement that ended it is.
    await this.#control.use(async () => undefined)
    for (const pool of [this.#readers, this.#streams, this.#control, this.#background, this.#writer]) pool.close()
  }

  async #run<Row>(session: Session, statement: RenderedSql, limits: QueryLimits & { settings?: Settings }): Promise<Row[]> {
    if (limits.signal?.aborted) throw new KindredError('query/cancelled')
    const { text, mark } = this.#limited(statement, limits, limits.settings)
    const over = this.#endAt(limits.signal, mark)
    try {
      await bindValues(session, statement.params)
      const answer = await session.queryAsync(text, { format: 'JSONEachRow' })
      return parseRows<Row>(answer.text())
    } catch (error) {
      throw queryError(error, limits.seconds ?? this.#options.querySeconds)
    } finally {
      over()
    }
  }

  /** The text with its limits. Settings are written into the statement: given to the client they would stay on the session. */
  #limited(statement: RenderedSql, limits: QueryLimits, more: Settings = {}): { text: string; mark: string } {
    const mark = markOf(limits.label) + randomUUID()
    const bytes = limits.bytes ?? this.#options.queryMemoryBytes
    const spill = Math.floor(bytes / 2)
    const settings = {
      max_execution_time: limits.seconds ?? this.#options.querySeconds,
      max_memory_usage: bytes,
      max_bytes_before_external_group_by: spill,
      max_bytes_before_external_sort: spill,
      log_comment: `'${mark}'`,
      output_format_json_quote_64bit_integers: 1,
      ...(limits.unhurried ? unhurriedSettings : {}),
      ...more,
    }
    return { text: `${statement.text}\nsettings ${written(settings)}`, mark }
  }

  /** Ends the statement with this mark when the signal says so. What it answers is called once the statement is over. */
  #endAt(signal: AbortSignal | undefined, mark: string): () => void {
    let isOver = false
    const end = async () => {
      // One that has not begun in the engine is not known there yet, so that once may not be enough.
      for (; !isOver; await sleep(killEvery)) await this.#kill(mark)
    }
    const stop = () => void end()
    signal?.addEventListener('abort', stop, { once: true })
    return () => {
      isOver = true
      signal?.removeEventListener('abort', stop)
    }
  }

  async #kill(mark: string): Promise<void> {
    // Not `sync`: a session keeps the entry of a statement that failed until its next one, and whoever waited for that would hold up all other endings.
    await this.#control.use((session) => session.queryAsync(`kill query where Settings['log_comment'] = '${mark}' async`)).catch(() => undefined)
  }
}

/** What the marks of the statements of a label begin with. */
const markOf = (label = ''): string => (label === '' ? '' : `${label}/`)

/** What is to be read is the engine's guess, which what was read may have passed. One that was ended stays in the table until its session's next. */
const progressText = `select toFloat64(sum(read_rows)) as read, toFloat64(sum(greatest(read_rows, total_rows_approx))) as total
from system.processes where not is_cancelled and startsWith(Settings['log_comment'], {mark:String})`

function parseRows<Row>(text: string): Row[] {
  const lines = text.trimEnd()
  return lines === '' ? [] : (JSON.parse(`[${lines.replaceAll('\n', ',')}]`) as Row[])
}
