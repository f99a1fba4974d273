import type { JsonValue } from '@kindred/model'
import { LosslessNumber, parse as parseLossless } from 'lossless-json'
import { checkNesting } from '../json.ts'

/** One line of JSON, or what is wrong with it. */
export type JsonRecord = { line: number; raw: string; value: { [key: string]: JsonValue } } | { line: number; raw: string; problem: string }

const longestLine = 4 * 1024 * 1024
const shownOfLongLine = 2000
const longNumber = /\d{16}/

/** Cuts text into lines of JSON, a chunk at a time. Blank lines are passed over. */
export class JsonRecords {
  readonly #parse: (text: string) => unknown
  #rest = ''
  #line = 1
  #skipping = false

  /** `parse`: reads one line; throws where it is not JSON. */
  constructor(parse = parseLine) {
    this.#parse = parse
  }

  *read(text: string, last: boolean): Generator<JsonRecord> {
    const buffer = this.#rest + text
    let at = 0
    while (at < buffer.length) {
      const found = buffer.indexOf('\n', at)
      const end = found < 0 ? buffer.length : found
      const tooLong = end - at > longestLine
      if (found < 0 && !last && !tooLong && !this.#skipping) break
      const raw = buffer.slice(at, Math.min(end, at + longestLine)).trim()
      if (tooLong && !this.#skipping) yield { line: this.#line, raw: raw.slice(0, shownOfLongLine), problem: 'the line is longer than four million characters' }
      else if (raw !== '' && !this.#skipping) yield readLine(raw, this.#line, this.#parse)
      this.#skipping = found < 0 && !last
      if (found >= 0) this.#line++
      at = end + 1
    }
    this.#rest = last ? '' : buffer.slice(at)
  }
}

function readLine(raw: string, line: number, parse: (text: string) => unknown): JsonRecord {
  try {
    const value = parse(raw)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, raw, problem: 'the line is not a JSON object' }
    return { line, raw, value: value as { [key: string]: JsonValue } }
  } catch (error) {
    return { line, raw, problem: `the line is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** JSON.parse would round ids of more than 15 digits: such a number is kept as its text. */
function parseLine(raw: string): unknown {
  checkNesting(raw)
  return longNumber.test(raw) ? withExactNumbers(parseLossless(raw)) : JSON.parse(raw)
}

function withExactNumbers(value: unknown): unknown {
  if (value instanceof LosslessNumber) {
    const text = value.toString()
    return /^-?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text)) ? text : Number(text)
  }
  if (Array.isArray(value)) return value.map(withExactNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withExactNumbers(entry)]))
}

/** The value at a column of a JSON record: the key itself, else a path with dots into nested objects. undefined where there is none. */
export function jsonColumn(record: { [key: string]: JsonValue }, column: string): JsonValue | undefined {
  if (Object.hasOwn(record, column)) return record[column]
  if (!column.includes('.')) return undefined
  let at: JsonValue | undefined = record
  for (const key of column.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined
    at = at[key]
  }
  return at
}
