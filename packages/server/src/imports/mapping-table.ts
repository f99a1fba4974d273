import { type ImportMapping, type ImportMappingInput, KindredError, type Page, type SavedMapping } from '@kindred/model'
import type { Selectable } from 'kysely'
import { stringify } from 'yaml'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

type Row = Selectable<CatalogTables['import_mappings']>

export interface MappingPage {
  limit: number
  cursor?: string | undefined
}

const nameOrder = { list: 'import-mappings', placeOf: ({ name }: SavedMapping) => [name] }

/** By name. Errors: `request/cursor`. */
export async function listMappings({ catalog }: Pick<Parts, 'catalog'>, projectId: number, { limit, cursor }: MappingPage): Promise<Page<SavedMapping>> {
  const [after] = readCursor(nameOrder.list, cursor, ['']) ?? []
  let query = catalog.selectFrom('import_mappings').selectAll().where('project_id', '=', projectId)
  if (after !== undefined) query = query.where('name', '>', after)
  const rows = await query
    .orderBy('name')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(savedOf), limit, nameOrder)
}

/** Keeps a mapping under a name; one that has the name already is replaced. */
export async function saveMapping(
  { catalog, clock }: Pick<Parts, 'catalog' | 'clock'>,
  projectId: number,
  { name, mapping }: { name: string; mapping: ImportMapping },
): Promise<SavedMapping> {
  const text = JSON.stringify(withoutNothing(mapping))
  const row = await catalog
    .insertInto('import_mappings')
    .values({ project_id: projectId, name, mapping: text, created_at: clock(), updated_at: clock() })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doUpdateSet({ mapping: text, updated_at: clock() }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return savedOf(row)
}

/** Errors: `import/mapping-not-found`. */
export async function findMapping({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<SavedMapping> {
  const row = await catalog.selectFrom('import_mappings').selectAll().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new KindredError('import/mapping-not-found', { id })
  return savedOf(row)
}

/** Errors: `import/mapping-not-found`. */
export async function deleteMapping(parts: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<void> {
  await findMapping(parts, projectId, id)
  await parts.catalog.deleteFrom('import_mappings').where('project_id', '=', projectId).where('id', '=', id).execute()
}

function savedOf({ id, name, mapping, updated_at: updatedAt }: Row): SavedMapping {
  const read = JSON.parse(mapping) as ImportMappingInput
  return { id, name, mapping: read, yaml: stringify(read, { lineWidth: 0 }), updatedAt }
}

/** Without what says nothing: empty lists and objects, and defaults that are empty texts. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, entry]) => [key, withoutNothing(entry)] as const)
  return Object.fromEntries(entries.filter(([, entry]) => !(typeof entry === 'object' && entry !== null && Object.keys(entry).length === 0)))
}
