import type { JsonValue } from '@kindred/model'
import { add, type Decimal } from './decimal.ts'
import type { Row } from './row.ts'

/** What one row says. Values stand in the order of the names in `CompiledMapping`; undefined: the cell is empty. */
export interface MappedRow {
  event: string
  /** The person's, or the account's key. */
  distinctId: string
  /** Further ids of the person. */
  otherIds: string[]
  /** Type of account → its key, undefined where there is none. */
  accounts: Record<string, string> | undefined
  /** Epoch milliseconds. */
  at: number
  /** The time as written, '' where the mapping has none. */
  timeText: string
  properties: (JsonValue | undefined)[]
  set: (JsonValue | undefined)[]
  setOnce: (JsonValue | undefined)[]
  totals: Decimal[]
  /** The item that the row is, of grouped imports. */
  item: Record<string, JsonValue>
  /** The cells that group or identify rows, undefined where the mapping names none. */
  key: string[] | undefined
}

export interface CompiledMapping {
  kind: 'row' | 'group' | 'person' | 'account'
  /** The type of the accounts that the rows are, '' where they are none. */
  accountType: string
  propertyNames: readonly string[]
  setNames: readonly string[]
  setOnceNames: readonly string[]
  totals: readonly CompiledTotal[]
  /** The property that holds a group's items, undefined where there is none. */
  itemsProperty: string | undefined
  /** `number` counts the rows of the file from 1. Throws CellProblem where the row cannot be used. */
  map(row: Row, number: number): MappedRow | { skip: string }
}

export interface MappingSurroundings {
  /** The columns of the file. `open`: any column may be asked for, and is added here (JSON lines). */
  columns: string[]
  open: boolean
  /** IANA zone of times that carry none, unless the mapping names one. */
  zone: string
  /** The time of people and accounts whose rows have none, epoch milliseconds. */
  now: number
}

export interface CompiledTotal {
  name: string
  of(row: Row): Decimal
  /** The total as a property holds it. */
  value(sum: Decimal): number
}
export function sumOf(a: Decimal[], b: readonly Decimal[]): Decimal[] {
  return a.map((value, index) => add(value, b[index] ?? { digits: 0n, scale: 0 }))
}
