import type { ImportInspection, Properties } from '@kindred/model'
import { isObject } from '../read-request.ts'
import { type ColumnFacts, columnFacts } from './column-facts.ts'
import { guessMapping } from './guess-mapping.ts'
import { knownExportOf } from './known-export.ts'
import type { FileFacts } from './messages.ts'
import { guessNumberForm } from './number-form.ts'
import type { NumberForm } from './read-cell.ts'
import { openRows, type RowFile } from './read-rows.ts'
import { cellText, type Row } from './row.ts'
import type { TableSource } from './table-rows.ts'

const rowsLookedAt = 1000
const rowsShown = 20
const shownOfCell = 200
const recordsLookedAt = 100

/** What the first thousand rows of a file show. Errors: `import/unreadable`. */
export async function inspectFile(path: string, table?: TableSource): Promise<FileFacts> {
  const file = await openRows(path, { table })
  try {
    const rows = await firstRows(file)
    const texts = rows.map(({ cells }) => cells.map(cellText))
    const columns = file.columns.map((_, index) => texts.map((cells) => cells[index] ?? ''))
    const isText = file.format === 'csv' || file.format === 'tsv'
    const form: NumberForm = isText ? guessNumberForm(columns) : { decimal: '.' }
    const facts = file.columns.map((name, index) => columnFacts(name, columns[index] ?? [], form))
    return {
      bytes: file.bytes,
      format: file.format,
      delimiter: file.delimiter,
      columns: facts.map(shownColumn),
      sample: texts
        .slice(0, rowsShown)
        .map((cells) => Object.fromEntries(file.columns.map((name, index) => [name, (cells[index] ?? '').slice(0, shownOfCell)]))),
      notes: [...file.notes(), ...facts.flatMap(ambiguityOf)],
      guess: guess(file, { rows, facts, form }),
    }
  } finally {
    await file.close()
  }
}

async function firstRows(file: RowFile): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of file.rows()) {
    for (const row of batch) {
      if ('cells' in row) rows.push(row)
      if (rows.length === rowsLookedAt) return rows
    }
  }
  return rows
}

interface Seen {
  rows: readonly Row[]
  facts: readonly ColumnFacts[]
  form: NumberForm
}

function guess({ format, delimiter }: RowFile, { rows, facts, form }: Seen): ImportInspection['guess'] {
  const product = format === 'jsonl' || format === 'parquet' ? knownExportOf(rows.slice(0, recordsLookedAt).map(({ raw }) => recordOf(raw))) : undefined
  if (product !== undefined) return { format, export: product }
  return {
    ...guessMapping(facts),
    format,
    ...(delimiter === null ? {} : { delimiter }),
    ...(form.decimal === '.' ? {} : { decimal: form.decimal }),
    ...(form.thousands === undefined ? {} : { thousands: form.thousands }),
  }
}

function recordOf(raw: string): Properties {
  const value: unknown = JSON.parse(raw)
  return isObject(value) ? value : {}
}

function ambiguityOf({ name, ambiguous }: ColumnFacts): string[] {
  if (ambiguous === undefined) return []
  const such = ambiguous.sample === undefined ? '' : ` such as ${ambiguous.sample}`
  return [`Dates of "${name}"${such} can be read day first or month first. They are taken as day first: correct that if it is wrong.`]
}

function shownColumn({ name, type, samples, empty }: ColumnFacts): ImportInspection['columns'][number] {
  return { name, type, samples: samples.map((sample) => sample.slice(0, shownOfCell)), empty }
}
