import type { ShownRow } from '../answer/shown-answer.ts'

export interface Pivot {
  /** One for each series or formula. */
  columns: { key: string; name: string }[]
  /** One for each breakdown value, in the order they were answered; `cells` stand under the columns. */
  lines: { key: string; name: string; cells: (ShownRow | null)[] }[]
}

/** Rows of several measures broken down alike, as one line for each value. */
export function pivot(rows: readonly ShownRow[]): Pivot {
  const columnOf = ({ point }: ShownRow) => `${point.formula ? 'f' : 's'}${point.index}`
  const columns = new Map(rows.map((row) => [columnOf(row), row.measure]))
  const keys = [...columns.keys()]
  const lines = new Map<string, Pivot['lines'][number]>()
  for (const row of rows) {
    const key = JSON.stringify(row.breakdown ?? null)
    const line = lines.get(key) ?? { key, name: row.breakdown === undefined ? 'Everyone' : row.value, cells: keys.map(() => null) }
    line.cells[keys.indexOf(columnOf(row))] = row
    lines.set(key, line)
  }
  return { columns: [...columns].map(([key, name]) => ({ key, name })), lines: [...lines.values()] }
}
