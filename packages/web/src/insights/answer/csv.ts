import type { ShownAnswer } from './shown-answer.ts'

/**
 * The numbers of an answer as CSV, unrounded: a line for each row, a column for each bucket (or one for the whole range).
 * A cell that a spreadsheet would run as a formula is disarmed.
 */
export function answerCsv({ rows, answer }: ShownAnswer): string {
  const buckets = answer.buckets.map((bucket) => bucket.label)
  const compared = rows.some((row) => row.previous !== null)
  const header = ['', ...(compared ? ['period'] : []), ...buckets, 'total']
  const lines = rows.flatMap((row) => {
    const now = [row.name, ...(compared ? ['current'] : []), ...row.data, row.total]
    const before = row.previous === null ? [] : [[row.name, 'previous', ...row.previous.data, row.previous.total]]
    return [now, ...before]
  })
  return [header, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
