import { type CellType, numberReader } from './read-cell.ts'
import { type TimeFormat, timeReader } from './read-time.ts'

/** What the cells of one column show. */
export interface ColumnFacts {
  name: string
  type: CellType
  samples: string[]
  /** Rows without a value. */
  empty: number
  /** Of all rows, '' where there is no value. */
  values: readonly string[]
  distinct: number
  /** Texts that say "no value" in a column of numbers, dates or yes and no. */
  emptyTexts: string[]
  /** How its times are written, where they are times. */
  timeFormat: TimeFormat | undefined
  /** All numbers end in `.0`, as identifiers do that went through a column of floats. */
  endsInPointZero: boolean
}

const samplesShown = 5
const manyDigits = 15
const readNumber = numberReader({ decimal: '.' })
const timeFormats = ['auto', 'day-first', 'month-first'] as const
const yesOrNo = /^(true|false|yes|no)$/i
/** Texts that people write for "no value"; they do not make a column of numbers one of text. */
const noValue = /^(na|n\/a|null|nan|none|-)$/i

export function columnFacts(name: string, cells: readonly string[]): ColumnFacts {
  const values = cells.map((cell) => cell.trim())
  const given = values.filter((value) => value !== '')
  const distinct = [...new Set(given)]
  const telling = distinct.filter((value) => !noValue.test(value))
  const timeFormat = timeFormatOf(telling)
  const type = typeOf(telling, timeFormat)
  return {
    name,
    values,
    type,
    emptyTexts: type === 'text' ? [] : distinct.filter((value) => noValue.test(value)),
    samples: distinct.slice(0, samplesShown),
    empty: values.length - given.length,
    distinct: distinct.length,
    timeFormat,
    endsInPointZero: telling.length > 0 && telling.every((value) => /^\d+\.0$/.test(value)),
  }
}

function typeOf(values: readonly string[], timeFormat: TimeFormat | undefined): CellType {
  if (values.length === 0) return 'text'
  if (timeFormat !== undefined) return 'date'
  if (values.every((value) => yesOrNo.test(value))) return 'boolean'
  return values.every(isQuantity) ? 'number' : 'text'
}

/** A number that is not rather a code: no leading zeros, not too long to be exact. */
function isQuantity(text: string): boolean {
  const plain = readNumber(text)
  return plain !== null && !/^-?0\d/.test(plain) && plain.replace(/\D/g, '').length <= manyDigits
}

/** Plain numbers are never taken for times, though `auto` would read some as epochs or as `yyyyMMdd`. */
function timeFormatOf(values: readonly string[]): TimeFormat | undefined {
  if (values.length === 0 || values.every((value) => readNumber(value) !== null)) return undefined
  return timeFormats.find((format) => {
    const read = timeReader('UTC', format)
    return values.every((value) => 'at' in read(value))
  })
}
