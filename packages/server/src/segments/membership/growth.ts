import type { Project, SegmentGrowth } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import type { Parts } from '../../parts.ts'

type GrowthParts = Pick<Parts, 'catalog' | 'clock'>

interface Run {
  at: number
  version: number
  size: number
}

/** How each segment that is not archived grew or shrank in so many days, and what moved today; by name. Reads the recomputations alone, so that it is quick. */
export async function segmentGrowth(parts: GrowthParts, project: Project, { days }: { days: number }): Promise<SegmentGrowth[]> {
  const now = Temporal.Instant.fromEpochMilliseconds(parts.clock()).toZonedDateTimeISO(project.timezone)
  const [segments, runs, moved] = await Promise.all([
    parts.catalog
      .selectFrom('segments')
      .select(['id', 'name', 'kind', 'unit'])
      .where('project_id', '=', project.id)
      .where('archived_at', 'is', null)
      .where('deleted_at', 'is', null)
      .orderBy('name')
      .execute(),
    tellingRuns(parts, project, now.subtract({ days }).epochMilliseconds),
    movedSince(parts, project, now.startOfDay().epochMilliseconds),
  ])
  return segments.map(({ id, name, kind, unit }) => {
    const { first, before, last } = runs.get(id) ?? {}
    return {
      id,
      name,
      kind,
      unit,
      since: first?.at ?? null,
      size: last?.size ?? null,
      before: before?.size ?? null,
      newRule: before !== undefined && before.version !== last?.version,
      today: moved.get(id) ?? { entered: 0, left: 0 },
    }
  })
}

const done = ({ catalog }: GrowthParts, project: Project) => catalog.selectFrom('segment_runs').where('project_id', '=', project.id).where('error', 'is', null)

interface Telling {
  first: Run | undefined
  before: Run | undefined
  last: Run | undefined
}

/** Of each segment its first recomputation, its last, and the last at or before a moment. */
async function tellingRuns(parts: GrowthParts, project: Project, moment: number): Promise<Map<number, Telling>> {
  const places = await done(parts, project)
    .select(({ fn, eb }) => [
      'segment_id as segment',
      fn.min<number>('id').as('first'),
      fn.max<number>('id').as('last'),
      fn.max<number | null>(eb.case().when('at', '<=', moment).then(eb.ref('id')).end()).as('before'),
    ])
    .groupBy('segment_id')
    .execute()
  const ids = places.flatMap(({ first, last, before }) => [first, last, before ?? first])
  if (ids.length === 0) return new Map()
  const rows = await parts.catalog.selectFrom('segment_runs').select(['id', 'at', 'version', 'size']).where('id', 'in', ids).execute()
  const runs = new Map<number | null, Run>(rows.map((row) => [row.id, row]))
  return new Map(places.map(({ segment, first, before, last }) => [segment, { first: runs.get(first), before: runs.get(before), last: runs.get(last) }]))
}

/** How many entered and left since a moment. Everyone enters by the first recomputation, which is no news. */
async function movedSince(parts: GrowthParts, project: Project, moment: number): Promise<Map<number, SegmentGrowth['today']>> {
  const firsts = done(parts, project)
    .select(({ fn }) => fn.min('id').as('id'))
    .groupBy('segment_id')
  const rows = await done(parts, project)
    .select(({ fn }) => ['segment_id', fn.sum<number>('entered').as('entered'), fn.sum<number>('gone').as('left')])
    .where('at', '>=', moment)
    .where('id', 'not in', firsts)
    .groupBy('segment_id')
    .execute()
  return new Map(rows.map(({ segment_id, entered, left }) => [segment_id, { entered: Number(entered), left: Number(left) }]))
}
