import type { Parts } from '../parts.ts'

const pageRows = 2000

/**
 * The bad rows of an import as CSV: line, column, reason and the row as it was written. Texts that a spreadsheet would run as a formula get a
 * quote in front.
 */
export async function* rejectsCsv({ catalog }: Pick<Parts, 'catalog'>, importId: number): AsyncGenerator<string> {
  yield 'line,column,reason,row\r\n'
  let after = 0
  for (;;) {
    const rows = await catalog
      .selectFrom('import_rejects')
      .select(['line', 'column_name', 'reason', 'row'])
      .where('import_id', '=', importId)
      .where('line', '>', after)
      .orderBy('line')
      .limit(pageRows)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.line
    yield rows.map(({ line, column_name, reason, row }) => `${line},${cell(column_name)},${cell(reason)},${cell(row)}\r\n`).join('')
  }
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}
