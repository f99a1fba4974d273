import { type BreakdownKey, eventLabel, type InsightAnswer, type InsightRow, type Series } from '@kindred/model'
import { isOfProperty } from './breakdown.ts'
import { evaluateFormula } from './formula.ts'
import { isWholeRange, measurePlan } from './measure.ts'
import type { PlannedPeriod, TrendsPlan } from './plan.ts'
import type { CellRow } from './trends.ts'

/** The part of an answer that the plan and the cells decide. */
export type TrendsAnswer = Pick<InsightAnswer, 'rows' | 'buckets' | 'previousBuckets' | 'range' | 'interval'>

/** One number for each bucket, or one alone over the whole range, by the name of the breakdown's part. */
type Lines = Map<string, { key: BreakdownKey | undefined; values: number[] }>

export function answerTrends(plan: TrendsPlan, cells: readonly CellRow[]): TrendsAnswer {
  const lines = plan.periods.map((_, period) => plan.query.series.map((_, series) => linesOf(plan, { period, series }, cells)))
  const rows = plan.formulas.length > 0 ? formulaRows(plan, lines) : seriesRowsOf(plan, lines)
  const [current, previous] = plan.periods
  return {
    rows,
    buckets: current?.buckets ?? [],
    previousBuckets: previous?.buckets ?? [],
    range: { from: current?.from ?? 0, to: current?.to ?? 0 },
    interval: plan.query.interval,
  }
}

function seriesRowsOf(plan: TrendsPlan, lines: readonly Lines[][]): InsightRow[] {
  return plan.query.series.flatMap((series, index) => {
    const { headcount } = measurePlan(series.measure, plan.query)
    return plan.periods.flatMap((_, period) =>
      rowsOf(plan, period, lines[period]?.[index] ?? new Map()).map((row) => ({
        index,
        formula: false,
        label: seriesLabel(series),
        ...row,
        headcount: headcount && row.breakdown?.kind !== 'other' && !isSmoothed(plan),
      })),
    )
  })
}

function formulaRows(plan: TrendsPlan, lines: readonly Lines[][]): InsightRow[] {
  return plan.formulas.flatMap((formula, index) =>
    plan.periods.flatMap((period, number) => {
      const series = lines[number] ?? []
      const results: Lines = new Map()
      for (const line of series) {
        for (const [name, { key }] of line) {
          const numbers = (point: number) => series.map((each) => each.get(name)?.values[point] ?? 0)
          if (!results.has(name)) results.set(name, { key, values: points(plan, period).map((_, point) => evaluateFormula(formula, numbers(point))) })
        }
      }
      const label = `Formula (${plan.query.formulas[index] ?? ''})`
      return rowsOf(plan, number, results).map((row) => ({ index, formula: true, label, ...row, headcount: false }))
    }),
  )
}

/** The lines of one series in one period. Without a breakdown, and for segments, there is a line even where nothing happened. */
function linesOf(plan: TrendsPlan, of: { period: number; series: number }, cells: readonly CellRow[]): Lines {
  const period = plan.periods[of.period]
  const series = plan.query.series[of.series]
  const lines: Lines = new Map()
  if (period === undefined || series === undefined) return lines
  const line = (key: BreakdownKey | undefined) => {
    const name = nameOf(key)
    const made = lines.get(name) ?? { key, values: points(plan, period).map(() => 0) }
    lines.set(name, made)
    return made
  }
  if (plan.segments !== undefined) for (const key of plan.segments) line(key)
  else if (plan.query.breakdown === undefined) line(undefined)
  const read = reader(plan, period, series)
  for (const cell of cells) {
    if (cell.period === of.period && cell.series === of.series) read(line(keyOf(plan, cell)).values, cell)
  }
  for (const { values } of lines.values()) finish(plan, series, values)
  return lines
}

function points(plan: TrendsPlan, period: PlannedPeriod): readonly unknown[] {
  return isWholeRange(plan.query) ? [0] : period.buckets
}

/** Writes a cell into its line; of a rolling count, at the first bucket of the day on which the count changes. */
function reader(plan: TrendsPlan, period: PlannedPeriod, series: Series): (values: number[], cell: CellRow) => void {
  const rolling = measurePlan(series.measure, plan.query).shape.kind === 'rolling'
  const places = new Map<number, number>()
  for (const [index, { start }] of period.buckets.entries()) {
    const name = rolling ? (period.days[index] ?? 0) : start / 1000
    if (!places.has(name)) places.set(name, index)
  }
  const whole = isWholeRange(plan.query)
  return (values, { bucket, value }) => {
    const index = whole ? 0 : places.get(bucket)
    if (index !== undefined) values[index] = value
  }
}

/** Changes of a rolling count, and the parts of a cumulative line, are added up from the left; then a line is smoothed. */
function finish(plan: TrendsPlan, series: Series, values: number[]): void {
  const rolling = measurePlan(series.measure, plan.query).shape.kind === 'rolling'
  if (isWholeRange(plan.query)) return
  if (plan.query.cumulative || rolling) addUp(values)
  if (plan.query.smoothing !== undefined) smooth(values, plan.query.smoothing)
}

function addUp(values: number[]): void {
  let sum = 0
  values.forEach((value, index) => {
    sum += value
    values[index] = sum
  })
}

/** The mean of up to `points` points that end with each, rounded down. */
function smooth(values: number[], points: number): void {
  const raw = [...values]
  raw.forEach((_, index) => {
    const window = raw.slice(Math.max(0, index + 1 - points), index + 1)
    values[index] = Math.floor(window.reduce((sum, value) => sum + value, 0) / window.length)
  })
}

function keyOf(plan: TrendsPlan, { place, key }: CellRow): BreakdownKey | undefined {
  if (plan.segments !== undefined) return plan.segments.find((each) => each.kind === 'segment' && String(each.id) === key)
  if (!isOfProperty(plan.query.breakdown)) return undefined
  if (place === 2) return { kind: 'other' }
  return place === 1 ? { kind: 'none' } : { kind: 'value', value: key }
}

function nameOf(key: BreakdownKey | undefined): string {
  if (key === undefined) return ''
  if (key.kind === 'value') return `value:${key.value}`
  return key.kind === 'segment' ? `segment:${key.id}` : key.kind
}

type UnnamedRow = Pick<InsightRow, 'breakdown' | 'compare' | 'data' | 'total'>

/** Rows in the order they are shown: values by their totals, then no value, then the others; segments as they were asked for. */
function rowsOf(plan: TrendsPlan, period: number, lines: Lines): UnnamedRow[] {
  const rows = [...lines.values()].map(({ key, values }) => ({
    ...(key === undefined ? {} : { breakdown: key }),
    ...(plan.query.compare === undefined ? {} : { compare: plan.periods[period]?.name ?? 'current' }),
    data: isWholeRange(plan.query) ? [] : values,
    total: totalOf(plan, values),
  }))
  if (plan.segments !== undefined) return rows
  return rows.sort((a, b) => rank(a.breakdown) - rank(b.breakdown) || b.total - a.total || compareNames(a.breakdown, b.breakdown))
}

/** A running sum is its own total. */
function totalOf(plan: TrendsPlan, values: readonly number[]): number {
  if (plan.query.cumulative && !isWholeRange(plan.query)) return values.at(-1) ?? 0
  return values.reduce((sum, value) => sum + value, 0)
}

function rank(key: BreakdownKey | undefined): number {
  return key?.kind === 'other' ? 2 : key?.kind === 'none' ? 1 : 0
}

function compareNames(a: BreakdownKey | undefined, b: BreakdownKey | undefined): number {
  const [left, right] = [nameOf(a), nameOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** A smoothed point is a mean: it counts nobody. */
export function isSmoothed({ query }: TrendsPlan): boolean {
  return query.smoothing !== undefined && !isWholeRange(query)
}

/** What a series is called where it was given no name: by its event, as it is sent. */
const seriesLabel = (series: Series): string => called(series, (event) => event)

/** The same for a reader. */
export const seriesWords = (series: Series): string => called(series, eventLabel)

function called({ name, event }: Series, write: (event: string) => string): string {
  if (name !== undefined) return name
  if (typeof event === 'string') return write(event)
  if ('role' in event) return write(event.role)
  return 'anyOf' in event ? event.anyOf.map(write).join(' or ') : 'Any event'
}
