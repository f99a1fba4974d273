import type { JsonValue } from '@kindred/model'

/** What stands in one place of a row: text in CSV, any JSON value in JSON lines. */
export type Cell = JsonValue

/** One record of the file; `cells` in the order of the file's columns. */
export interface Row {
  /** The line of the file it begins on, from 1. */
  line: number
  cells: readonly Cell[]
  /** As written, without the line's end. */
  raw: string
}

/** A record that cannot be taken in, and why. `column` is '' where the reason is the row as a whole. */
export interface BadRow {
  line: number
  column: string
  reason: string
  raw: string
}

/** The cell as text: JSON numbers and booleans as they print, nothing for null. */
export function cellText(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
