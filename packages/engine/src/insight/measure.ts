import type { Measure, TrendsQuery } from '@kindred/model'
import { exactSum } from '../measure.ts'
import { raw, type Sql, sql } from '../sql.ts'

/**
 * How the rows of a series (`series-rows.ts`: person, bucket, key, number, session) become one number per bucket:
 * `rows` aggregates them, `per-person` counts them by person first, `first-seen` counts each person once, in the bucket in which the person
 * first appears, `rolling` counts the people active in the days up to each bucket's day.
 */
export type Shape = { kind: 'rows'; aggregate: Sql } | { kind: 'per-person'; aggregate: Sql } | { kind: 'first-seen' } | { kind: 'rolling'; days: number }

interface MeasurePlan {
  shape: Shape
  /** The number is a count of people. */
  headcount: boolean
  /** Whether the rows must say who. */
  needsPerson: boolean
}

const rows = (aggregate: Sql): MeasurePlan => ({ shape: { kind: 'rows', aggregate }, headcount: false, needsPerson: false })
const perPerson = (aggregate: string): MeasurePlan => ({
  shape: { kind: 'per-person', aggregate: raw(`ifNull(${aggregate}, 0)`) },
  headcount: false,
  needsPerson: true,
})
/** Between two values the quantile lies on the line from one to the other. */
const quantile = (level: string) => rows(raw(`ifNull(quantileExactInclusiveOrNull(${level})(number), 0)`))
const perPersonQuantile = (level: string) => perPerson(`quantileExactInclusiveOrNull(${level})(times)`)

const number = raw('number')
const people: MeasurePlan = { shape: { kind: 'rows', aggregate: raw('uniqExact(person)') }, headcount: true, needsPerson: true }
const rolling = (days: number): MeasurePlan => ({ shape: { kind: 'rolling', days }, headcount: true, needsPerson: true })

const plans: Record<Measure, MeasurePlan> = {
  total: rows(raw('count()')),
  people,
  sessions: rows(raw('uniqExact(session)')),
  sum: rows(exactSum(number)),
  average: rows(sql`if(count(number) = 0, 0, ${exactSum(number)} / count(number))`),
  median: quantile('0.5'),
  p75: quantile('0.75'),
  p90: quantile('0.9'),
  p95: quantile('0.95'),
  p99: quantile('0.99'),
  min: rows(raw('ifNull(min(number), 0)')),
  max: rows(raw('ifNull(max(number), 0)')),
  weeklyActive: rolling(7),
  monthlyActive: rolling(30),
  averagePerPerson: perPerson('avgOrNull(times)'),
  minPerPerson: perPerson('minOrNull(times)'),
  maxPerPerson: perPerson('maxOrNull(times)'),
  medianPerPerson: perPersonQuantile('0.5'),
  p90PerPerson: perPersonQuantile('0.9'),
  p99PerPerson: perPersonQuantile('0.99'),
}

/** Displays of one value over the whole range. */
export function isWholeRange({ display }: Pick<TrendsQuery, 'display'>): boolean {
  return display !== 'line' && display !== 'bar'
}

/** The plan of a measure, as the question's interval and display change it. */
export function measurePlan(measure: Measure, query: Pick<TrendsQuery, 'display' | 'interval' | 'cumulative'>): MeasurePlan {
  const plan = plans[measure]
  const perBucket = !isWholeRange(query)
  if (perBucket && query.cumulative && measure === 'people') return { ...plan, shape: { kind: 'first-seen' } }
  // Weeks and months count the people of the bucket itself; the whole range those of its last 7 or 30 days.
  if (plan.shape.kind === 'rolling' && (!perBucket || query.interval === 'week' || query.interval === 'month')) return people
  return plan
}

/** Days of a measure that looks back from each bucket; null for the others. */
export function lookBackDays(measure: Measure): number | null {
  const { shape } = plans[measure]
  return shape.kind === 'rolling' ? shape.days : null
}
