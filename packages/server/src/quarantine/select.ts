import type { QuarantineSelection } from '@kindred/model'
import { type Kysely, sql } from 'kysely'
import type { CatalogTables } from '../store/catalog/tables.ts'

/** The project's set-aside events that a selection means. */
export function selected(catalog: Kysely<CatalogTables>, projectId: number, { ids, reason, from, to, contains }: QuarantineSelection) {
  let query = catalog.selectFrom('quarantine').where('project_id', '=', projectId)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (reason !== undefined) query = query.where('reason', '=', reason)
  if (from !== undefined) query = query.where('received_at', '>=', from)
  if (to !== undefined) query = query.where('received_at', '<', to)
  if (contains !== undefined) query = query.where(sql<number>`instr(body, ${contains})`, '>', 0)
  return query
}
