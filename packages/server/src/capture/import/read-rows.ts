import { type importFormats, KindredError } from '@kindred/model'
import { parseJson } from '../json.ts'
import { CsvRecords } from './csv-records.ts'
import { TextDecoding } from './decode-text.ts'
import { openFile } from './file-bytes.ts'
import { type JsonRecord, JsonRecords, jsonColumn } from './json-records.ts'
import type { BadRow, Row } from './row.ts'
import { sniff, type TextForm } from './sniff.ts'
import { openTable, type TableSource } from './table-rows.ts'

type ImportFormat = (typeof importFormats)[number]

export interface RowFile {
  format: ImportFormat
  delimiter: string | null
  columns: readonly string[]
  /** Size on disk, and how much of it has been read. */
  bytes: number
  bytesRead(): number
  /** What was noticed about the file as a whole so far. */
  notes(): string[]
  /** All records in the file's order, some at a time. To be read once. */
  rows(): AsyncGenerator<(Row | BadRow)[]>
  close(): Promise<void>
}

export interface RowFileOptions {
  format?: ImportFormat | undefined
  delimiter?: string | undefined
  /** The names of the columns where no line of the file names them. */
  columns?: readonly string[] | undefined
  /** The columns to take from JSON lines. Left out: those of the first thousand objects. */
  jsonColumns?: readonly string[] | undefined
  /** Each row has one cell, the whole record, its numbers exact to 64 bits. */
  whole?: boolean
  /** The rows of a Parquet file, which the engine reads for us. */
  table?: TableSource | undefined
}

const sampleLength = 64 * 1024
const jsonSample = 1000
/** One NUL in this many characters is more than a slip. */
const binaryShare = 100
/** The column that stands for all of the record. */
const wholeRecord: readonly string[] = ['']

/**
 * Opens a CSV, TSV or JSON-lines file, gzipped or not, of any size, or a table that the engine reads. Errors: `import/unreadable` where there is no text
 * in it, or no header line; `import/invalid-mapping` where the mapping is of another kind of file.
 */
export async function openRows(path: string, options: RowFileOptions = {}): Promise<RowFile> {
  const { table, format } = options
  if ((format === 'parquet') !== (table !== undefined) && format !== undefined) {
    throw new KindredError('import/invalid-mapping', { field: 'format', reason: `the file is ${table === undefined ? 'not ' : ''}Parquet` })
  }
  return table === undefined ? openText(path, { ...options, format: format === 'parquet' ? undefined : format }) : openTableRows(table, options)
}

async function openText(path: string, options: RowFileOptions & { format: TextForm['format'] | undefined }): Promise<RowFile> {
  const file = await openFile(path)
  try {
    const decoding = new TextDecoding()
    const text = decodedChunks(file.chunks(), decoding)
    const first = await take(text, sampleLength)
    if (first.text.trim() === '') throw new KindredError('import/unreadable', { reason: 'there is no text in it' })
    refuseBinary(first.text)
    const form = sniff(first.text, options)
    const chunks = withFirst(first, text)
    const opened = form.format === 'jsonl' ? openJson(first.text, chunks, options) : await openCsv(chunks, form, options)
    return {
      format: form.format,
      delimiter: form.delimiter,
      columns: opened.columns,
      bytes: file.bytes,
      bytesRead: file.bytesRead,
      notes: () => [...(decoding.note === null ? [] : [decoding.note]), ...opened.notes],
      rows: () => withoutBrokenText(opened.rows, decoding),
      close: file.close,
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A few NULs are rows to be refused one by one; many are not text at all. */
function refuseBinary(text: string): void {
  const nuls = text.split('\0').length - 1
  if (nuls * binaryShare > text.length) throw new KindredError('import/unreadable', { reason: 'it is not a text file' })
}

async function openTableRows(table: TableSource, options: RowFileOptions): Promise<RowFile> {
  const opened = openTable(table)
  const columns = options.whole === true ? wholeRecord : (options.jsonColumns ?? opened.columns)
  async function* rows(): AsyncGenerator<(Row | BadRow)[]> {
    for await (const batch of opened.records(options.whole === true ? parseJson : undefined)) yield batch.map((record) => jsonRow(record, columns))
  }
  return { ...opened, format: 'parquet', delimiter: null, columns, notes: () => [], rows }
}

interface TextChunk {
  text: string
  last: boolean
}
interface OpenedRows {
  columns: readonly string[]
  notes: string[]
  rows: AsyncGenerator<(Row | BadRow)[]>
}

async function* decodedChunks(chunks: AsyncGenerator<Buffer>, decoding: TextDecoding): AsyncGenerator<TextChunk> {
  for await (const chunk of chunks) yield { text: decoding.decode(chunk, false), last: false }
  yield { text: decoding.decode(Buffer.alloc(0), true), last: true }
}

async function take(chunks: AsyncGenerator<TextChunk>, length: number): Promise<TextChunk> {
  let text = ''
  while (text.length < length) {
    const next = await chunks.next()
    if (next.done === true) return { text, last: true }
    text += next.value.text
    if (next.value.last) return { text, last: true }
  }
  return { text, last: false }
}

async function* withFirst(first: TextChunk, rest: AsyncGenerator<TextChunk>): AsyncGenerator<TextChunk> {
  yield first
  yield* rest
}

async function openCsv(chunks: AsyncGenerator<TextChunk>, form: TextForm, options: RowFileOptions): Promise<OpenedRows> {
  const records = new CsvRecords({ delimiter: form.delimiter ?? ',', newline: form.newline })
  const { names, pending } = options.columns === undefined ? await readHeader(chunks, records) : { names: options.columns, pending: [] }
  const { columns, notes } = distinctNames(names)
  async function* rows(): AsyncGenerator<(Row | BadRow)[]> {
    yield pending.flatMap((record) => csvRow(record, columns.length))
    for await (const { text, last } of chunks) {
      const batch: (Row | BadRow)[] = []
      for (const record of records.read(text, last)) batch.push(...csvRow(record, columns.length))
      yield batch
    }
  }
  return { columns, notes, rows: rows() }
}

type CsvRecord = ReturnType<CsvRecords['read']> extends Generator<infer Item> ? Item : never

async function readHeader(chunks: AsyncGenerator<TextChunk>, records: CsvRecords): Promise<{ names: readonly string[]; pending: CsvRecord[] }> {
  for (;;) {
    const next = await chunks.next()
    if (next.done === true) throw new KindredError('import/unreadable', { reason: 'it has no line that names the columns' })
    const read = [...records.read(next.value.text, next.value.last)]
    const at = read.findIndex((record) => record.raw.trim() !== '')
    const header = read[at]
    if (header === undefined) continue
    if ('problem' in header) throw new KindredError('import/unreadable', { reason: `in line ${header.line}, which names the columns, ${header.problem}` })
    if (header.cells.some(isBinary)) throw new KindredError('import/unreadable', { reason: 'it is not a text file' })
    return { names: header.cells, pending: read.slice(at + 1) }
  }
}

const isBinary = (name: string): boolean => [...name].some((character) => character < ' ' && !/\s/.test(character))

/** Column names as they can be told apart: a nameless one gets its number, a second of the same name a 2. */
function distinctNames(names: readonly string[]): { columns: string[]; notes: string[] } {
  const seen = new Set<string>()
  const notes: string[] = []
  const columns = names.map((name, index) => {
    const wanted = name.trim() === '' ? `column ${index + 1}` : name.trim()
    let given = wanted
    for (let count = 2; seen.has(given); count++) given = `${wanted} ${count}`
    seen.add(given)
    if (given !== wanted) notes.push(`Two columns are called "${wanted}"; the later one is read as "${given}".`)
    return given
  })
  return { columns, notes }
}

/** No row for a blank line. */
function csvRow(record: CsvRecord, width: number): (Row | BadRow)[] {
  const { line, raw } = record
  if ('problem' in record) return [{ line, column: '', reason: record.problem, raw }]
  const { cells } = record
  if (cells.length === width) return cells.length === 1 && raw.trim() === '' ? [] : [{ line, cells, raw }]
  if (raw.trim() === '') return []
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return [{ line, cells: cells.slice(0, width), raw }]
  return [{ line, column: '', reason: `the row has ${cells.length} cells where ${width} columns are named`, raw }]
}

function openJson(sample: string, chunks: AsyncGenerator<TextChunk>, options: RowFileOptions): OpenedRows {
  const columns = options.whole === true ? wholeRecord : (options.jsonColumns ?? jsonSampleColumns(sample))
  async function* rows(): AsyncGenerator<(Row | BadRow)[]> {
    const records = new JsonRecords(options.whole === true ? parseJson : undefined)
    for await (const { text, last } of chunks) {
      const batch: (Row | BadRow)[] = []
      for (const record of records.read(text, last)) batch.push(jsonRow(record, columns))
      yield batch
    }
  }
  return { columns, notes: [], rows: rows() }
}

function jsonSampleColumns(sample: string): string[] {
  const columns = new Set<string>()
  let count = 0
  for (const record of new JsonRecords().read(sample, true)) {
    if ('value' in record) for (const key of Object.keys(record.value)) columns.add(key)
    if (++count === jsonSample) break
  }
  return [...columns]
}

function jsonRow(record: JsonRecord, columns: readonly string[]): Row | BadRow {
  const { line, raw } = record
  if ('problem' in record) return { line, column: '', reason: record.problem, raw }
  if (columns === wholeRecord) return { line, raw, cells: [record.value] }
  return { line, raw, cells: columns.map((column) => jsonColumn(record.value, column) ?? null) }
}

/** Rows with bytes that could not be decoded are bad, once the file has shown such bytes; so are rows with a NUL, which no text holds. */
async function* withoutBrokenText(batches: AsyncGenerator<(Row | BadRow)[]>, decoding: TextDecoding): AsyncGenerator<(Row | BadRow)[]> {
  for await (const batch of batches) yield batch.some((row) => isBroken(row, decoding)) ? batch.map((row) => refused(row, decoding)) : batch
}

function isBroken({ raw }: Row | BadRow, decoding: TextDecoding): boolean {
  return raw.includes('\0') || (decoding.broken && raw.includes('\ufffd'))
}

function refused(row: Row | BadRow, decoding: TextDecoding): Row | BadRow {
  if (!isBroken(row, decoding)) return row
  const reason = row.raw.includes('\0') ? 'the row holds a NUL, which no text does' : 'the row holds bytes that are not UTF-8'
  return { line: row.line, column: '', reason, raw: row.raw }
}
