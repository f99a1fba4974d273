import { type CompileContext, definitionDiff, definitionSentence, memberCountSql, type PlannedSegment, planDefinition, render } from '@kindred/engine'
import {
  KindredError,
  type listRequest,
  type Page,
  type Project,
  type Segment,
  type SegmentVersion,
  type segmentChange,
  segmentDefinitionSchema,
  type segmentSave,
  type segmentsRequest,
} from '@kindred/model'
import { type ExpressionBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { definitionWarnings } from './definition-warnings.ts'
import { membershipJobs } from './membership/jobs.ts'
import { newSegmentKey } from './new-key.ts'
import { frozenSentence, toSegments } from './segment-reply.ts'
import { definitionOf, segmentRow } from './segment-row.ts'
import { checkTests } from './tests/tests.ts'
import { wordsOf } from './words.ts'

type ListRequest = z.output<typeof listRequest>
export type SegmentSave = z.output<typeof segmentSave>
export type SegmentChange = z.output<typeof segmentChange>

/** Who saves; 0 for a program with an API key. */
export interface Author {
  id: number
}

/** Who makes a segment is whom to ask about it, until somebody else is named; a program is nobody. */
export const ownerOf = ({ id }: Author) => (id === 0 ? null : id)

const segmentOrder = { list: 'segments', placeOf: ({ updatedAt, id }: Segment) => [updatedAt, id] }

type ListedSegments = ListRequest & Partial<z.output<typeof segmentsRequest>>

/** Those changed last come first, archived ones left out unless asked for. Errors: `request/cursor`. */
export async function listSegments(parts: Parts, project: Project, request: ListedSegments): Promise<Page<Segment>> {
  const { limit, cursor } = request
  const after = readCursor(segmentOrder.list, cursor, [0, 0] as const)
  const context = await questionContext(parts, project)
  const rows = await parts.catalog
    .selectFrom('segments')
    .selectAll()
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .where(listed(request))
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(await toSegments(parts, rows, context), limit, segmentOrder)
}

/** The filters of a list of segments, as a condition. */
function listed({ ids, search, folder, tag, owner, kind, archived = 'no' }: ListedSegments) {
  return (where: ExpressionBuilder<CatalogTables, 'segments'>) => {
    const wanted = search?.trim().toLowerCase() ?? ''
    const parts = [
      ...(archived === 'both' ? [] : [where('archived_at', archived === 'only' ? 'is not' : 'is', null)]),
      ...(ids === undefined ? [] : [where('id', 'in', ids)]),
      ...(folder === undefined ? [] : [where('folder', '=', folder)]),
      ...(owner === undefined ? [] : [where('owner_id', '=', owner)]),
      ...(kind === undefined ? [] : [where('kind', '=', kind)]),
      ...(tag === undefined ? [] : [sql<boolean>`exists (select 1 from json_each(tags) where json_each.value = ${tag})`]),
      ...(wanted === '' ? [] : [sql<boolean>`instr(lower(name || ' ' || description), ${wanted}) > 0`]),
    ]
    return where.and(parts)
  }
}

/** Errors: `segment/not-found`. */
export async function getSegment(parts: Parts, project: Project, id: number): Promise<Segment> {
  const [segment] = await toSegments(parts, [await segmentRow(parts, project, id)], await questionContext(parts, project))
  if (segment === undefined) throw new KindredError('segment/not-found', { id })
  return segment
}

/** Saves a new rule and counts it. Errors: those of `planDefinition`. */
export async function createSegment(parts: Parts, project: Project, { save, author }: { save: SegmentSave; author: Author }): Promise<Segment> {
  const context = await questionContext(parts, project)
  const planned = planDefinition(save.definition, context)
  const warnings = await definitionWarnings(parts, save.definition, planned)
  const counted = await countMembers(parts, planned, context)
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
      owner_id: ownerOf(author),
    }
    const segment = await catalog
      .insertInto('segments')
      .values({ ...row, version: 1, ...counted, created_at: at, updated_at: at, used_at: at, deleted_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    const version = { segment_id: segment.id, version: 1, definition: row.definition, author_id: author.id, changes: '[]', created_at: at }
    await catalog.insertInto('segment_versions').values(version).execute()
    return segment
  })
  membershipJobs(parts).soon(id, 'saved')
  return { ...(await getSegment(parts, project, id)), ...(warnings.length > 0 && { warnings }) }
}

/**
 * Saves a change as the next version; name and description alone make none. Errors: `segment/not-found`, `segment/archived`, `segment/changed`,
 * `segment/tests-failed`, those of `planDefinition`.
 */
export async function changeSegment(
  parts: Parts,
  project: Project,
  { id, save, author }: { id: number; save: SegmentChange; author: Author },
): Promise<Segment> {
  const old = await segmentRow(parts, project, id)
  if (save.version !== undefined && save.version !== old.version) throw new KindredError('segment/changed', { id })
  if (old.archived_at !== null) throw new KindredError('segment/archived', { id })
  if (old.kind === 'frozen') throw new KindredError('segment/invalid', { path: 'definition', reason: 'a frozen list has no rule to change' })
  // Other segments, and charts, name it as one of its unit.
  if (old.unit !== save.definition.unit) throw new KindredError('segment/invalid', { path: 'unit', reason: `a segment of ${unitWords[old.unit]} stays one` })
  const context = await questionContext(parts, project)
  const planned = planDefinition(save.definition, context, { id, name: save.name })
  const warnings = await definitionWarnings(parts, save.definition, planned)
  const counted = await countMembers(parts, planned, context)
  const failedTests = await checkTests(parts, project, { id, definition: save.definition, policy: old.test_policy })
  const changes = definitionDiff(definitionOf(old), save.definition, wordsOf(context))
  await parts.catalog.transaction().execute(async (catalog) => {
    const at = parts.clock()
    const definition = JSON.stringify(save.definition)
    const version = old.version + (changes.length > 0 ? 1 : 0)
    const change = { name: save.name, description: save.description, unit: save.definition.unit, definition, version, ...counted, updated_at: at, used_at: at }
    const changed = await catalog.updateTable('segments').set(change).where('id', '=', id).where('version', '=', old.version).executeTakeFirst()
    // Someone else saved in between: their version stands, and this one comes after it when sent again.
    if (changed.numUpdatedRows === 0n) throw new KindredError('segment/changed', { id })
    if (changes.length === 0) return
    await catalog
      .insertInto('segment_versions')
      .values({ segment_id: id, version, definition, author_id: author.id, changes: JSON.stringify(changes), created_at: at })
      .execute()
  })
  if (changes.length > 0) membershipJobs(parts).soon(id, 'saved')
  const segment = await getSegment(parts, project, id)
  return { ...segment, ...(failedTests.length > 0 && { failedTests }), ...(warnings.length > 0 && { warnings }) }
}

/** Errors: `segment/not-found`, `segment/in-use` with those that name it. */
export async function deleteSegment(parts: Parts, project: Project, id: number): Promise<void> {
  const segment = await getSegment(parts, project, id)
  const users = segment.usedBy
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

const unitWords = { person: 'people', account: 'accounts' }

/** A count as the row of a segment keeps it; how many of them can be written to comes with the record of members, soon after a save. */
export interface CountedMembers {
  count: number
  counted_at: number
  reach_email: null
  reach_sms: null
}

export async function countMembers({ store, clock }: Parts, planned: PlannedSegment, context: CompileContext): Promise<CountedMembers> {
  const [row] = await store.query<{ members: string }>(render(memberCountSql(planned, context)))
  return { count: Number(row?.members ?? 0), counted_at: clock(), reach_email: null, reach_sms: null }
}
