import type { Breakdown, Interval, Measure, Series, TrendsInput } from '@kindred/model'
import { intervals } from '@kindred/model'
import { type CaseBreakdown, type CaseQuery, type CaseSeries, NotSupported } from './case.ts'
import { type FilterContext, filtersOf, segmentOf } from './operators.ts'

const measures: Record<string, Measure> = {
  total: 'total',
  dau: 'people',
  weekly_active: 'weeklyActive',
  monthly_active: 'monthlyActive',
  unique_session: 'sessions',
  sum: 'sum',
  avg: 'average',
  median: 'median',
  p75: 'p75',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  min: 'min',
  max: 'max',
  avg_count_per_actor: 'averagePerPerson',
  min_count_per_actor: 'minPerPerson',
  max_count_per_actor: 'maxPerPerson',
  median_count_per_actor: 'medianPerPerson',
  p90_count_per_actor: 'p90PerPerson',
  p99_count_per_actor: 'p99PerPerson',
}

/** A trends question of a case in our language. */
export function trendsQuery(query: CaseQuery, context: FilterContext): TrendsInput {
  const { date_from, date_to, interval, compare, breakdown, formulas = [], filters } = query
  const wanted = interval ?? 'day'
  if (!(intervals as readonly string[]).includes(wanted)) throw new NotSupported(`the interval ${wanted}`)
  return {
    series: (query.series ?? []).map((series) => seriesOf(series, context)),
    formulas,
    ...(breakdown ? { breakdown: breakdownOf(breakdown, context) } : {}),
    filters: filtersOf(filters, context),
    range: { ...(date_from ? { from: date_from } : {}), ...(date_to ? { to: date_to } : {}) },
    interval: wanted as Interval,
    ...(query.smoothing && query.smoothing > 1 ? { smoothing: query.smoothing } : {}),
    ...displayOf(query.display ?? 'line'),
    ...(compare ? { compare: { to: compare.to ?? 'previous' } } : {}),
  }
}

function displayOf(display: string): Pick<TrendsInput, 'display' | 'cumulative'> {
  if (display === 'total_value') return { display: 'table' }
  if (display === 'cumulative') return { cumulative: true }
  if (display === 'line') return {}
  throw new NotSupported(`the display ${display}`)
}

const knownOptions = new Set(['event', 'name', 'math', 'math_property', 'filters'])

function seriesOf(series: CaseSeries, context: FilterContext): Series {
  const unknown = Object.keys(series).find((key) => !knownOptions.has(key) && series[key] !== null)
  if (unknown !== undefined) throw new NotSupported(`the series option ${unknown}`)
  const measure = measures[series.math ?? 'total']
  if (measure === undefined) throw new NotSupported(`the math ${series.math}`)
  return {
    event: series.event === null ? { any: true } : series.event,
    measure,
    ...(series.math_property ? { property: series.math_property } : {}),
    filters: filtersOf(series.filters, context),
  }
}

function breakdownOf(breakdown: CaseBreakdown, context: FilterContext): Breakdown {
  const { type = 'event', property, properties, cohorts, bins, limit = 25, hide_other = false } = breakdown
  if (cohorts !== undefined) return { segments: cohorts.map((cohort) => (cohort === 'all' ? 0 : segmentOf(cohort, context))) }
  if (bins !== undefined) throw new NotSupported('breakdowns in bins')
  if (properties !== undefined || property === undefined) throw new NotSupported('breakdowns by several properties')
  if (type !== 'event' && type !== 'person') throw new NotSupported(`breakdowns of type ${type}`)
  return { of: type, property, limit, hideOther: hide_other }
}
