import { bind, join, type RenderedSql, raw, render, type Sql, sql } from '@kindred/engine'

/** A Parquet file, as the engine reads it. */
export interface TableFile {
  rows: number
  columns: TableFileColumn[]
  /** Whole lines of JSON, some rows at a time, in the file's order; times in ISO 8601. To be read once. */
  lines(): AsyncIterable<Uint8Array>
}

interface TableFileColumn {
  name: string
  /** Its times carry no zone: they are written as if they were UTC. */
  localTime: boolean
}

type Settings = Readonly<Record<string, string | number>>

/** What the store lends for it. */
interface TableFileReader {
  /** `settings` are ours. */
  query<Row>(statement: RenderedSql, settings: Settings): Promise<Row[]>
  lines(statement: RenderedSql, settings: Settings): AsyncIterable<Uint8Array>
}

/** Rows at once: wide ones stay few megabytes, and what holds a block on its way is held several times over. */
const rowsAtOnce = 512
/** Mapped, a file would be resident as a whole, and one that is cut off while it is read would end the process. */
export const fileSettings = { storage_file_read_method: "'pread'" } as const
/** A time without a zone gets a type of its own. */
const typeSettings = { ...fileSettings, input_format_parquet_local_time_as_utc: 0 } as const
const readSettings = {
  ...typeSettings,
  max_threads: 1,
  max_block_size: rowsAtOnce,
  input_format_parquet_max_block_size: rowsAtOnce,
  input_format_parquet_preserve_order: 1,
  // It decodes ahead by what it expects to hold, and repeated text comes out a hundred times as large: groups of a million rows would be held whole.
  input_format_parquet_memory_low_watermark: 1,
  input_format_parquet_memory_high_watermark: 2_097_152,
  session_timezone: "'UTC'",
  date_time_output_format: "'iso'",
  // One thread has nothing to do side by side; it would only hold more.
  output_format_parallel_formatting: 0,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
} as const

/**
 * The one place, with `parquetSql`, where a table function is called. `path` is one that we made below the data directory, with no sign in it that the engine would take for a
 * pattern; it is bound, never text of the statement. Errors: the engine's own where the file is cut off or broken.
 */
export async function openTableFile(path: string, { query, lines }: TableFileReader): Promise<TableFile> {
  const file = bind('String', path)
  const described = await query<{ name: string; type: string }>(render(sql`describe table file(${file}, Parquet)`), typeSettings)
  const [counted] = await query<{ rows: string }>(render(sql`select count() as rows from file(${file}, Parquet)`), typeSettings)
  return {
    rows: Number(counted?.rows ?? 0),
    columns: described.map(({ name, type }) => ({ name, localTime: /DateTime64\(\d+\)/.test(type) })),
    lines: () => lines(render(sql`select * from file(${file}, Parquet)`), readSettings),
  }
}

/** A column of a Parquet file to be written. */
export interface WrittenColumn {
  name: string
  kind: 'number' | 'time' | 'text'
}

/** Times as the lines hold them; NULL where there is none. */
const writtenColumn: Record<WrittenColumn['kind'], (cell: Sql) => Sql> = {
  number: (cell) => sql`toUInt64OrNull(${cell})`,
  time: (cell) => sql`parseDateTime64BestEffortOrNull(${cell}, 3, 'UTC')`,
  text: (cell) => cell,
}

/** Reads lines of JSON, each a list of one text or null per column, as the columns of a Parquet file. `lines` is a path that we made. */
export function parquetSql(lines: string, columns: readonly WrittenColumn[]): RenderedSql {
  const structure = columns.map((_, index) => `c${index} Nullable(String)`).join(', ')
  const cells = columns.map(({ name, kind }, index) => sql`${writtenColumn[kind](raw(`c${index}`))} as ${raw(quotedName(name))}`)
  return render(sql`select ${join(cells, ', ')} from file(${bind('String', lines)}, JSONCompactEachRow, ${bind('String', structure)})`)
}

function quotedName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
