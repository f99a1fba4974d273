import type { Measure, Series } from '@kindred/model'
import { bind, join, type RenderedSql, raw, render, type Sql, sql } from '../sql.ts'
import { isOfPeople, isOfProperty, rankedSql } from './breakdown.ts'
import { bucketSql, startOfDayBefore } from './buckets.ts'
import { isWholeRange, lookBackDays, measurePlan, type Shape } from './measure.ts'
import type { PlannedPeriod, TrendsPlan } from './plan.ts'
import { mayReadItems, type RowsRequest, seriesRows } from './series-rows.ts'

/** One number of the statement's answer. Buckets are epoch seconds; for measures that look back, numbers of days and changes of the count. */
export interface CellRow {
  period: number
  series: number
  /** 0 a value, 1 no value, 2 the sum of the values without a row of their own. */
  place: number
  key: string
  bucket: number
  value: number
}

/** One statement for the whole question: all its series and both periods. Cells that are nothing are left out. */
export function trendsSql(plan: TrendsPlan): RenderedSql {
  const { breakdown } = plan.query
  const cells = join(
    plan.periods.flatMap((period, index) => scansOf(plan).map((scan) => scanSql({ plan, period, index, scan }))),
    '\nunion all\n',
  )
  return render(isOfProperty(breakdown) ? rankedSql(cells, breakdown, plan.query) : cells)
}

/** Series that read the same rows are answered by one scan of them. */
interface Scan {
  series: number[]
  first: Series
}

interface ScanRequest {
  plan: TrendsPlan
  period: PlannedPeriod
  /** Of the period. */
  index: number
  scan: Scan
}

function scansOf(plan: TrendsPlan): Scan[] {
  const { query, series } = plan
  const scans: (Scan & { key: string })[] = []
  const measured = series
    .map((index) => ({ index, each: query.series[index] }))
    .filter((each): each is { index: number; each: Series } => each.each !== undefined)
  // Those with a property come first: the others can read along with them.
  for (const { index, each } of measured.sort((a, b) => Number(b.each.property !== undefined) - Number(a.each.property !== undefined))) {
    const key = scanKey(plan, index, each)
    const along = scans.find((scan) => scan.key === key && (each.property === undefined || each.property === scan.first.property))
    if (along === undefined) scans.push({ key, series: [index], first: each })
    else along.series.push(index)
  }
  return scans
}

/** Equal for series that count the same rows. */
function scanKey({ query, context }: TrendsPlan, index: number, series: Series): string {
  const { event, filters, property, measure } = series
  if (measurePlan(measure, query).shape.kind !== 'rows' || looksBack(measure, query)) return `${index}`
  return JSON.stringify([event, filters, mayReadItems(series, query, context) ? (property ?? null) : null])
}

/** Whole-range answers of measures that look back count the last 7 or 30 days of the range. */
function looksBack(measure: Measure, query: TrendsPlan['query']): boolean {
  return isWholeRange(query) && lookBackDays(measure) !== null
}

/** Columns: period, place (1 without a value), series, key, bucket, value, and the weight by which values are ranked. */
function scanSql({ plan, period, index, scan }: ScanRequest): Sql {
  const { query } = plan
  const planned = scan.series.map((each) => ({ series: each, ...measurePlan(query.series[each]?.measure ?? 'total', query) }))
  const onlyPeople = planned.every(({ shape: { kind }, headcount }) => headcount && kind === 'rows')
  const measures = onlyPeople && isOfPeople(query.breakdown) ? planned.map((each) => ({ ...each, shape: eachOnce })) : planned
  const shape = measures[0]?.shape
  const head = sql`select ${bind('UInt8', index)} as period, if(key = '', 1, 0) as place, `
  const columns = cellColumns(query, period, shape)
  const request = rowsRequest(plan, period, scan.first)
  const needsPerson = measures.some((each) => each.needsPerson)
  const rows = seriesRows({ ...request, needsPerson, onlyPeople }, plan.context)
  const one = (aggregates: Sql) => sql`${head}${bind('UInt8', scan.series[0] ?? 0)} as series, ${columns.all}, ${aggregates}`
  if (measures.length > 1)
    return sql`${head}numbers.1 as series, key, bucket, numbers.2 as value, value as weight from (
  select ${columns.all}, arrayJoin([${join(measures.map(numberOf), ', ')}]) as numbers from (${rows})${columns.groupBy})`
  switch (shape?.kind) {
    case 'per-person':
      return sql`${one(sql`toFloat64(${shape.aggregate}) as value, value as weight`)} from (select ${columns.own}person, count() as times from (${rows}) group by ${columns.own}person)${columns.groupBy}`
    case 'first-seen':
      return sql`${one(raw('toFloat64(count()) as value, value as weight'))} from (select ${columns.key}person, min(bucket) as bucket from (${rows}) group by ${columns.key}person)${columns.groupBy}`
    case 'rolling':
      return sql`${one(raw('toFloat64(sum(change)) as value, toFloat64(sum(part)) as weight'))} from (${rollingSql({ rows, period, days: shape.days, key: columns.key })})${columns.groupBy}`
    default:
      return sql`${one(sql`toFloat64(${shape?.aggregate ?? raw('0')}) as value, value as weight`)} from (${rows})${columns.groupBy}`
  }
}

/** People, where each comes once. */
const eachOnce: Shape = { kind: 'rows', aggregate: raw('count()') }

/** What cells are told apart by. A column that is the same in every row is left out of grouping, which it would make several times slower. */
interface CellColumns {
  /** `key` and `bucket`, as columns or as what they are everywhere. */
  all: Sql
  /** Those that are columns, each with a comma behind it. */
  own: Sql
  key: Sql
  groupBy: Sql
}

/**
 * The only bucket there is stands outside the rows, as what is the same in every row does: in random runs a constant that had passed through the
 * join with people came back as 0 now and then.
 */
function cellColumns(query: TrendsPlan['query'], { buckets }: PlannedPeriod, shape: Shape | undefined): CellColumns {
  const key = query.breakdown === undefined ? [] : [raw('key')]
  const bucket = buckets.length > 1 || shape?.kind === 'rolling' ? [raw('bucket')] : []
  const only = sql`toUInt32(${bind('UInt32', (buckets[0]?.start ?? 0) / 1000)}) as bucket`
  const listed = (names: readonly Sql[]) =>
    join(
      names.flatMap((name) => [name, raw(', ')]),
      '',
    )
  return {
    all: sql`${key[0] ?? raw(`'' as key`)}, ${bucket[0] ?? only}`,
    own: listed([...key, ...bucket]),
    key: listed(key),
    groupBy: key.length + bucket.length === 0 ? raw('') : sql` group by ${join([...key, ...bucket], ', ')}`,
  }
}

function numberOf({ series, shape }: { series: number; shape: Shape }): Sql {
  return sql`(toUInt8(${bind('UInt8', series)}), toFloat64(${shape.kind === 'rows' ? shape.aggregate : raw('0')}))`
}

/** What a series reads in a period, the days it looks back included. */
export function rowsRequest(plan: TrendsPlan, period: PlannedPeriod, series: Series): Omit<RowsRequest, 'needsPerson'> {
  const { query, context } = plan
  const { shape } = measurePlan(series.measure, query)
  const days = lookBackDays(series.measure)
  if (shape.kind === 'rolling') {
    const from = startOfDayBefore(period.buckets[0]?.start ?? period.from, shape.days - 1, context.timezone)
    return { series, query, period: { from, to: period.to }, bucket: sql`toUInt32(toDate(e.timestamp, ${bind('String', context.timezone)}))` }
  }
  const from = days !== null && isWholeRange(query) ? startOfDayBefore(period.to, days - 1, context.timezone) : period.from
  return { series, query, period: { from, to: period.to }, bucket: isWholeRange(query) ? raw('toUInt32(0)') : bucketSql(period.buckets) }
}

/**
 * A person counts on each day from one of activity to the last day that looks back to it, or to the next activity. So the count rises by one
 * where such a stretch begins and falls where it ends: two changes for each active day, however long the look back. `part` is how much of the
 * range a stretch covers.
 */
function rollingSql({ rows, period, days, key }: { rows: Sql; period: PlannedPeriod; days: number; key: Sql }): Sql {
  const first = bind('UInt32', period.days[0] ?? 0)
  const last = bind('UInt32', period.days.at(-1) ?? 0)
  const stretch = sql`(greatest(day, ${first}), least(day + ${bind('UInt32', days)}, next, ${last} + 1))`
  return sql`
  select key, toUInt32(changes.1) as bucket, changes.2 as change, changes.3 as part from (
    select ${key}arrayJoin(arrayFilter(stretch -> stretch.1 < stretch.2, arrayMap((day, next) -> ${stretch}, days, arrayPushBack(arrayPopFront(days), 4294967295)))) as stretch,
      arrayJoin([(stretch.1, toInt8(1), stretch.2 - stretch.1), (stretch.2, toInt8(-1), 0)]) as changes
    from (select ${key}person, arraySort(groupUniqArray(bucket)) as days from (${rows}) group by ${key}person)
  )`
}
