import { bind, mergesSql, raw, render, type Sql, sql } from '@kindred/engine'
import { type AccountsPage, type AccountType, type accountsRequest, type Project, propertyLabel } from '@kindred/model'
import type { z } from 'zod'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { accountLabelSql } from './account-label.ts'
import { knownAccounts } from './known-accounts.ts'

type AccountsRequest = z.infer<typeof accountsRequest>

const label = accountLabelSql('a')
const orders: Record<AccountsRequest['sort'], { place: Sql; isText: boolean }> = {
  lastSeen: { place: raw('toUnixTimestamp64Milli(s.last_seen)'), isText: false },
  created: { place: raw('toUnixTimestamp64Milli(a.created_at)'), isText: false },
  people: { place: raw('toInt64(s.people)'), isText: false },
  name: { place: sql`lowerUTF8(a.label)`, isText: true },
}

interface ListedAccount {
  id: string
  place: string
  total: string
}

/** One page of the project's accounts. `search` looks in names and keys. Errors: `request/cursor`. */
export async function listAccounts(parts: Parts, project: Project, request: AccountsRequest): Promise<AccountsPage> {
  checkPage(request)
  const { place, isText } = orders[request.sort]
  const order = { list: `accounts:${request.sort}`, placeOf: (row: ListedAccount) => [isText ? row.place : Number(row.place), Number(row.id)] }
  const after = readCursor(order.list, request.cursor, [isText ? '' : 0, 0] as const)
  const watermark = parts.ingest.watermark()
  const rows = await parts.store.query<ListedAccount>(
    render(sql`select id, place, total from (
  select a.account_id as id, ${place} as place, count() over () as total
  from (${foundSql(project.id, request)}) as a left join (${accountMembersSql(project.id)}) as s on s.account_id = a.account_id
)${after === undefined ? raw('') : afterSql(after)} order by place${raw(isText ? '' : ' desc')}, id limit ${bind('UInt32', request.limit + 1)} offset ${bind('UInt32', request.offset)}`),
  )
  const { results, next } = pageOf(rows, request.limit, order)
  const accounts = await knownAccounts(
    parts,
    project.id,
    results.map((row) => Number(row.id)),
  )
  return { total: Number(rows[0]?.total ?? 0), results: accounts, next, watermark }
}

function foundSql(projectId: number, { type, search = '' }: AccountsRequest): Sql {
  const ofType = type === undefined ? raw('') : sql` and a.type = ${bind('String', type)}`
  const sought = bind('String', search.trim())
  const contains = (text: Sql) => sql`positionCaseInsensitiveUTF8(${text}, ${sought}) > 0`
  const found = search.trim() === '' ? raw('') : sql` and (${contains(raw('a.key'))} or ${contains(label)})`
  return sql`select a.account_id as account_id, a.created_at as created_at, ${label} as label from kindred.accounts as a final where a.project_id = ${bind('UInt32', projectId)}${ofType}${found}`
}

/** One row per account: its people of today, and when one of them was last seen with it. */
export function accountMembersSql(projectId: number): Sql {
  const project = bind('UInt32', projectId)
  return sql`select m.account_id as account_id, uniqExact(if(o.to_id = 0, m.person_id, o.to_id)) as people, max(m.last_seen) as last_seen
from kindred.account_people as m
left join (${mergesSql(projectId)}) as o on o.from_id = m.person_id
where m.project_id = ${project} group by account_id`
}

function afterSql([place, id]: readonly [string | number, number]): Sql {
  const [at, isBehind] = typeof place === 'string' ? [bind('String', place), raw('>')] : [bind('Int64', place), raw('<')]
  return sql` where place ${isBehind} ${at} or (place = ${at} and id > ${bind('UInt64', id)})`
}

/** The types of accounts that the project has, the most accounts first. */
export async function accountTypes({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<AccountType[]> {
  const rows = await catalog
    .selectFrom('accounts')
    .select(({ fn }) => ['type', fn.countAll<number>().as('accounts')])
    .where('project_id', '=', projectId)
    .groupBy('type')
    .orderBy('accounts', 'desc')
    .orderBy('type')
    .execute()
  return rows.map(({ type, accounts }) => ({ name: type, label: propertyLabel(type), accounts: Number(accounts) }))
}
