import { type CompileContext, planSegment, type Recomputation, type Recorded, recomputeSql, recordedSizeSql, render, runCountsSql } from '@kindred/engine'
import { type KeptReach, KindredError, type Project, type RecomputedSegment } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { countReach, keptReach } from '../reach.ts'
import { rememberCount, type SegmentRow, segmentRow, unitOf } from '../segment-row.ts'
import { namedSegments } from '../users.ts'

/** What asked for a recomputation; kept with it. */
export type RunReason = 'saved' | 'schedule' | 'asked' | 'hand' | 'use'

/** In the background nobody waits at a screen. */
const patient = { seconds: 600 }
/** Stands as the error of a run until it ends, so that it counts for nothing. */
export const underWay = 'it is under way'
const interrupted = 'it was interrupted'

/** Tells the runs that an earlier process left half done as failed. */
export async function endCutOffRuns({ catalog }: Pick<Parts, 'catalog'>): Promise<void> {
  await catalog.updateTable('segment_runs').set({ error: interrupted }).where('error', '=', underWay).execute()
}

/**
 * Brings the record of a segment's members to now: the difference between who meets the definition and who is recorded is written in one statement, inside the
 * store. Of one segment only one may be under way. Errors: `segment/not-found`, `segment/archived`, those of `planSegment` and of a long question.
 */
export async function recompute(parts: Parts, project: Project, { id, reason }: { id: number; reason: RunReason }): Promise<RecomputedSegment> {
  const held = await segmentRow(parts, project, id)
  if (held.archived_at !== null) throw new KindredError('segment/archived', { id })
  const started = performance.now()
  const position = parts.ingest.watermark()
  const context = { ...(await questionContext(parts, project)), watermark: position }
  // The rule may be saved anew at any moment: what is written down is the version that is computed.
  const row = { ...held, version: context.segments.get(id)?.version ?? held.version }
  const recorded: Recorded = { projectId: project.id, segmentId: id, unit: unitOf(row) }
  const last = await lastRun(parts, id)
  const standing = await recordedSize(parts, recorded)
  const run = await beginRun(parts, { row, at: context.now, position, reason })
  try {
    const recomputation = await causesOf(parts, { row, context, recorded, last, run })
    await parts.store.command(render(recomputeSql(planSegment(id, context), context, recomputation)), patient)
    const [counts] = await parts.store.query<{ came: string; gone: string }>(render(runCountsSql(recorded, run)), patient)
    const size = await recordedSize(parts, recorded)
    // The rows of people who were erased are gone with them: what is left to tell is how many they were.
    const erased = Math.max((last?.size ?? standing) - standing, 0)
    const entered = Number(counts?.came ?? 0)
    const gone = Number(counts?.gone ?? 0) + erased
    const milliseconds = Math.round(performance.now() - started)
    await parts.catalog.updateTable('segment_runs').set({ size, entered, gone, milliseconds, error: null }).where('id', '=', run).execute()
    await rememberCount(parts, { id, segments: context.segments }, { count: size, reach: await reachNow(parts, row, context) })
    return { size, entered, left: gone, at: context.now, position, milliseconds }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await parts.catalog.updateTable('segment_runs').set({ error: message }).where('id', '=', run).execute()
    throw error
  }
}

/** For the list of segments, where it stands beside the size; nobody writes to accounts. */
async function reachNow(parts: Parts, row: SegmentRow, context: CompileContext): Promise<KeptReach | null> {
  if (unitOf(row) === 'account') return null
  return keptReach((await countReach(parts, planSegment(row.id, context), context)).reach)
}

type LastRun = Awaited<ReturnType<typeof lastRun>>

/** The last recomputation that came to its end. */
function lastRun({ catalog }: Pick<Parts, 'catalog'>, id: number) {
  return catalog
    .selectFrom('segment_runs')
    .selectAll()
    .where('segment_id', '=', id)
    .where('error', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function beginRun({ catalog }: Parts, { row, at, position, reason }: { row: SegmentRow; at: number; position: number; reason: RunReason }) {
  const begun = { project_id: row.project_id, segment_id: row.id, version: row.version, reason, at, position, error: underWay }
  const { id } = await catalog
    .insertInto('segment_runs')
    .values({ ...begun, size: 0, entered: 0, gone: 0, milliseconds: 0 })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

interface Asked {
  row: SegmentRow
  context: CompileContext & { watermark: number }
  recorded: Recorded
  last: LastRun
  run: number
}

async function causesOf(parts: Parts, { row, context, recorded, last, run }: Asked): Promise<Recomputation> {
  const base = { ...recorded, run, version: row.version, at: context.now, position: context.watermark }
  if (last === undefined) return { ...base, cause: row.kind === 'frozen' ? 'hand' : 'rule' }
  const then = { ...context, watermark: last.position }
  const before = { at: last.at, position: last.position, planned: planSegment(row.id, then), context: then }
  if (row.kind === 'frozen') return { ...base, cause: 'hand', before }
  const isNewRule = last.version !== row.version || (await changedSince(parts, { id: row.id, context, at: last.at }))
  return { ...base, cause: isNewRule ? 'rule' : 'look', before }
}

/** Whether the rule of a segment, or of one that it leads to, became another after a moment. */
async function changedSince({ catalog }: Parts, { id, context: { segments }, at }: { id: number; context: CompileContext; at: number }): Promise<boolean> {
  const reached = new Set<number>()
  const reach = (ids: readonly number[]): void => {
    for (const id of ids) {
      if (reached.has(id)) continue
      reached.add(id)
      const segment = segments.get(id)
      if (segment?.kind === 'rule') reach(namedSegments(segment.definition.where))
    }
  }
  reach([id])
  const changed = await catalog
    .selectFrom('segment_versions')
    .select('version')
    .where('segment_id', 'in', [...reached])
    .where('created_at', '>', at)
    .limit(1)
    .executeTakeFirst()
  return changed !== undefined
}

async function recordedSize({ store }: Pick<Parts, 'store'>, recorded: Recorded): Promise<number> {
  const [row] = await store.query<{ size: string }>(render(recordedSizeSql(recorded)))
  return Number(row?.size ?? 0)
}
