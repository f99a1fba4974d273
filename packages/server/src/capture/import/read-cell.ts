import type { cellTypes, ImportMapping, JsonValue } from '@kindred/model'
import type { ReadTime } from './read-time.ts'
import { type Cell, cellText } from './row.ts'

/** A cell that makes its row unusable. */
export class CellProblem extends Error {
  readonly column: string

  constructor(column: string, reason: string) {
    super(reason)
    this.column = column
  }
}

export type CellType = (typeof cellTypes)[number]
export type NumberForm = Pick<ImportMapping, 'decimal' | 'thousands'>

const simpleNumber = /^-?\d+(\.\d+)?$/
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i
/** Numbers that read back as they were written: nothing with leading zeros or exponents, which are as likely codes. */
const plainValue = /^-?(0|[1-9]\d*)(\.\d+)?$/
const groupedThousands = /^\d{3}$/
const mostExactDigits = 15
const shownLength = 60

/** A function that reads numbers written in this form into text that `Number` and `readDecimal` take; null where the text is no number. */
export function numberReader({ decimal, thousands }: NumberForm): (text: string) => string | null {
  return (text) => {
    // Nearly all numbers of nearly all files.
    if (decimal === '.' && simpleNumber.test(text)) return text
    let plain = text.trim()
    if (thousands !== undefined && thousands !== decimal && plain.includes(thousands)) {
      const [whole = '', ...rest] = plain.split(decimal)
      const [first = '', ...groups] = whole.split(thousands)
      if (first.length > 4 || !groups.every((group) => groupedThousands.test(group))) return null
      plain = [first + groups.join(''), ...rest].join(decimal)
    }
    if (decimal === ',') {
      if (plain.includes('.')) return null
      plain = plain.replace(',', '.')
    }
    return plainNumber.test(plain)
      ? plain
          .replace(/^\+/, '')
          .replace(/^(-?)\./, '$10.')
          .replace(/\.(?=e|$)/i, '')
      : null
  }
}

const yes = new Set(['true', 'yes', 'y', 't', '1'])
const no = new Set(['false', 'no', 'n', 'f', '0'])

export interface CellReader {
  /** The value of a cell that is not empty. Throws CellProblem. */
  value(cell: Cell, type: CellType, column: string): JsonValue
  /** As above, for text that is taken from a cell. */
  number(text: string, column: string): string
}

export function cellReader(form: NumberForm, readDate: ReadTime): CellReader {
  const readNumber = numberReader(form)
  const number = (text: string, column: string) => {
    const plain = readNumber(text)
    if (plain === null || !Number.isFinite(Number(plain))) throw new CellProblem(column, `${shown(text)} is not a number`)
    return plain
  }
  const read: Record<CellType, (text: string, column: string) => JsonValue> = {
    text: (text) => text,
    auto: (text) => autoValue(text, form, readNumber),
    number: (text, column) => Number(number(text, column)),
    boolean: booleanValue,
    date: (text, column) => {
      const time = readDate(text.trim())
      if ('problem' in time) throw new CellProblem(column, `${shown(text)} ${time.problem}`)
      return time.dateOnly ?? new Date(time.at).toISOString()
    },
  }
  return {
    number,
    // JSON says itself whether something is a number: only what it holds as text is looked at, and `auto` leaves that as it is.
    value: (cell, type, column) => (typeof cell === 'string' || type !== 'auto' ? read[type](cellText(cell), column) : cell),
  }
}

function autoValue(text: string, form: NumberForm, readNumber: (text: string) => string | null): JsonValue {
  if (text === 'true' || text === 'TRUE' || text === 'True') return true
  if (text === 'false' || text === 'FALSE' || text === 'False') return false
  const first = text.charCodeAt(0)
  if (first !== 45 && (first < 48 || first > 57)) return text
  const plain = form.decimal === '.' && form.thousands === undefined ? text : readNumber(text)
  return plain !== null && plain.length <= mostExactDigits + 2 && plainValue.test(plain) && digitCount(plain) <= mostExactDigits ? Number(plain) : text
}

function booleanValue(text: string, column: string): boolean {
  const word = text.trim().toLowerCase()
  if (yes.has(word)) return true
  if (no.has(word)) return false
  throw new CellProblem(column, `${shown(text)} is neither yes nor no`)
}

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length
}

export function shown(text: string): string {
  return JSON.stringify(text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)
}
