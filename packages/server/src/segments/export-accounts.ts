import { bind, type CompileContext, personProperty, raw, render, type Sql, sql } from '@kindred/engine'
import { isSensitiveName } from '@kindred/model'
import { accountLabelSql } from '../accounts/account-label.ts'
import { accountMembersSql } from '../accounts/list-accounts.ts'
import type { Parts } from '../parts.ts'
import { cleanRows, type ExportRequest, type exportRows, filePieces, instant, mostColumns, readColumns } from './export.ts'
import type { ExportedRow } from './export-cells.ts'

/** A column's JSON text over the account `p` and what its people say of it, `s`. */
const ownColumns: Record<string, Sql> = {
  id: sql`toString(p.account_id)`,
  type: sql`toJSONString(toString(p.type))`,
  key: sql`toJSONString(p.key)`,
  name: sql`toJSONString(${accountLabelSql('p')})`,
  people: sql`toString(s.people)`,
  created_at: sql`toJSONString(${instant(raw('p.created_at'))})`,
  last_seen: sql`if(s.account_id = 0, 'null', toJSONString(${instant(raw('s.last_seen'))}))`,
}

/** Which accounts to export: `accounts` is a statement whose only column is their ids. */
export interface AccountSource {
  accounts: Sql
  context: CompileContext
}

/** Accounts as a file, a piece at a time, in the order of ids, as `exportPeople` writes people. Errors: `request/invalid`, those of a long question. */
export async function* exportAccounts(parts: Parts, source: AccountSource, request: ExportRequest): AsyncGenerator<string | Uint8Array> {
  const { columns, rows } = await accountRows(parts, source, request.columns)
  yield* filePieces(parts, { columns, rows, format: request.format })
}

/** As `exportRows` of people. */
export async function accountRows(parts: Parts, source: AccountSource, asked: string | undefined): ReturnType<typeof exportRows> {
  const columns = asked === undefined ? await allColumns(parts, source) : readColumns(asked)
  return { columns, rows: cleanRows(parts.store.stream<ExportedRow>(render(rowsSql(columns, source))), isSensitiveName) }
}

/** The names that most of these accounts have come first, without those that are sensitive. */
async function allColumns({ store }: Pick<Parts, 'store'>, { accounts, context }: AccountSource): Promise<string[]> {
  const project = bind('UInt32', context.projectId)
  const rows = await store.query<{ name: string }>(
    render(sql`select arrayJoin(arrayDistinct(arrayMap(path -> splitByChar('.', path)[1], JSONAllPaths(p.properties)))) as name, count() as n
from kindred.accounts as p final where p.project_id = ${project} and p.account_id in (${accounts}) group by name order by n desc, name limit ${bind('UInt32', mostColumns)}`),
  )
  // The store writes a dot inside a name as %2E.
  const names = rows.map(({ name }) => name.replaceAll('%2E', '.')).filter((name) => !Object.hasOwn(ownColumns, name) && !isSensitiveName(name))
  return [...Object.keys(ownColumns), ...names]
}

function rowsSql(columns: readonly string[], { accounts, context }: AccountSource): Sql {
  const cells = columns.map((column) =>
    Object.hasOwn(ownColumns, column) ? (ownColumns[column] ?? raw(`'null'`)) : sql`ifNull(${personProperty(column, context).json}, 'null')`,
  )
  const [first = raw(`'null'`), ...others] = cells
  const list = others.reduce((left, right) => sql`${left}, ${right}`, first)
  const project = bind('UInt32', context.projectId)
  return sql`select [${list}] as cells
from (select * from kindred.accounts final where project_id = ${project} and account_id in (${accounts})) as p
left join (${accountMembersSql(context.projectId)}) as s on s.account_id = p.account_id
order by p.account_id settings output_format_json_quote_64bit_integers = 0`
}
