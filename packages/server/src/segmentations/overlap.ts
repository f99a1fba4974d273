import { type MaskRow, overlapSql, type PlannedSegment, planSegment, render } from '@kindred/engine'
import { KindredError, type Overlap, type Project } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'

/** A combination of segments with how many are in exactly these: `mask` has bit i for the i-th. */
export interface Combination {
  mask: number
  n: number
  flagged: number
}

const shownIntersections = 200

/** Sizes, intersections and pairs of any segments of one unit, in one scan. Errors: `segment/not-found`, `segment/invalid` where units differ. */
export async function overlapOf(parts: Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>, project: Project, ids: readonly number[]): Promise<Overlap> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const planned = ids.map((id) => planSegment(id, context))
  refuseMixedUnits(planned)
  refuseMixedTypes(planned)
  const combinations = combinationsOf(await parts.store.query<MaskRow>(render(overlapSql(planned, { context }))))
  const sizes = ids.map((_, index) => sizeOf(combinations, index))
  return {
    unit: planned[0]?.subject.unit === 'account' ? 'account' : 'person',
    everyone: combinations.reduce((sum, { n }) => sum + n, 0),
    segments: ids.map((id, index) => ({ id, name: context.segments.get(id)?.name ?? '', size: sizes[index] ?? 0 })),
    intersections: listed(combinations).map(({ mask, n }) => ({ segments: ids.filter((_, index) => has(mask, index)), count: n })),
    combinations: combinations.length,
    pairs: pairsOf(ids, combinations),
    watermark,
    at: context.now,
  }
}

/** The most frequent ones, and how many are in none: that number is told beside them, and must not be a silent zero. */
export function listed(combinations: readonly Combination[]): Combination[] {
  return combinations.filter(({ mask }, index) => index < shownIntersections || mask === 0)
}

export function combinationsOf(rows: readonly MaskRow[]): Combination[] {
  return rows.map(({ mask, n, flagged }) => ({ mask: Number(mask), n: Number(n), flagged: Number(flagged) }))
}

/** Bits beyond the 31st are read by division: JavaScript shifts 32 bits alone, and a mask has up to 40. */
export function has(mask: number, index: number): boolean {
  return Math.floor(mask / 2 ** index) % 2 === 1
}

export function sizeOf(combinations: readonly Combination[], index: number): number {
  return combinations.reduce((sum, { mask, n }) => sum + (has(mask, index) ? n : 0), 0)
}

/** Each pair once, with how many are in both, and Jaccard's index: both divided by either. */
export function pairsOf(ids: readonly number[], combinations: readonly Combination[]): Overlap['pairs'] {
  const counted = (of: (mask: number) => boolean) => combinations.reduce((sum, { mask, n }) => sum + (of(mask) ? n : 0), 0)
  return ids.flatMap((a, first) =>
    ids.slice(first + 1).map((b, offset) => {
      const second = first + 1 + offset
      const both = counted((mask) => has(mask, first) && has(mask, second))
      const either = counted((mask) => has(mask, first) || has(mask, second))
      return { a, b, both, jaccard: either === 0 ? 0 : both / either }
    }),
  )
}

export function refuseMixedUnits(planned: readonly PlannedSegment[]): void {
  if (new Set(planned.map(({ subject }) => subject.unit)).size > 1) {
    throw new KindredError('segment/invalid', { path: 'segments', reason: 'some are segments of people and some of accounts' })
  }
}

/** Without a scope that says which accounts everyone is. */
function refuseMixedTypes(planned: readonly PlannedSegment[]): void {
  const types = new Set(planned.map(({ subject }) => subject.accountType))
  if (types.size > 1)
    throw new KindredError('segment/invalid', {
      path: 'segments',
      reason: `they hold accounts of different types: ${[...types].map((type) => type ?? 'every type').join(', ')}`,
    })
}
