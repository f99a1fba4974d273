import { answerTrends, type CellRow, type CompileContext, planTrends, pointPeople, render, sql, type TrendsPlan, trendsSql } from '@kindred/engine'
import { type BreakdownKey, type InsightRow, measures, type Properties, propertyMeasures, trendsQuerySchema } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { textlessOf } from '../textless.ts'
import { traitsKnown } from './naive-traits.ts'
import { naiveLines } from './naive-trends.ts'
import type { NaiveWorld } from './naive-world.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Santiago', 'Pacific/Auckland'] as const
/** Weeks with a change of clocks in most of the zones. */
const around = [Date.UTC(2026, 2, 27), Date.UTC(2026, 9, 23), Date.UTC(2026, 3, 3), Date.UTC(2026, 8, 4)] as const
const hour = 3_600_000

const text = fc.constantFrom('a', 'b', 'c', 'd', '5', '')
const scalar = fc.oneof(text, fc.constantFrom(5, 12.5, 0.07, -3, true, null))
const item = fc.record({ kind: text, price: fc.constantFrom<string | number>(1, 2.5, 'x') }, { requiredKeys: [] })
const properties: fc.Arbitrary<Properties> = fc.record(
  { plan: scalar, kind: text, price: scalar, $browser: text, $pathname: fc.constantFrom('/', '/a'), $channel: text, items: fc.array(item, { maxLength: 3 }) },
  { requiredKeys: [] },
)
const event = fc.record({
  event: fc.constantFrom('view', 'order', '$pageview'),
  person: fc.integer({ min: 1, max: 5 }),
  after: fc.integer({ min: 0, max: 6 * 24 * 60 }).map((minutes) => minutes * 60_000),
  session: fc.constantFrom('', 's1', 's2'),
  properties,
})
const person = fc.record({ country: scalar }, { requiredKeys: [] })
const world = fc.record({
  start: fc.constantFrom(...around),
  events: fc.array(event, { maxLength: 30 }),
  persons: fc.array(person, { maxLength: 4 }),
  list: fc.subarray([1, 2, 3, 4]),
})

const eventFilter = fc.constantFrom(
  { of: 'event', property: 'plan', is: ['a', 5] },
  { of: 'event', property: 'plan', isNot: 'b' },
  { of: 'event', property: 'kind', is: 'a' },
  { of: 'event', property: 'price', atLeast: 2 },
  { of: 'event', property: '$browser', missing: true },
)
const personFilter = fc.constantFrom(
  { of: 'person', property: 'country', is: 'a' },
  { of: 'person', property: 'country', isNot: ['a', 'b'] },
  { in: 7 },
  { notIn: 7 },
)
const traitFilter = fc
  .constantFrom(
    { trait: 'orders', atLeast: 2 },
    { trait: 'orders', atMost: 1 },
    { trait: 'orders', notEquals: 0 },
    { trait: 'orders', rank: { top: 1 } },
    { trait: 'views_lately', equals: 0 },
    { trait: 'last_view', withinLast: '3 days' },
    { trait: 'last_view', missing: true },
    { trait: 'orders_by_view', lessThan: 1 },
    { trait: 'kind', is: 'buyer' },
    { trait: 'kind', isNot: ['buyer'] },
  )
  .map((condition) => ({ of: 'trait', ...condition }))
const sessionFilter = fc
  .constantFrom(
    { property: 'entry_page', is: '/' },
    { property: 'entry_page', isNot: '/' },
    { property: 'bounced', is: true },
    { property: 'bounced', isNot: true },
    { property: 'pages', atLeast: 2 },
    { property: 'pages', notEquals: 1 },
    { property: 'length', lessThan: 3600 },
    { property: 'channel', missing: true },
  )
  .map((condition) => ({ of: 'session', ...condition }))
const filters = fc.array(fc.oneof(eventFilter, personFilter, traitFilter, sessionFilter), { maxLength: 2 })
const series = fc
  .record({
    event: fc.constantFrom('view', 'order', '$pageview', { any: true }),
    measure: fc.constantFrom(...measures),
    property: fc.constantFrom('price', 'plan'),
    filters,
  })
  .map(({ property, ...rest }) => ((propertyMeasures as readonly string[]).includes(rest.measure) ? { ...rest, property } : rest))
const breakdown = fc.oneof(
  fc.record({
    of: fc.constantFrom('event', 'person'),
    property: fc.constantFrom('plan', 'kind', 'country', '$browser'),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    of: fc.constant('session'),
    property: fc.constantFrom('entry_page', 'bounced', 'pages', 'length', 'channel'),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ segments: [7, 0] }),
)
const rangeOf = (start: number) => {
  const day = (count: number) => new Date(start + count * 24 * hour).toISOString().slice(0, 10)
  return fc.constantFrom(
    { from: '-3d' },
    { from: '-30h' },
    { from: day(1), to: day(4) },
    { from: day(-20), to: day(5) },
    { from: `${day(1)}T07:30`, to: day(3) },
    { from: 'all' },
  )
}
const question = world.chain((known) =>
  fc.record({
    known: fc.constant(known),
    timezone: fc.constantFrom(...zones),
    weekStart: fc.constantFrom('sunday' as const, 'monday' as const),
    items: fc.boolean(),
    query: fc
      .record(
        {
          series: fc.array(series, { minLength: 1, maxLength: 3 }),
          breakdown,
          filters,
          range: rangeOf(known.start),
          interval: fc.constantFrom('hour', 'day', 'week', 'month'),
          display: fc.constantFrom('line', 'table'),
          cumulative: fc.boolean(),
        },
        { requiredKeys: ['series', 'range', 'interval'] },
      )
      // A measure that looks back cannot be cumulative too: that is refused, as a test of the plan says.
      .map((query) => (query.series.some(({ measure }) => measure.endsWith('Active')) ? { ...query, cumulative: false } : query)),
  }),
)

let projects = 100

interface Known {
  start: number
  events: { event: string; person: number; after: number; session: string; properties: Properties }[]
  persons: Properties[]
  list: number[]
}

/** Person 5 was merged into 1. */
async function insert(projectId: number, { start, events, persons, list }: Known): Promise<NaiveWorld> {
  const stored = events.map((each) => ({ ...each, timestamp: start + each.after }))
  if (stored.length > 0) {
    await harness.insertEvents(
      stored.map((each, index) => ({
        projectId,
        event: each.event,
        personId: each.person,
        timestamp: each.timestamp,
        // Of events of one instant the first by position tells what a session began with.
        position: index + 1,
        properties: { ...each.properties, $session_id: each.session },
      })),
    )
  }
  if (persons.length > 0) await harness.insertPersons(persons.map((properties, index) => ({ projectId, personId: index + 1, properties })))
  await harness.insertRows('person_overrides', [{ project_id: projectId, from_id: 5, to_id: 1, version: 1 }])
  if (list.length > 0)
    await harness.insertRows(
      'segment_lists',
      list.map((id) => ({ project_id: projectId, segment_id: 7, person_id: id })),
    )
  const known = list.filter((id) => id <= persons.length)
  return {
    events: stored.map((each) => ({ ...each, person: each.person === 5 ? 1 : each.person })),
    persons: new Map(persons.map((properties, index) => [index + 1, properties])),
    lists: new Map([[7, new Set(known)]]),
  }
}

function nameOf(key: BreakdownKey | undefined): string {
  if (key === undefined || key.kind === 'none') return ''
  if (key.kind === 'segment') return String(key.id)
  return key.kind === 'value' ? key.value : 'other'
}

const numbersOf = (plan: TrendsPlan, row: InsightRow) => (plan.periods[0]?.buckets.length === 0 ? [row.total] : row.data)

function expectLine(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length)
  got.forEach((value, index) => {
    expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 6)
  })
}

test('random questions over random events read as plainly as can be', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ known, timezone, weekStart, items, query }) => {
      const projectId = projects++
      const naive = await insert(projectId, known)
      const context: CompileContext = {
        projectId,
        now: known.start + 6 * 24 * hour,
        timezone,
        weekStart,
        currency: 'EUR',
        roles: { events: {}, properties: items ? { items: 'items' } : {} },
        hasOverrides: true,
        textless: textlessOf({ events: known.events.map(({ properties }) => properties), people: known.persons }),
        segments: new Map([[7, { name: 'Seven', kind: 'frozen' }]]),
        traits: traitsKnown,
      }
      const plan = planTrends(trendsQuerySchema.parse(query), context, known.start)
      const answer = answerTrends(plan, await harness.store.query<CellRow>(trendsSql(plan)))
      for (const [index, each] of plan.query.series.entries()) {
        const rows = answer.rows.filter((row) => row.index === index)
        const lines = naiveLines(naive, plan, each)
        const shown = new Map(rows.map((row) => [nameOf(row.breakdown), row]))
        for (const row of rows.filter(({ breakdown: key }) => key?.kind !== 'other')) {
          const line = lines.find(({ key }) => key === nameOf(row.breakdown))
          expectLine(numbersOf(plan, row), line?.values ?? numbersOf(plan, row).map(() => 0))
        }
        const others = lines.filter(({ key }) => !shown.has(key))
        const other = shown.get('other')
        if (other === undefined) expect(others.filter(({ values }) => values.some((value) => value !== 0))).toEqual([])
        else
          expectLine(
            numbersOf(plan, other),
            numbersOf(plan, other).map((_, point) => others.reduce((sum, { values }) => sum + (values[point] ?? 0), 0)),
          )
      }
      await expectPeople(plan, answer.rows)
    }),
    { numRuns: Number(process.env.KINDRED_RUNS ?? 60) },
  )
})

/** Every headcount is the number of the people behind it. */
async function expectPeople(plan: TrendsPlan, rows: readonly InsightRow[]): Promise<void> {
  const points = rows.flatMap(({ index, breakdown: key, headcount, data, total }) => {
    if (!headcount) return []
    const point = { index, formula: false, compare: 'current' as const, ...(key === undefined ? {} : { breakdown: key }) }
    if (plan.periods[0]?.buckets.length === 0) return [{ point, value: total }]
    return data.slice(0, 4).map((value, place) => ({ point: { ...point, bucket: plan.periods[0]?.buckets[place]?.start ?? 0 }, value }))
  })
  for (const { point, value } of points.slice(0, 3)) {
    const { people, headcount } = pointPeople(plan, point)
    const [counted] = await harness.store.query<{ people: number }>(render(sql`select toUInt32(count()) as people from (${people})`))
    expect({ people: counted?.people, headcount }).toEqual({ people: value, headcount: true })
  }
}
