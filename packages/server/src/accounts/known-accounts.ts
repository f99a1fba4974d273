import type { AccountRow } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { readProperties } from '../store/clickhouse/stored-properties.ts'
import { accountLabel } from './account-label.ts'

/** The accounts with these ids (at most a page of them), in their order; ids that are none of the project's are left out. Read from the catalog. */
export async function knownAccounts({ catalog }: Pick<Parts, 'catalog'>, projectId: number, ids: readonly number[]): Promise<AccountRow[]> {
  if (ids.length === 0) return []
  const [rows, seen] = await Promise.all([
    catalog
      .selectFrom('accounts')
      .select(['id', 'type', 'key', 'created_at', 'properties'])
      .where('project_id', '=', projectId)
      .where('id', 'in', ids)
      .execute(),
    catalog
      .selectFrom('account_people')
      .select(({ fn }) => ['account_id', fn.countAll<number>().as('people'), fn.max('last_seen_at').as('last')])
      .where('account_id', 'in', ids)
      .groupBy('account_id')
      .execute(),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const activity = new Map(seen.map((row) => [row.account_id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (row === undefined) return []
    const properties = readProperties(row.properties)
    const { people = 0, last = null } = activity.get(id) ?? {}
    const { type, key } = row
    return [{ id, type, key, label: accountLabel(properties, key), createdAt: row.created_at, people: Number(people), lastSeenAt: last, properties }]
  })
}
