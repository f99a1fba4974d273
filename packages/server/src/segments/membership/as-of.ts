import {
  bind,
  type CompileContext,
  memberCountSql,
  membersSql,
  type PlannedSegment,
  planDefinition,
  planSegment,
  raw,
  recordedSql,
  render,
  type Sql,
  sql,
} from '@kindred/engine'
import {
  type definitionSizesRequest,
  KindredError,
  type membersRequest,
  type Project,
  type SegmentMembers,
  type SegmentSizes,
  type sizesRequest,
} from '@kindred/model'
import type { z } from 'zod'
import { checkPage, pageOf, readCursor } from '../../http/cursor.ts'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { withMembers } from '../members.ts'
import { type SegmentRow, segmentRow, unitOf } from '../segment-row.ts'

const order = { list: 'segment-members-as-of', placeOf: (id: number) => [id] }

type AsOf = Omit<z.output<typeof membersRequest>, 'as'> & { as: 'recorded' | 'recomputed'; id: number }

/**
 * One page of those who were members at a moment, by the record or by the rule of today, by id; people as who they are today. Errors: `segment/not-found`,
 * `segment/no-history`, `request/cursor`.
 */
export async function membersAsOf(parts: Parts, project: Project, { id, as, at, limit, offset, cursor }: AsOf): Promise<SegmentMembers> {
  checkPage({ cursor, offset })
  const [after = 0] = readCursor(order.list, cursor, [0]) ?? []
  const row = await segmentRow(parts, project, id)
  const moment = at ?? parts.clock()
  const members = as === 'recorded' ? await recordedThen(parts, row, moment) : await recomputedThen(parts, { project, row, at: moment })
  const reach = raw(String(limit + offset + 1))
  const [found] = await parts.store.query<{ ids: string[]; total: string }>(
    render(
      sql`select arraySlice(groupArraySortedIf(${reach})(id, id > ${bind('UInt64', after)}), ${bind('UInt64', offset + 1)}) as ids, count() as total from (${members.sql})`,
    ),
  )
  const { results, next } = pageOf((found?.ids ?? []).map(Number), limit, order)
  const page = { total: Number(found?.total ?? 0), next, watermark: members.position, at: members.at }
  return withMembers(parts, project, { unit: unitOf(row), ids: results, found: page })
}

interface Then {
  sql: Sql
  at: number
  position: number
}

/** Those recorded at a moment: exact at the last recomputation before it. */
async function recordedThen(parts: Parts, row: SegmentRow, at: number): Promise<Then> {
  const ofSegment = parts.catalog.selectFrom('segment_runs').select(['at', 'position']).where('segment_id', '=', row.id).where('error', 'is', null)
  const run = await ofSegment.where('at', '<=', at).orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (run === undefined) {
    const first = await ofSegment.orderBy('id').limit(1).executeTakeFirst()
    const since = first === undefined ? 'nothing was recorded of this segment yet' : `members are recorded since ${new Date(first.at).toISOString()}`
    const canRecompute = row.kind === 'rule' && unitOf(row) === 'person'
    throw new KindredError('segment/no-history', { reason: canRecompute ? `${since}; ask whom the rule of today would have kept` : since })
  }
  const recorded = { projectId: row.project_id, segmentId: row.id, unit: unitOf(row) }
  return { sql: sql`select id from (${recordedSql(recorded, { at })})`, ...run }
}

/** Those whom the rule of today, asked at a moment of what had happened until then, would have kept. */
async function recomputedThen(parts: Parts, { project, row, at }: { project: Project; row: SegmentRow; at: number }): Promise<Then> {
  const context = await contextAsOf(parts, project, { of: row, at })
  return { sql: membersSql(planSegment(row.id, context), context), at, position: parts.ingest.watermark() }
}

/** How many the rule of today would have kept at moments of the past. Errors: as `membersAsOf`. */
export async function recomputedSizes(
  parts: Parts,
  project: Project,
  { id, from, to, points }: z.output<typeof sizesRequest> & { id: number },
): Promise<SegmentSizes> {
  if (from > to) throw new KindredError('request/invalid', { field: 'from', reason: 'it lies after `to`' })
  const row = await segmentRow(parts, project, id)
  const moments = Array.from({ length: points }, (_, index) => (points === 1 ? to : Math.round(from + ((to - from) * index) / (points - 1))))
  return sizesAt(parts, project, { of: row, moments, planned: (context) => planSegment(id, context) })
}

/** How many a definition would have kept at moments of the past. Errors: `segment/no-history`, those of `planDefinition` and of a long question. */
export async function definitionSizes(parts: Parts, project: Project, { definition, moments }: z.output<typeof definitionSizesRequest>): Promise<SegmentSizes> {
  const of = { kind: 'rule' as const, unit: definition.unit }
  return sizesAt(parts, project, { of, moments, planned: (context) => planDefinition(definition, context) })
}

/** Whom it is asked of: a list has no rule, and of accounts less is kept. */
type Asked = Pick<SegmentRow, 'kind' | 'unit'>

interface Moments {
  of: Asked
  moments: readonly number[]
  planned: (context: CompileContext) => PlannedSegment
}

async function sizesAt(parts: Parts, project: Project, { of, moments, planned }: Moments): Promise<SegmentSizes> {
  const sizes: SegmentSizes['points'] = []
  for (const at of moments) {
    const context = await contextAsOf(parts, project, { of, at })
    const [counted] = await parts.store.query<{ members: string }>(render(memberCountSql(planned(context), context)))
    sizes.push({ at, size: Number(counted?.members ?? 0) })
  }
  return { points: sizes }
}

/** The context of a question asked in the past. What was not kept since then is refused. */
async function contextAsOf(parts: Parts, project: Project, { of, at }: { of: Asked; at: number }): Promise<CompileContext> {
  const refuse = (reason: string) => new KindredError('segment/no-history', { reason })
  if (at > parts.clock()) throw refuse('the moment lies ahead')
  if (of.kind === 'frozen') throw refuse('a list has no rule to ask then; ask for those who were recorded')
  if (of.unit === 'account') throw refuse('of accounts only the properties of today are kept; ask for those who were recorded')
  const kept = await parts.catalog
    .selectFrom('retention_runs')
    .select(({ fn }) => fn.max<number | null>('before').as('before'))
    .where('project_id', '=', project.id)
    .executeTakeFirst()
  if (kept?.before != null && at < kept.before) throw refuse(`events are kept since ${new Date(kept.before).toISOString()}`)
  return { ...(await questionContext(parts, project)), now: at, propertiesAsOf: at }
}
