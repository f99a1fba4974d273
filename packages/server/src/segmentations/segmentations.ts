import { isDeepStrictEqual } from 'node:util'
import {
  KindredError,
  type listRequest,
  type Page,
  type Project,
  type Segmentation,
  type SegmentationRow,
  type SegmentationSave,
  segmentationSave,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

export type SegmentationParts = Pick<Parts, 'catalog' | 'clock'>
type StoredRow = Selectable<CatalogTables['segmentations']>

const order = { list: 'segmentations', placeOf: ({ updatedAt, id }: SegmentationRow) => [updatedAt, id] }

/** Those changed last come first. Errors: `request/cursor`. */
export async function listSegmentations(
  { catalog }: SegmentationParts,
  project: Project,
  { limit, cursor }: z.output<typeof listRequest>,
): Promise<Page<SegmentationRow>> {
  const after = readCursor(order.list, cursor, [0, 0] as const)
  const rows = await catalog
    .selectFrom('segmentations')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('segmentation_sign_offs as s')
        .whereRef('s.segmentation_id', '=', 'segmentations.id')
        .whereRef('s.version', '=', 'segmentations.version')
        .select((of) => of.fn.countAll<number>().as('n'))
        .as('signed'),
    )
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const listed = rows.map((row) => {
    const { groups, stakeholders } = bodyOf(row)
    return {
      id: row.id,
      name: row.name,
      version: row.version,
      groups: groups.by === 'segments' ? groups.segments.length : 0,
      signedOff: row.signed ?? 0,
      stakeholders: stakeholders.length,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  })
  return pageOf(listed, limit, order)
}

/** Errors: `segmentation/not-found`. */
export async function getSegmentation({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<Segmentation> {
  const row = await storedRow({ catalog }, projectId, id)
  const [comments, signOffs, link] = await Promise.all([
    catalog.selectFrom('segmentation_comments').selectAll().where('segmentation_id', '=', id).orderBy('id', 'desc').limit(mostComments).execute(),
    catalog.selectFrom('segmentation_sign_offs').selectAll().where('segmentation_id', '=', id).execute(),
    catalog.selectFrom('segmentation_links').select('hash').where('segmentation_id', '=', id).where('stakeholder_id', 'is', null).limit(1).executeTakeFirst(),
  ])
  const body = bodyOf(row)
  const ids = new Set(body.stakeholders.map((each) => each.id))
  return {
    id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    segmentation: body,
    comments: comments.toReversed().map(({ id: number, author, text, at }) => ({ id: number, author, text, at })),
    signOffs: signOffs
      .filter(({ stakeholder_id }) => ids.has(stakeholder_id))
      .map(({ stakeholder_id, version, at }) => ({ stakeholder: stakeholder_id, version, at, current: version === row.version })),
    shared: link !== undefined,
  }
}

const mostComments = 500

export async function createSegmentation({ catalog, clock }: SegmentationParts, project: Project, save: SegmentationSave): Promise<Segmentation> {
  const at = clock()
  const { id } = await catalog
    .insertInto('segmentations')
    .values({ project_id: project.id, name: save.name, body: JSON.stringify(save), version: 1, created_at: at, updated_at: at, deleted_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return getSegmentation({ catalog }, project.id, id)
}

/** What was signed holds no longer once something that is to be signed has changed. Errors: `segmentation/not-found`. */
export async function changeSegmentation(
  { catalog, clock }: SegmentationParts,
  project: Project,
  { id, save }: { id: number; save: SegmentationSave },
): Promise<Segmentation> {
  const old = await storedRow({ catalog }, project.id, id)
  const version = old.version + (isDeepStrictEqual(toBeSigned(bodyOf(old)), toBeSigned(save)) ? 0 : 1)
  await catalog
    .updateTable('segmentations')
    .set({ name: save.name, body: JSON.stringify(save), version, updated_at: clock() })
    .where('id', '=', id)
    .execute()
  return getSegmentation({ catalog }, project.id, id)
}

/** What a signature is about: not the names and notes around it. */
function toBeSigned({ objective, scope, variables, groups, target }: SegmentationSave): unknown {
  return JSON.parse(JSON.stringify({ objective, scope, variables, groups, target }))
}

/** Its links open nothing from then on. Errors: `segmentation/not-found`. */
export async function deleteSegmentation({ catalog, clock }: SegmentationParts, project: Project, id: number): Promise<void> {
  await storedRow({ catalog }, project.id, id)
  await catalog.updateTable('segmentations').set({ deleted_at: clock() }).where('id', '=', id).execute()
  await catalog.deleteFrom('segmentation_links').where('segmentation_id', '=', id).execute()
}

/** Errors: `segmentation/not-found`. */
export async function addComment(
  { catalog, clock }: SegmentationParts,
  projectId: number,
  { id, author, text }: { id: number; author: string; text: string },
): Promise<Segmentation> {
  await storedRow({ catalog }, projectId, id)
  await catalog.insertInto('segmentation_comments').values({ segmentation_id: id, author, text, at: clock() }).execute()
  return getSegmentation({ catalog }, projectId, id)
}

/** Signs what stands there now. Errors: `segmentation/not-found`, `segmentation/not-stakeholder`. */
export async function signOff(
  { catalog, clock }: SegmentationParts,
  projectId: number,
  { id, stakeholder }: { id: number; stakeholder: string },
): Promise<Segmentation> {
  const row = await storedRow({ catalog }, projectId, id)
  if (!bodyOf(row).stakeholders.some((each) => each.id === stakeholder)) throw new KindredError('segmentation/not-stakeholder')
  const signed = { version: row.version, at: clock() }
  await catalog
    .insertInto('segmentation_sign_offs')
    .values({ segmentation_id: id, stakeholder_id: stakeholder, ...signed })
    .onConflict((conflict) => conflict.columns(['segmentation_id', 'stakeholder_id']).doUpdateSet(signed))
    .execute()
  return getSegmentation({ catalog }, projectId, id)
}

async function storedRow({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<StoredRow> {
  const row = await catalog
    .selectFrom('segmentations')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('segmentation/not-found', { id })
  return row
}

function bodyOf({ body }: Pick<StoredRow, 'body'>): SegmentationSave {
  return segmentationSave.parse(JSON.parse(body))
}
