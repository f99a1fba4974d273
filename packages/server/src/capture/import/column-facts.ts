import { type CellType, type NumberForm, numberReader } from './read-cell.ts'
import { type TimeFormat, type TimeRead, timeReader } from './read-time.ts'

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
  /** Its dates could as well be read month first: one that would be another day then, where there is such a one. Undefined where they could not. */
  ambiguous: { sample: string | undefined } | undefined
  /** All numbers end in `.0`, as identifiers do that went through a column of floats. */
  endsInPointZero: boolean
}

const samplesShown = 5
const manyDigits = 15
const timeFormats = ['auto', 'day-first', 'month-first'] as const
const yesOrNo = /^(true|false|yes|no)$/i
/** Texts that people write for "no value"; they do not make a column of numbers one of text. */
const noValue = /^(na|n\/a|null|nan|none|-)$/i
/** Names of columns whose plain numbers may be times. */
const timeName = /(^|[^a-z])(date|time|timestamp|datetime|day|ts|epoch|created|updated|at)([^a-z]|$)|[a-z](At|Date|Time)$/i
const epochForms = { 'epoch-seconds': /^\d{10}(\.\d+)?$/, 'epoch-milliseconds': /^\d{13}$/ } as const
const epochNames = ['epoch-seconds', 'epoch-milliseconds'] as const
const dayAsNumber = /^(19[7-9]|20)\d{6}$/

/** `form`: how the file writes numbers. */
export function columnFacts(name: string, cells: readonly string[], form: NumberForm): ColumnFacts {
  const values = cells.map((cell) => cell.trim())
  const given = values.filter((value) => value !== '')
  const distinct = [...new Set(given)]
  const telling = distinct.filter((value) => !noValue.test(value))
  const read = numberReader(form)
  const timeFormat = timeFormatOf(name, telling, read)
  const type = typeOf(telling, timeFormat, read)
  return {
    name,
    values,
    type,
    emptyTexts: type === 'text' ? [] : distinct.filter((value) => noValue.test(value)),
    samples: distinct.slice(0, samplesShown),
    empty: values.length - given.length,
    distinct: distinct.length,
    timeFormat,
    ambiguous: timeFormat === 'day-first' ? ambiguityOf(telling) : undefined,
    endsInPointZero: telling.length > 0 && telling.every((value) => /^\d+\.0$/.test(value)),
  }
}

type ReadNumber = (text: string) => string | null

function typeOf(values: readonly string[], timeFormat: TimeFormat | undefined, read: ReadNumber): CellType {
  if (values.length === 0) return 'text'
  if (timeFormat !== undefined) return 'date'
  if (values.every((value) => yesOrNo.test(value))) return 'boolean'
  return values.every((value) => isQuantity(read(value))) ? 'number' : 'text'
}

/** A number that is not rather a code: no leading zeros, not too long to be exact. */
function isQuantity(plain: string | null): boolean {
  return plain !== null && !/^-?0\d/.test(plain) && plain.replace(/\D/g, '').length <= manyDigits
}

/** Plain numbers are times only where the column's name says so. */
function timeFormatOf(name: string, values: readonly string[], read: ReadNumber): TimeFormat | undefined {
  if (values.length === 0) return undefined
  if (!values.every((value) => read(value) !== null)) return timeFormats.find((format) => allRead(values, format))
  if (!timeName.test(name)) return undefined
  const epoch = epochNames.find((format) => values.every((value) => epochForms[format].test(value)))
  if (epoch !== undefined) return epoch
  return values.every((value) => dayAsNumber.test(value)) && allRead(values, 'auto') ? 'auto' : undefined
}

/** Of dates that can be read day first. A column may hold others beside it, such as `2026-04-03` and `04/04/2026`, that are the same day either way. */
function ambiguityOf(values: readonly string[]): ColumnFacts['ambiguous'] {
  if (!allRead(values, 'month-first')) return undefined
  const [dayFirst, monthFirst] = [timeReader('UTC', 'day-first'), timeReader('UTC', 'month-first')]
  const at = (read: TimeRead) => ('at' in read ? read.at : null)
  return { sample: values.find((value) => at(dayFirst(value)) !== at(monthFirst(value))) }
}

function allRead(values: readonly string[], format: TimeFormat): boolean {
  const read = timeReader('UTC', format)
  return values.every((value) => 'at' in read(value))
}
