import { type CompileContext, definitionDiff, definitionSentence, memberCountSql, planDefinition, render } from '@kindred/engine'
import {
  type Condition,
  KindredError,
  type listRequest,
  type Page,
  type Project,
  partsOf,
  readByTrait,
  type Segment,
  type SegmentDefinition,
  type SegmentVersion,
  segmentDefinitionSchema,
  type segmentSave,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { newSegmentKey } from './new-key.ts'
import { wordsOf } from './words.ts'

type SegmentRow = Selectable<CatalogTables['segments']>
type ListRequest = z.output<typeof listRequest>
export type SegmentSave = z.output<typeof segmentSave>

/** Who saves; 0 for a program with an API key. */
export interface Author {
  id: number
}

const segmentOrder = { list: 'segments', placeOf: ({ updatedAt, id }: Segment) => [updatedAt, id] }

/** Those changed last come first. Errors: `request/cursor`. */
export async function listSegments(parts: Parts, project: Project, { limit, cursor }: ListRequest): Promise<Page<Segment>> {
  const after = readCursor(segmentOrder.list, cursor, [0, 0] as const)
  const context = await questionContext(parts, project)
  const rows = await parts.catalog
    .selectFrom('segments')
    .selectAll()
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(
    rows.map((row) => toSegment(row, context)),
    limit,
    segmentOrder,
  )
}

/** Errors: `segment/not-found`. */
export async function getSegment(parts: Parts, project: Project, id: number): Promise<Segment> {
  return toSegment(await segmentRow(parts, project, id), await questionContext(parts, project))
}

/** Saves a new rule and counts it. Errors: those of `planDefinition`. */
export async function createSegment(parts: Parts, project: Project, { save, author }: { save: SegmentSave; author: Author }): Promise<Segment> {
  const context = await questionContext(parts, project)
  const counted = await countMembers(parts, planDefinition(save.definition, context), context)
  const { id } = await parts.catalog.transaction().execute(async (catalog) => {
    const at = parts.clock()
    const { unit } = save.definition
    const row = {
      project_id: project.id,
      key: await newSegmentKey(catalog, project.id, save.name),
      name: save.name,
      description: save.description,
      kind: 'rule' as const,
      unit,
      definition: JSON.stringify(save.definition),
    }
    const segment = await catalog
      .insertInto('segments')
      .values({ ...row, version: 1, ...counted, created_at: at, updated_at: at, deleted_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    const version = { segment_id: segment.id, version: 1, definition: row.definition, author_id: author.id, changes: '[]', created_at: at }
    await catalog.insertInto('segment_versions').values(version).execute()
    return segment
  })
  return getSegment(parts, project, id)
}

/** Saves a change as the next version; name and description alone make none. Errors: `segment/not-found`, those of `planDefinition`. */
export async function changeSegment(parts: Parts, project: Project, { id, save, author }: { id: number; save: SegmentSave; author: Author }): Promise<Segment> {
  const old = await segmentRow(parts, project, id)
  if (old.kind === 'frozen') throw new KindredError('segment/invalid', { path: 'definition', reason: 'a frozen list has no rule to change' })
  // Other segments, and charts, name it as one of its unit.
  if (old.unit !== save.definition.unit) throw new KindredError('segment/invalid', { path: 'unit', reason: `a segment of ${unitWords[old.unit]} stays one` })
  const context = await questionContext(parts, project)
  const counted = await countMembers(parts, planDefinition(save.definition, context, { id, name: save.name }), context)
  const changes = definitionDiff(definitionOf(old), save.definition, wordsOf(context))
  await parts.catalog.transaction().execute(async (catalog) => {
    const at = parts.clock()
    const definition = JSON.stringify(save.definition)
    const version = old.version + (changes.length > 0 ? 1 : 0)
    const change = { name: save.name, description: save.description, unit: save.definition.unit, definition, version, ...counted, updated_at: at }
    const changed = await catalog.updateTable('segments').set(change).where('id', '=', id).where('version', '=', old.version).executeTakeFirst()
    // Someone else saved in between: their version stands, and this one comes after it when sent again.
    if (changed.numUpdatedRows === 0n) throw new KindredError('segment/changed', { id })
    if (changes.length === 0) return
    await catalog
      .insertInto('segment_versions')
      .values({ segment_id: id, version, definition, author_id: author.id, changes: JSON.stringify(changes), created_at: at })
      .execute()
  })
  return getSegment(parts, project, id)
}

/** Errors: `segment/not-found`, `segment/in-use` with those that name it. */
export async function deleteSegment(parts: Parts, project: Project, id: number): Promise<void> {
  const segment = await getSegment(parts, project, id)
  const { traits } = await questionContext(parts, project)
  const readers = [...(traits?.values() ?? [])].filter(({ definition }) => readByTrait(definition).segments.includes(id)).map(({ label }) => ({ name: label }))
  const users = [...segment.usedBy, ...readers]
  if (users.length > 0) throw new KindredError('segment/in-use', { users: users.map(({ name }) => `“${name}”`).join(', ') })
  await parts.catalog.updateTable('segments').set({ deleted_at: parts.clock() }).where('id', '=', id).execute()
}

const versionOrder = { list: 'segment-versions', placeOf: ({ version }: SegmentVersion) => [version] }

/** Versions, newest first. Errors: `segment/not-found`, `request/cursor`. */
export async function segmentVersions(parts: Parts, project: Project, { id, limit, cursor }: ListRequest & { id: number }): Promise<Page<SegmentVersion>> {
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(versionOrder.list, cursor, [0]) ?? []
  const { unit } = await segmentRow(parts, project, id)
  const words = wordsOf(await questionContext(parts, project))
  const rows = await parts.catalog
    .selectFrom('segment_versions')
    .leftJoin('users', 'users.id', 'segment_versions.author_id')
    .select(['version', 'definition', 'changes', 'segment_versions.created_at as at', 'users.name as author'])
    .where('segment_id', '=', id)
    .where('version', '<', before)
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute()
  const versions = rows.map((row) => {
    const definition = row.definition === '' ? null : segmentDefinitionSchema.parse(JSON.parse(row.definition))
    return {
      version: row.version,
      author: row.author ?? 'An API key',
      at: row.at,
      definition,
      sentence: definition === null ? frozenSentence[unit] : definitionSentence(definition, words),
      changes: JSON.parse(row.changes) as string[],
    }
  })
  return pageOf(versions, limit, versionOrder)
}

/** Errors: `segment/not-found`. */
export async function segmentRow({ catalog }: Pick<Parts, 'catalog'>, project: Project, id: number): Promise<SegmentRow> {
  const row = await catalog
    .selectFrom('segments')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('segment/not-found', { id })
  return row
}

/** Remembers a count that was just made, for lists. */
export async function rememberCount({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>, id: number, count: number): Promise<void> {
  await catalog.updateTable('segments').set({ count, counted_at: clock() }).where('id', '=', id).execute()
}

const unitWords = { person: 'people', account: 'accounts' }
const frozenSentence = { person: 'A list of people as it was when it was frozen', account: 'A list of accounts as it was when it was frozen' }

export async function countMembers(
  { store, clock }: Parts,
  plan: ReturnType<typeof planDefinition>,
  context: CompileContext,
): Promise<{ count: number; counted_at: number }> {
  const [row] = await store.query<{ members: string }>(render(memberCountSql(plan, context)))
  return { count: Number(row?.members ?? 0), counted_at: clock() }
}

function definitionOf(row: Pick<SegmentRow, 'definition'>): SegmentDefinition {
  return segmentDefinitionSchema.parse(JSON.parse(row.definition))
}

function toSegment(row: SegmentRow, context: CompileContext): Segment {
  const definition = row.kind === 'frozen' ? null : definitionOf(row)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    unit: definition?.unit ?? row.unit,
    definition,
    sentence: definition === null ? frozenSentence[row.unit] : definitionSentence(definition, wordsOf(context)),
    version: row.version,
    count: row.count,
    countedAt: row.counted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    usedBy: usersOf(row.id, context),
  }
}

/** The segments whose rule names this one. */
function usersOf(id: number, { segments }: Pick<CompileContext, 'segments'>): Segment['usedBy'] {
  return [...segments].flatMap(([user, segment]) => (segment.kind === 'rule' && names(segment.definition.where, id) ? [{ id: user, name: segment.name }] : []))
}

function names(condition: Condition, id: number): boolean {
  return ('in' in condition && condition.in === id) || partsOf(condition).some(({ part }) => names(part, id))
}
