import { setImmediate } from 'node:timers/promises'
import { readStoredValue } from '../store/clickhouse/stored-properties.ts'

/** A piece of the file is made of these many rows, so that no piece holds the server up. */
const rowsAtOnce = 1000

/** A row of an export. */
export interface ExportedRow {
  /** JSON texts, one for each column. */
  cells: string[]
}

/** The store hands rows over in chunks of its own size; between two pieces others get their turn. */
export async function* inPieces<Row>(chunks: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  for await (const rows of chunks) {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      yield rows.slice(from, from + rowsAtOnce)
      await setImmediate()
    }
  }
}

/** What JSON writes like this is read like this: short whole numbers, yes and no. */
const plain = /^(?:\d{1,15}|true|false)$/

/** Texts as they are, nothing for what is missing, lists and objects as JSON. */
export function cellText(json: string): string {
  if (json === 'null') return ''
  if (plain.test(json)) return json
  const value = readStoredValue(json)
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The same as JSON for a reader of ours; numbers beyond what JSON can hold become texts. */
export function cellJson(json: string): string {
  return json === 'null' || json.startsWith('"') || plain.test(json) ? json : JSON.stringify(readStoredValue(json))
}
