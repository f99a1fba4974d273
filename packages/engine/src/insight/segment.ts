import {
  type BreakdownKey,
  type Condition,
  type DidCondition,
  KindredError,
  momentRange,
  type Point,
  type PropertyCondition,
  type SegmentDefinition,
  type Series,
  type Within,
} from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { timeWindow } from '../time.ts'
import { isOfProperty } from './breakdown.ts'
import type { Period } from './buckets.ts'
import { splitFilters, withoutOwner } from './filters.ts'
import { seriesOf } from './formula.ts'
import { isWholeRange, lookBackDays } from './measure.ts'
import type { TrendsPlan } from './plan.ts'
import { fixedEnds, movingWindows } from './range.ts'
import { pointWindow } from './window.ts'

/** Why no rule can say it. */
const ofSession = 'which session an event belongs to cannot be asked of one event'

/**
 * The people behind a point as a rule with the same window, so that it holds the same people now and goes on following them. A point of the
 * whole range moves with the range; one bucket stays where it is. Errors: `insight/not-a-rule` where the language cannot say it exactly.
 */
export function pointSegment(plan: TrendsPlan, point: Point): SegmentDefinition {
  const indexes = point.formula ? seriesOf(plan.formulas[point.index] ?? { kind: 'number', value: 0 }) : [point.index]
  const behind = indexes.flatMap((index) => {
    const series = plan.query.series[index]
    return series === undefined ? [] : [seriesCondition(plan, series, point)]
  })
  const [only] = behind
  if (only === undefined) throw notARule('the formula reads no series')
  return { unit: 'person', where: behind.length === 1 ? only : { any: behind } }
}

function seriesCondition(plan: TrendsPlan, series: Series, point: Point): Condition {
  const { query } = plan
  const filters = splitFilters([...query.filters, ...series.filters])
  if (filters.session.length > 0) throw notARule(ofSession)
  const parts = breakdownConditions(plan, point.breakdown)
  const where = unique([...filters.event, ...parts.event])
  const within = windowOf(plan, series, point)
  const did: DidCondition = { did: series.event, ...(where.length > 0 && { where }), ...(within !== undefined && { within }) }
  const people = filters.person.map((filter): Condition => {
    if ('in' in filter) return { in: filter.in }
    return 'notIn' in filter ? { not: { in: filter.notIn } } : withoutOwner(filter)
  })
  // A filter and the point's value may say the same.
  const all = unique<Condition>([did, ...people, ...parts.person])
  return all.length === 1 ? did : { all }
}

function unique<T>(parts: readonly T[]): T[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
}

/** What belonging to a part of the breakdown means. */
function breakdownConditions({ query }: TrendsPlan, key: BreakdownKey | undefined): { event: PropertyCondition[]; person: Condition[] } {
  if (key === undefined) return { event: [], person: [] }
  if (key.kind === 'other') throw notARule('which values have no row of their own changes with the numbers')
  if (key.kind === 'segment') return { event: [], person: key.id === 0 ? [] : [{ in: key.id }] }
  if (!isOfProperty(query.breakdown)) return { event: [], person: [] }
  const { property, of } = query.breakdown
  if (of === 'session') throw notARule(ofSession)
  const condition: PropertyCondition = key.kind === 'none' ? { property, missing: true } : { property, is: key.value }
  return of === 'event' ? { event: [condition], person: [] } : { event: [], person: [condition] }
}

/** undefined: ever. */
function windowOf(plan: TrendsPlan, series: Series, point: Point): Within | undefined {
  const { query, context } = plan
  const period = pointWindow(plan, series, point)
  const fixed = fixedEnds(query.range)
  if (point.bucket !== undefined || (fixed.from && fixed.to)) return fixedWindow(period, context.timezone)
  if (point.compare === 'previous') throw notARule('the time compared with moves with the range')
  const lookBack = isWholeRange(query) ? lookBackDays(series.measure) : null
  if (lookBack === null && fixed.from && query.range.to === undefined) return { from: firstMoment(period.from, context.timezone) }
  if (lookBack === null && query.range.from === 'all' && fixed.to) return { to: lastMoment(period.to, context.timezone) }
  const windows = lookBack === null ? movingWindows(query.range) : [{ last: days(lookBack - 1), wholeDays: true as const }]
  // By the hour or the month a chart begins with a whole one: what is said must be what was counted.
  const found = windows.find((within) => {
    const { from = Number.NEGATIVE_INFINITY, to } = timeWindow(within, context)
    return (within === undefined || from === period.from) && to === Math.min(period.to, context.now)
  })
  if (found === undefined && !windows.includes(undefined)) {
    throw notARule(`the range ${query.range.from ?? ''} – ${query.range.to ?? 'now'}, counted by the ${query.interval}, moves in a way that a rule cannot say`)
  }
  return found
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

/** Whole days of the project are said as days: nobody reads where an instant of another zone's clock lies. */
function fixedWindow(period: Period, timezone: string): Within {
  const [from, to] = [firstMoment(period.from, timezone), lastMoment(period.to, timezone)]
  return isDay(from) && isDay(to) ? { from, to } : { from: instant(period.from), to: instant(period.to) }
}

function firstMoment(at: number, timezone: string): string {
  const day = dayOf(at, timezone)
  return momentRange(day, timezone).start === at ? day : instant(at)
}

function lastMoment(at: number, timezone: string): string {
  const day = dayOf(at, timezone)
  return momentRange(day, timezone).end === at ? day : instant(at)
}

function isDay(moment: string): boolean {
  return moment.length === 10
}

function dayOf(at: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString()
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

function notARule(reason: string): KindredError {
  return new KindredError('insight/not-a-rule', { reason })
}
