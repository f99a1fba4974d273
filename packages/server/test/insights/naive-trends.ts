import type { TrendsPlan } from '@kindred/engine'
import {
  type Filter,
  type JsonValue,
  matches,
  numberOf,
  operatorOf,
  type Properties,
  type PropertyFilter,
  type Series,
  type SessionFilter,
  textOf,
} from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { sessionsOf } from '../segments/naive/session.ts'
import { keepsTrait } from './naive-traits.ts'
import type { NaiveWorld } from './naive-world.ts'

interface Row {
  person: number
  at: number
  session: string
  key: string
  number: number | null
}

type Line = { key: string; values: number[] }

/** Trends read in the plainest way: every event looked at for every bucket, no SQL. Lines of one series by key, '' being no value. */
export function naiveLines(world: NaiveWorld, plan: TrendsPlan, series: Series): Line[] {
  const rows = rowsOf(world, plan, series)
  const keys =
    plan.segments !== undefined ? plan.segments.map((each) => (each.kind === 'segment' ? String(each.id) : '')) : [...new Set(rows.map(({ key }) => key))]
  return keys
    .map((key) => ({
      key,
      values: valuesOf(
        rows.filter((row) => row.key === key),
        plan,
        series,
      ),
    }))
    .filter(({ values }) => plan.segments !== undefined || values.some((value) => value !== 0))
}

function valuesOf(rows: readonly Row[], plan: TrendsPlan, series: Series): number[] {
  const { query, context } = plan
  const [period] = plan.periods
  if (period === undefined) return []
  const inRange = rows.filter(({ at }) => at >= period.from && at <= period.to)
  const days = { weeklyActive: 7, monthlyActive: 30 }[series.measure as string]
  if (period.buckets.length === 0) {
    if (days === undefined) return [measure(inRange, series)]
    const from = zoned(period.to, context.timezone)
      .startOfDay()
      .subtract({ days: days - 1 }).epochMilliseconds
    return [people(rows.filter(({ at }) => at >= from && at <= period.to))]
  }
  const starts = inRange.map((row) => ({ row, start: startOf(row.at, plan) }))
  const values = period.buckets.map(({ start }) => {
    if (days !== undefined && (query.interval === 'day' || query.interval === 'hour')) {
      const day = zoned(start, context.timezone).startOfDay()
      return people(
        rows.filter(({ at }) => at >= day.subtract({ days: days - 1 }).epochMilliseconds && at < day.add({ days: 1 }).epochMilliseconds && at <= period.to),
      )
    }
    if (query.cumulative && series.measure === 'people') return people(starts.filter((each) => each.start <= start).map(({ row }) => row))
    return measure(
      starts.filter((each) => each.start === start).map(({ row }) => row),
      series,
    )
  })
  if (!query.cumulative || series.measure === 'people') return values
  return values.map((_, index) => values.slice(0, index + 1).reduce((sum, value) => sum + value, 0))
}

function startOf(at: number, { query, context }: TrendsPlan): number {
  const local = zoned(at, context.timezone)
  switch (query.interval) {
    case 'hour':
      return local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds
    case 'day':
      return local.startOfDay().epochMilliseconds
    case 'week':
      return local.startOfDay().subtract({ days: context.weekStart === 'monday' ? local.dayOfWeek - 1 : local.dayOfWeek % 7 }).epochMilliseconds
    case 'month':
      return local.with({ day: 1 }).startOfDay().epochMilliseconds
  }
}

function measure(rows: readonly Row[], series: Series): number {
  const numbers = rows.flatMap(({ number }) => (number === null ? [] : [number])).sort((a, b) => a - b)
  const sum = Number(numbers.reduce((total, number) => total + BigInt(Math.round(number * 1e4)), 0n)) / 1e4
  const counts = [...new Set(rows.map(({ person }) => person))].map((person) => rows.filter((row) => row.person === person).length)
  switch (series.measure) {
    case 'total':
      return rows.length
    case 'people':
    case 'weeklyActive':
    case 'monthlyActive':
      return people(rows)
    case 'sessions':
      return new Set(rows.map(({ session }) => session)).size
    case 'sum':
      return sum
    case 'average':
      return numbers.length === 0 ? 0 : sum / numbers.length
    case 'min':
      return numbers[0] ?? 0
    case 'max':
      return numbers.at(-1) ?? 0
    case 'averagePerPerson':
      return counts.length === 0 ? 0 : rows.length / counts.length
    case 'minPerPerson':
      return counts.length === 0 ? 0 : Math.min(...counts)
    case 'medianPerPerson':
      return quantile(counts, 0.5)
    case 'p90PerPerson':
      return quantile(counts, 0.9)
    case 'p99PerPerson':
      return quantile(counts, 0.99)
    case 'maxPerPerson':
      return counts.length === 0 ? 0 : Math.max(...counts)
    default:
      return quantile(numbers, { median: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 }[series.measure as string] ?? 0)
  }
}

function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = level * (sorted.length - 1)
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - Math.floor(place))
}

function people(rows: readonly Row[]): number {
  return new Set(rows.map(({ person }) => person)).size
}

function rowsOf(world: NaiveWorld, plan: TrendsPlan, series: Series): Row[] {
  const { query, context } = plan
  const filters = [...query.filters, ...series.filters]
  const list = context.roles.properties.items
  return world.events
    .filter(
      ({ event, person }) =>
        (typeof series.event === 'string' ? event === series.event : true) && filters.every((filter) => keepsPerson(world, filter, { person, context })),
    )
    .flatMap(({ person, timestamp: at, session, properties }) => {
      const facts = factsOf(world, { person, session, now: context.now })
      const ofSession = filters.filter((filter) => 'of' in filter && filter.of === 'session') as SessionFilter[]
      if (!ofSession.every((filter) => matches(facts?.[filter.property], operatorOf(filter), context))) return []
      const items = itemsOf(properties, list)
      const ofEvent = filters.filter((filter) => 'of' in filter && filter.of === 'event') as PropertyFilter[]
      const meets = (item: Properties | null) =>
        ofEvent.every((filter) => matches(readValue({ properties, item, list }, filter.property), operatorOf(filter), context))
      if (items.length === 0 ? !meets(null) : !items.some(meets)) return []
      return pairsOf(plan, series, { properties, items: items.filter(meets), all: items }).flatMap(({ key, number }) =>
        keysOf(world, plan, { person, key, facts }).map((each) => ({ person, at, session, key: each, number })),
      )
    })
}

function itemsOf(properties: Properties, list: string | undefined): Properties[] {
  const value = list === undefined ? undefined : properties[list]
  return Array.isArray(value) ? (value as Properties[]) : []
}

function readValue(
  { properties, item, list }: { properties: Properties; item: Properties | null; list: string | undefined },
  key: string,
): JsonValue | undefined {
  const own = properties[key]
  return item === null || key === list || (own !== undefined && own !== null) ? own : item[key]
}

function pairsOf(
  plan: TrendsPlan,
  series: Series,
  { properties, items, all }: { properties: Properties; items: Properties[]; all: Properties[] },
): { key: string; number: number | null }[] {
  const { breakdown } = plan.query
  const property = breakdown !== undefined && 'property' in breakdown && breakdown.of === 'event' ? breakdown.property : undefined
  const isField = (key: string | undefined) => key !== undefined && (properties[key] ?? null) === null && all.some((item) => (item[key] ?? null) !== null)
  const pair = (item: Properties | null) => ({
    key: property === undefined ? '' : (textOf((isField(property) ? item?.[property] : properties[property]) ?? null) ?? ''),
    number: series.property === undefined ? null : numberOf((isField(series.property) ? item?.[series.property] : properties[series.property]) ?? null),
  })
  if (!isField(property) && !isField(series.property)) return [pair(null)]
  const pairs = items.map(pair)
  if (series.property === undefined || isField(series.property)) return pairs
  return [...new Map(pairs.map((each) => [each.key, each])).values()]
}

type Facts = ReturnType<typeof sessionsOf>[number]['facts']

/** Of the whole session, whenever its events were, up to now. */
function factsOf({ events }: NaiveWorld, { person, session, now }: { person: number; session: string; now: number }): Facts | undefined {
  const own = events.flatMap((each, position) =>
    each.person === person && each.session === session && session !== '' && each.timestamp <= now
      ? [{ ...each, personId: person, sessionId: session, position }]
      : [],
  )
  return sessionsOf(own.sort((one, other) => one.timestamp - other.timestamp))[0]?.facts
}

function keysOf(
  { persons, lists }: NaiveWorld,
  { query }: TrendsPlan,
  { person, key, facts }: { person: number; key: string; facts: Facts | undefined },
): string[] {
  const { breakdown } = query
  if (breakdown === undefined) return ['']
  if ('segments' in breakdown) return breakdown.segments.filter((id) => id === 0 || lists.get(id)?.has(person)).map(String)
  if (breakdown.of === 'session') return [textOf(facts?.[breakdown.property]) ?? '']
  return [breakdown.of === 'event' ? key : (textOf(persons.get(person)?.[breakdown.property]) ?? '')]
}

function keepsPerson(world: NaiveWorld, filter: Filter, { person, context }: { person: number; context: TrendsPlan['context'] }): boolean {
  const { persons, lists } = world
  if ('in' in filter && typeof filter.in === 'number') return lists.get(filter.in)?.has(person) ?? false
  if ('notIn' in filter) return !(lists.get(filter.notIn)?.has(person) ?? false)
  if (!('of' in filter) || filter.of === 'event' || filter.of === 'session') return true
  if (filter.of === 'trait') return keepsTrait(world, filter, { person, context })
  return matches(persons.get(person)?.[filter.property], operatorOf(filter), context)
}

function zoned(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}
