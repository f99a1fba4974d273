import { KindredError, type Point, type Series } from '@kindred/model'
import { type Period, startOfDayBefore } from './buckets.ts'
import { isWholeRange, lookBackDays, measurePlan } from './measure.ts'
import { type PlannedPeriod, periodNamed, type TrendsPlan } from './plan.ts'

/**
 * The time whose events a point of a series is made from: its bucket as far as the range covers it, with the days that the measure looks
 * back, or everything up to it where the line is cumulative. Errors: `insight/invalid` where there is no such bucket.
 */
export function pointWindow(plan: TrendsPlan, series: Series, point: Pick<Point, 'bucket' | 'compare'>): Period {
  const { query, context } = plan
  const period = periodNamed(plan, point.compare)
  const bucket = bucketWindow(period, point.bucket)
  const days = lookBackDays(series.measure)
  const rolling = measurePlan(series.measure, query).shape.kind === 'rolling'
  // The last day of an hour's bucket counts whole, as its own measure does, but never beyond the range.
  if (rolling) {
    const end = Math.min(startOfDayBefore(bucket.from, -1, context.timezone) - 1, period.to)
    return { from: startOfDayBefore(bucket.from, (days ?? 1) - 1, context.timezone), to: point.bucket === undefined ? period.to : end }
  }
  if (isWholeRange(query) && days !== null) return { from: startOfDayBefore(period.to, days - 1, context.timezone), to: period.to }
  return query.cumulative ? { from: period.from, to: bucket.to } : bucket
}

function bucketWindow(period: PlannedPeriod, start: number | undefined): Period {
  if (start === undefined) return { from: period.from, to: period.to }
  const index = period.buckets.findIndex((bucket) => bucket.start === start)
  if (index < 0) throw new KindredError('insight/invalid', { field: 'point.bucket', reason: 'no bucket of the answer begins then' })
  const next = period.buckets[index + 1]?.start
  return { from: Math.max(start, period.from), to: next === undefined ? period.to : next - 1 }
}
