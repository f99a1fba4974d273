import { isDeepStrictEqual } from 'node:util'
import {
  KindredError,
  type listRequest,
  type Page,
  type Project,
  type Segmentation,
  type SegmentationChange,
  type SegmentationRow,
  type SegmentationSave,
  segmentationSave,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { ruleChanges } from './rule-changes.ts'

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
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const signOffs = await signOffsOf({ catalog }, project.id, rows)
  const listed = rows.map((row) => {
    const { groups, stakeholders } = bodyOf(row)
    return {
      id: row.id,
      name: row.name,
      version: row.version,
      groups: groups.by === 'segments' ? groups.segments.length : 0,
      signedOff: signOffs(row).filter(({ current }) => current).length,
      stakeholders: stakeholders.length,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  })
  return pageOf(listed, limit, order)
}

/** The signatures of each of some segmentations, by those who are its stakeholders now. */
async function signOffsOf(
  { catalog }: Pick<Parts, 'catalog'>,
  projectId: number,
  rows: readonly StoredRow[],
): Promise<(row: StoredRow) => Segmentation['signOffs']> {
  const ids = rows.map(({ id }) => id)
  const signed = ids.length === 0 ? [] : await catalog.selectFrom('segmentation_sign_offs').selectAll().where('segmentation_id', 'in', ids).execute()
  const changes = await ruleChanges({ catalog }, projectId)
  return (row) => {
    const body = bodyOf(row)
    const stakeholders = new Set(body.stakeholders.map((each) => each.id))
    return signed
      .filter(({ segmentation_id, stakeholder_id }) => segmentation_id === row.id && stakeholders.has(stakeholder_id))
      .map(({ stakeholder_id: stakeholder, version, at }) => {
        const changedRules = changes.since(body, at)
        return { stakeholder, version, at, current: version === row.version && changedRules.length === 0, changedRules }
      })
  }
}

/** Errors: `segmentation/not-found`. */
export async function getSegmentation({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<Segmentation> {
  const row = await storedRow({ catalog }, projectId, id)
  const [comments, signOffs, link] = await Promise.all([
    catalog.selectFrom('segmentation_comments').selectAll().where('segmentation_id', '=', id).orderBy('id', 'desc').limit(mostComments).execute(),
    signOffsOf({ catalog }, projectId, [row]),
    catalog.selectFrom('segmentation_links').select('hash').where('segmentation_id', '=', id).where('stakeholder_id', 'is', null).limit(1).executeTakeFirst(),
  ])
  return {
    id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    segmentation: bodyOf(row),
    comments: comments.toReversed().map(({ id: number, author, text, at }) => ({ id: number, author, text, at })),
    signOffs: signOffs(row),
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

/**
 * What was signed holds no longer once something that is to be signed has changed. Errors: `segmentation/not-found`, `segmentation/changed` where another change was
 * saved since the one that `updatedAt` names.
 */
export async function changeSegmentation(
  { catalog, clock }: SegmentationParts,
  project: Project,
  { id, change: { updatedAt, ...save } }: { id: number; change: SegmentationChange },
): Promise<Segmentation> {
  const old = await storedRow({ catalog }, project.id, id)
  if (updatedAt !== undefined && updatedAt !== old.updated_at) throw new KindredError('segmentation/changed', { id })
  const version = old.version + (isDeepStrictEqual(toBeSigned(bodyOf(old)), toBeSigned(save)) ? 0 : 1)
  const changed = await catalog
    .updateTable('segmentations')
    // Two changes of one millisecond are told apart.
    .set({ name: save.name, body: JSON.stringify(save), version, updated_at: Math.max(clock(), old.updated_at + 1) })
    .where('id', '=', id)
    .where('updated_at', '=', old.updated_at)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new KindredError('segmentation/changed', { id })
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
