import { type InsightQuery, insightQuerySchema, type insightSave, KindredError, type listRequest, type Page, type SavedInsight } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

type SavedParts = Pick<Parts, 'catalog' | 'clock'>
type ListRequest = z.output<typeof listRequest>
type InsightToSave = z.infer<typeof insightSave>

const order = { list: 'insights', placeOf: ({ updatedAt, id }: SavedInsight) => [updatedAt, id] }

/** Those changed last come first. Errors: `request/cursor`. */
export async function listInsights({ catalog }: SavedParts, projectId: number, { limit, cursor }: ListRequest): Promise<Page<SavedInsight>> {
  const after = readCursor(order.list, cursor, [0, 0] as const)
  const rows = await catalog
    .selectFrom('insights')
    .selectAll()
    .where('project_id', '=', projectId)
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(toInsight), limit, order)
}

/** Errors: `insight/not-found`. */
export async function findInsight({ catalog }: SavedParts, projectId: number, id: number): Promise<SavedInsight> {
  const row = await catalog.selectFrom('insights').selectAll().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new KindredError('insight/not-found', { id })
  return toInsight(row)
}

/** `userId` 0 is a program with an API key. */
export async function saveInsight({ catalog, clock }: SavedParts, owner: { projectId: number; userId: number }, insight: InsightToSave): Promise<SavedInsight> {
  const at = clock()
  const row = await catalog
    .insertInto('insights')
    .values({
      project_id: owner.projectId,
      name: insight.name,
      query: JSON.stringify(insight.query),
      created_by: owner.userId,
      created_at: at,
      updated_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInsight(row)
}

/** Errors: `insight/not-found`. */
export async function changeInsight(parts: SavedParts, saved: { projectId: number; id: number }, insight: InsightToSave): Promise<SavedInsight> {
  await parts.catalog
    .updateTable('insights')
    .set({ name: insight.name, query: JSON.stringify(insight.query), updated_at: parts.clock() })
    .where('project_id', '=', saved.projectId)
    .where('id', '=', saved.id)
    .execute()
  return findInsight(parts, saved.projectId, saved.id)
}

/** Errors: `insight/not-found`. */
export async function deleteInsight(parts: SavedParts, projectId: number, id: number): Promise<void> {
  await findInsight(parts, projectId, id)
  await parts.catalog.deleteFrom('insights').where('project_id', '=', projectId).where('id', '=', id).execute()
}

/** All of a project. */
export async function everyInsight({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<SavedInsight[]> {
  const rows = await catalog.selectFrom('insights').selectAll().where('project_id', '=', projectId).execute()
  return rows.map(toInsight)
}

function toInsight(row: Selectable<CatalogTables['insights']>): SavedInsight {
  // Read through the schema, so that what was saved before a field existed has its default.
  const query: InsightQuery = insightQuerySchema.parse(JSON.parse(row.query))
  return { id: row.id, name: row.name, query, display: query.display, updatedAt: row.updated_at, createdAt: row.created_at }
}
