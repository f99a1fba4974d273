import { type BreakdownKey, type Bucket, type InsightQuery, KindredError, standardNameProblem } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { isOfProperty, segmentKeys } from './breakdown.ts'
import { bucketsOf, dayNumber, type Period } from './buckets.ts'
import { checkFilters } from './filters.ts'
import { type Formula, parseFormula, seriesOf } from './formula.ts'
import { isWholeRange, lookBackDays } from './measure.ts'
import { comparedPeriod, readRange } from './range.ts'

export interface PlannedPeriod extends Period {
  name: 'current' | 'previous'
  /** Empty for whole-range displays. */
  buckets: Bucket[]
  /** The day of each bucket, numbered as SQL numbers days: for measures that look back whole days. */
  days: number[]
}

/** A question with everything settled that needs the clock, the zone or a parser: what remains is SQL and arithmetic. */
export interface TrendsPlan {
  query: InsightQuery
  context: CompileContext
  periods: PlannedPeriod[]
  formulas: Formula[]
  /** The series that the answer needs: all, or those that a formula reads. */
  series: number[]
  /** The rows of a breakdown by segments; undefined for any other. */
  segments: BreakdownKey[] | undefined
}

/**
 * Settles a question at `context.now`. `earliest` is the project's first event, epoch milliseconds, for a range from the beginning.
 * Errors: `insight/invalid`, `insight/formula`, `segment/not-found`, `trait/not-found`.
 */
export function planTrends(query: InsightQuery, context: CompileContext, earliest: number | null): TrendsPlan {
  checkFilters(query.filters, 'filters', context)
  const misnamed = isOfProperty(query.breakdown) && query.breakdown.of !== 'session' ? standardNameProblem(query.breakdown.property, query.breakdown.of) : null
  if (misnamed !== null) throw new KindredError('insight/invalid', { field: 'breakdown.property', reason: misnamed })
  query.series.forEach((series, index) => {
    checkFilters(series.filters, `series.${index}.filters`, context)
    if (query.cumulative && lookBackDays(series.measure) !== null)
      throw new KindredError('insight/invalid', { field: `series.${index}.measure`, reason: 'it looks back already, so it cannot be cumulative too' })
  })
  const formulas = query.formulas.map((text) => parseFormula(text, query.series.length))
  const all = query.series.map((_, index) => index)
  const read = new Set(formulas.flatMap(seriesOf))
  return {
    query,
    context,
    periods: periodsOf(query, context, earliest),
    formulas,
    series: formulas.length === 0 ? all : all.filter((index) => read.has(index)),
    segments: query.breakdown !== undefined && 'segments' in query.breakdown ? segmentKeys(query.breakdown, context) : undefined,
  }
}

function periodsOf(query: InsightQuery, context: CompileContext, earliest: number | null): PlannedPeriod[] {
  const range = { ...context, earliest }
  const current = readRange(query.range, query.interval, range)
  const periods = query.compare === undefined ? [current] : [current, comparedPeriod(current, query, range)]
  return periods.map((period, index) => {
    const buckets = isWholeRange(query) ? [] : bucketsOf(period, query.interval, context)
    const days = buckets.map((bucket) => dayNumber(bucket.start, context.timezone))
    return { ...period, name: index === 0 ? 'current' : 'previous', buckets, days }
  })
}

/** The period of that name. Errors: `insight/invalid` where the question compares with nothing. */
export function periodNamed(plan: TrendsPlan, name: 'current' | 'previous'): PlannedPeriod {
  const period = plan.periods.find((each) => each.name === name)
  if (period === undefined) throw new KindredError('insight/invalid', { field: 'point.compare', reason: 'the question compares with no other time' })
  return period
}
