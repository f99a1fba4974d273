import { KindredError } from '@kindred/model'
import { CsvRecords } from '../capture/import/csv-records.ts'
import { TextDecoding } from '../capture/import/decode-text.ts'
import { openFile } from '../capture/import/file-bytes.ts'
import { sniff } from '../capture/import/sniff.ts'
import { type Columns, columnsOf, geoNamesColumns, type PostalCodeLine, readPostalCode } from './read-line.ts'

export type ReadLine = { line: number } & ({ code: PostalCodeLine } | { reason: string })

interface Cells {
  line: number
  cells?: string[]
  problem?: string
}

/**
 * The lines of a file of postal codes, some at a time: GeoNames' own form (tabs, no header), or delimited text with a header. Gzipped or not.
 * Errors: `postal-codes/unreadable` where it is neither, `import/unreadable` where it is no text.
 */
export async function* readPostalCodes(path: string): AsyncGenerator<ReadLine[]> {
  const file = await openFile(path)
  const decoding = new TextDecoding()
  let reader: ((text: string, last: boolean) => Iterable<Cells>) | undefined
  let columns: Columns | undefined
  let head = ''
  try {
    const read = function* (text: string, last: boolean): Generator<ReadLine> {
      if (reader === undefined) {
        head += text
        if (!last && !head.includes('\n')) return
        const isGeoNames = (head.split('\n', 1)[0] ?? '').split('\t').length >= geoNamesColumns.cells && !/latitude/i.test(head.split('\n', 1)[0] ?? '')
        if (isGeoNames) columns = geoNamesColumns
        reader = isGeoNames ? tabbedLines() : delimited(head)
        text = head
      }
      for (const { line, cells, problem } of reader(text, last)) {
        if (cells === undefined) yield { line, reason: problem ?? '' }
        else if (columns === undefined) columns = headerOf(cells)
        else if (cells.some((cell) => cell.trim() !== '')) yield lineRead(line, readPostalCode(cells, columns))
      }
    }
    for await (const chunk of file.chunks()) yield [...read(decoding.decode(chunk, false), false)]
    yield [...read(decoding.decode(Buffer.alloc(0), true), true)]
  } finally {
    await file.close()
  }
}

function lineRead(line: number, read: PostalCodeLine | string): ReadLine {
  return typeof read === 'string' ? { line, reason: read } : { line, code: read }
}

/** Quotes are signs like any other in this form. */
function tabbedLines(): (text: string, last: boolean) => Generator<Cells> {
  let [rest, line] = ['', 0]
  return function* (text, last) {
    const lines = (rest + text).split('\n')
    rest = last ? '' : (lines.pop() ?? '')
    for (const each of lines) yield { line: ++line, cells: each.split('\t') }
  }
}

function delimited(sample: string): (text: string, last: boolean) => Generator<Cells> {
  const { delimiter, newline } = sniff(sample, { format: undefined })
  const records = new CsvRecords({ delimiter: delimiter ?? ',', newline })
  return function* (text, last) {
    for (const record of records.read(text, last)) yield record
  }
}

function headerOf(cells: readonly string[]): Columns {
  const columns = columnsOf(cells)
  if (typeof columns !== 'string') return columns
  const reason = `the file is neither of GeoNames' form (twelve columns between tabs) nor does its first line name the columns country, postal_code, latitude and longitude: “${columns}” is missing`
  throw new KindredError('postal-codes/unreadable', { reason })
}
