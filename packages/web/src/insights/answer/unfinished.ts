import type { InsightAnswer } from '@kindred/model'

/** The places of the buckets that hold only a part of their time: the first where the range begins within it, the last where it is not over yet. */
export function unfinishedBuckets({ buckets, range, at }: Pick<InsightAnswer, 'buckets' | 'range' | 'at'>): ReadonlySet<number> {
  const places = new Set<number>()
  if (buckets.length < 2) return places
  if ((buckets[0]?.start ?? 0) < range.from) places.add(0)
  if (range.to > at) places.add(buckets.length - 1)
  return places
}
