import { type CompileContext, join, personProperty, personsWhere, raw, render, type Sql, sql } from '@kindred/engine'
import { type exportRequest, isHiddenProperty, KindredError, numberOf } from '@kindred/model'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import { sensitivityOf, withoutSensitiveText } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'
import { emailText, givenIdText } from '../people/customers.ts'
import { activitySql } from '../people/person-activity.ts'
import { cellJson, cellText, type ExportedRow, inPieces } from './export-cells.ts'
import { parquetPieces } from './export-parquet.ts'

export type ExportRequest = z.output<typeof exportRequest>

/** A column's JSON text over the person `p` (and its activity `a`). */
const ownColumns: Record<string, Sql> = {
  id: sql`toString(p.person_id)`,
  distinct_id: sql`toJSONString(${givenIdText})`,
  email: sql`toJSONString(${emailText})`,
  created_at: sql`toJSONString(${instant(raw('p.created_at'))})`,
  last_seen: sql`if(a.person_id = 0, 'null', toJSONString(${instant(raw('a.last_seen'))}))`,
}
/** All columns of a project with very many names are too many for one file; those most used come along unless others are chosen. */
export const mostColumns = 400

/** Whom to export: `people` is a statement whose only column is their ids. */
export interface ExportSource {
  people: Sql
  context: CompileContext
}

/**
 * People as a file, a piece at a time and of any size, in the order of ids. Columns are those asked for, else all. A text that a
 * spreadsheet would run as a formula is escaped. Errors: `request/invalid` for columns that cannot be read; those of a long question.
 */
export async function* exportPeople(parts: Parts, source: ExportSource, request: ExportRequest): AsyncGenerator<string | Uint8Array> {
  const { columns, rows } = await exportRows(parts, source, request.columns)
  yield* filePieces(parts, { columns, rows, format: request.format })
}

/** The columns of an export and its rows, in chunks, with everything sensitive taken out. Errors: `request/invalid` for columns that cannot be read. */
export async function exportRows(
  parts: Parts,
  source: ExportSource,
  asked: string | undefined,
): Promise<{ columns: string[]; rows: AsyncGenerator<ExportedRow[]> }> {
  const columns = asked === undefined ? await allColumns(parts, source.context.projectId) : readColumns(asked)
  const { person } = await sensitivityOf(parts, source.context.projectId)
  return { columns, rows: cleanRows(parts.store.stream<ExportedRow>(render(rowsSql(columns, source))), person) }
}

/** Rows of JSON texts as a file, a piece at a time. */
export function filePieces(
  parts: Parts,
  { columns, rows, format }: { columns: readonly string[]; rows: AsyncIterable<ExportedRow[]>; format: ExportRequest['format'] },
): AsyncGenerator<string | Uint8Array> {
  if (format === 'parquet') return parquetPieces(parts, columns, rows)
  return format === 'csv' ? csvPieces(columns, rows) : jsonPieces(columns, rows)
}

/** The columns asked for. Errors: `request/invalid`. */
export function readColumns(text: string): string[] {
  try {
    const [columns = []] = parse(text, { trim: true, skip_empty_lines: true }) as string[][]
    const named = [...new Set(columns.filter((column) => column !== ''))]
    if (named.length > 0) return named
  } catch (error) {
    throw new KindredError('request/invalid', { field: 'columns', reason: error instanceof Error ? error.message : 'they cannot be read' })
  }
  throw new KindredError('request/invalid', { field: 'columns', reason: 'name at least one, with commas between' })
}

async function allColumns({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<string[]> {
  const properties = await catalog
    .selectFrom('property_definitions')
    .select('name')
    .where('project_id', '=', projectId)
    .where('entity', '=', 'person')
    .orderBy('count', 'desc')
    .orderBy('name')
    .limit(mostColumns)
    .execute()
  const sensitivity = await sensitivityOf({ catalog }, projectId)
  const isLeftOut = (name: string) => isHiddenProperty(name) || sensitivity.person(name) || Object.hasOwn(ownColumns, name)
  const named = properties.map(({ name }) => name).filter((name) => !isLeftOut(name))
  return [...Object.keys(ownColumns), ...named]
}

function rowsSql(columns: readonly string[], { people, context }: ExportSource): Sql {
  const cells = columns.map((column) =>
    Object.hasOwn(ownColumns, column) ? (ownColumns[column] ?? raw(`'null'`)) : sql`ifNull(${personProperty(column, context).json}, 'null')`,
  )
  const seen = columns.includes('last_seen') ? sql` left join (${activitySql(context)}) as a on a.person_id = p.person_id` : raw('')
  // A person without activity is joined to the id 0. Joining to NULL instead, by a setting, would reach the joins inside `people` too.
  const rows = sql`select p.person_id as person_id, [${join(cells, ', ')}] as cells
from (select * ${personsWhere(context, [sql`p.person_id in (${people})`])}) as p${seen}
order by person_id settings output_format_json_quote_64bit_integers = 0`
  return sql`select cells from (${rows})`
}

/** String: `2026-03-31T12:00:00Z`. */
export function instant(time: Sql): Sql {
  return sql`formatDateTime(${time}, '%Y-%m-%dT%H:%i:%S', 'UTC') || 'Z'`
}

/** What is sensitive inside an object stays out of files, whichever column the object is. */
export async function* cleanRows(chunks: AsyncIterable<ExportedRow[]>, isSensitive: (name: string) => boolean): AsyncGenerator<ExportedRow[]> {
  for await (const rows of chunks) {
    yield rows.map(({ cells }) => ({ cells: cells.map((cell) => withoutSensitiveText(cell, isSensitive) ?? 'null') }))
  }
}

async function* csvPieces(columns: readonly string[], chunks: AsyncIterable<ExportedRow[]>): AsyncGenerator<string> {
  const write = (rows: string[][]) => stringify(rows, { escape_formulas: true, cast: { string: plainNumber } })
  yield write([[...columns]])
  for await (const rows of inPieces(chunks)) yield write(rows.map(({ cells }) => cells.map(cellText)))
}

/** A number below zero starts as a formula may, but is none. The writer takes far longer over an object, so that nothing else is one. */
function plainNumber(text: string): string | { value: string; escape_formulas: boolean } {
  return text.startsWith('-') && numberOf(text) !== null ? { value: text, escape_formulas: false } : text
}

async function* jsonPieces(columns: readonly string[], chunks: AsyncIterable<ExportedRow[]>): AsyncGenerator<string> {
  const keys = columns.map((column) => JSON.stringify(column))
  let before = '[\n'
  for await (const rows of inPieces(chunks)) {
    const lines = rows.map(({ cells }) => `{${keys.map((key, index) => `${key}:${cellJson(cells[index] ?? 'null')}`).join(',')}}`)
    yield before + lines.join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
