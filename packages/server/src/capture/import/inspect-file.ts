import type { ImportInspection } from '@kindred/model'
import { type ColumnFacts, columnFacts } from './column-facts.ts'
import { guessMapping } from './guess-mapping.ts'
import type { FileFacts } from './messages.ts'
import { openRows } from './read-rows.ts'
import { cellText } from './row.ts'

const rowsLookedAt = 1000
const rowsShown = 20
const shownOfCell = 200

/** What the first thousand rows of a file show. Errors: `import/unreadable`. */
export async function inspectFile(path: string): Promise<FileFacts> {
  const file = await openRows(path)
  try {
    const rows: string[][] = []
    reading: for await (const batch of file.rows()) {
      for (const row of batch) {
        if ('cells' in row) rows.push(row.cells.map(cellText))
        if (rows.length === rowsLookedAt) break reading
      }
    }
    const facts = file.columns.map((name, index) =>
      columnFacts(
        name,
        rows.map((row) => row[index] ?? ''),
      ),
    )
    return {
      bytes: file.bytes,
      format: file.format,
      delimiter: file.delimiter,
      columns: facts.map(shownColumn),
      sample: rows.slice(0, rowsShown).map((row) => Object.fromEntries(file.columns.map((name, index) => [name, (row[index] ?? '').slice(0, shownOfCell)]))),
      notes: file.notes(),
      guess: { ...guessMapping(facts), format: file.format, ...(file.delimiter === null ? {} : { delimiter: file.delimiter }) },
    }
  } finally {
    await file.close()
  }
}

function shownColumn({ name, type, samples, empty }: ColumnFacts): ImportInspection['columns'][number] {
  return { name, type, samples: samples.map((sample) => sample.slice(0, shownOfCell)), empty }
}
