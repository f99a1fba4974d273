import type { CapturedEvent, GuideReply, InsightAnswer, JsonValue } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulateShop } from '../../src/demo/simulate.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const roles = {
  events: {
    product_viewed: ['product_viewed'],
    product_list_viewed: ['product_list_viewed'],
    search: ['products_searched'],
    added_to_cart: ['product_added_to_cart'],
    checkout_started: ['checkout_started'],
    order: ['order_completed'],
    refund: ['order_refunded'],
  },
  properties: { value: 'revenue', items: 'items', quantity: 'quantity', category: 'category', price: 'price' },
}

let server: TestServer
let shop: TestProject
let events: CapturedEvent[]
const personOf = new Map<string, number>()
const reports = new Map<string, GuideReply['reports'][number]>()

const reportsOf = async (project: TestProject) => (await project.get<GuideReply>('/guides/e-commerce')).reports

beforeAll(async () => {
  server = await startTestServer({ now })
  shop = await server.createProject({ roles, timezone: 'Europe/Dublin' })
  events = [...simulateShop({ seed: 'reports', now, people: 200, months: 5 })].flat()
  for (let from = 0; from < events.length; from += 2000) await shop.append(events.slice(from, from + 2000))
  const { id } = shop.project
  const rows = await server.parts.catalog.selectFrom('distinct_ids').select(['person_id', 'distinct_id']).where('project_id', '=', id).execute()
  for (const { person_id, distinct_id } of rows) personOf.set(distinct_id, person_id)
  for (const report of await reportsOf(shop)) reports.set(report.name, report)
}, 240_000)
afterAll(() => server.close())

/** The report over its whole range at once, as opened, but for the display. */
async function answered(name: string): Promise<InsightAnswer> {
  const { query } = reports.get(name) ?? {}
  return shop.post<InsightAnswer>('/insights/run', { query: { ...query, display: query?.display === 'line' ? 'number' : query?.display } })
}
const only = ({ rows }: InsightAnswer) => rows.map(({ total }) => total)

const named = (name: string, { range }: InsightAnswer) =>
  events.filter(({ event, timestamp }) => event === name && timestamp >= range.from && timestamp <= range.to)
const people = (of: readonly CapturedEvent[]) => new Set(of.map(({ distinctId }) => personOf.get(distinctId))).size
const number = (value: JsonValue | undefined) => (typeof value === 'number' ? value : 0)
const sum = (of: readonly CapturedEvent[], property: string) =>
  of.reduce((total, { properties }) => total + Math.round(number(properties[property]) * 100), 0) / 100

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

function counts(of: readonly CapturedEvent[], property: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const { properties } of of) found.set(String(properties[property]), (found.get(String(properties[property])) ?? 0) + 1)
  return found
}

test.each([
  ['Revenue per visitor', 'order_completed'],
  ['Average order value', 'order_completed'],
  ['Items per order', 'order_completed'],
  ['Pages per session', '$pageview'],
  ['Searches without result', 'products_searched'],
])('%s is what plain arithmetic over the shop’s events finds', async (name, about) => {
  const answer = await answered(name)
  const those = named(about, answer)
  const views = named('$pageview', answer)
  const expected: Record<string, number> = {
    'Revenue per visitor': sum(those, 'revenue') / people(views),
    'Average order value': sum(those, 'revenue') / those.length,
    'Items per order': sum(those, 'quantity') / those.length,
    'Pages per session': views.length / new Set(views.map(({ properties }) => properties.$session_id)).size,
    'Searches without result': those.filter(({ properties }) => properties.results === 0).length / those.length,
  }
  expect(expected[name]).toBeGreaterThan(0)
  expect(only(answer)).toEqual([expect.closeTo(expected[name] ?? 0, 9)])
})

test.each([
  ['Browse to buy', 'product_viewed', 'order_completed'],
  ['List to product', 'product_list_viewed', 'product_viewed'],
  ['Product to cart', 'product_viewed', 'product_added_to_cart'],
])('%s is the people of one step by those of the other', async (...[name, from, to]) => {
  const answer = await answered(name)
  expect(only(answer)).toEqual([expect.closeTo(people(named(to, answer)) / people(named(from, answer)), 9)])
})

test('the repeat purchase rate is those with a second order, whenever it was, among those who ordered', async () => {
  const answer = await answered('Repeat purchase rate')
  const times = new Map<number | undefined, number>()
  for (const { event, distinctId } of events) {
    const person = personOf.get(distinctId)
    if (event === 'order_completed') times.set(person, (times.get(person) ?? 0) + 1)
  }
  const buyers = [...new Set(named('order_completed', answer).map(({ distinctId }) => personOf.get(distinctId)))]
  const again = buyers.filter((person) => (times.get(person) ?? 0) >= 2)
  expect(again.length).toBeGreaterThan(0)
  expect(again.length).toBeLessThan(buyers.length)
  expect(only(answer)).toEqual([expect.closeTo(again.length / buyers.length, 9)])
})

test('bounces by landing page are those who left a page at once, among the visits that began on it', async () => {
  const answer = await answered('Bounces by landing page')
  const visits = new Map(named('$pageview', answer).map(({ properties }) => [properties.$session_id, [] as CapturedEvent[]]))
  for (const event of events) visits.get(event.properties.$session_id)?.push(event)
  const pages = new Map<string, { all: number; bounces: number }>()
  for (const visit of visits.values()) {
    const views = visit.filter(({ event }) => event === '$pageview').toSorted((one, other) => one.timestamp - other.timestamp)
    const times = visit.map(({ timestamp }) => timestamp)
    const isBounce = views.length === 1 && Math.max(...times) - Math.min(...times) < 10_000 && visit.every(({ event }) => /^\$(?!autocapture)/.test(event))
    const page = String(views[0]?.properties.$pathname)
    const { all, bounces } = pages.get(page) ?? { all: 0, bounces: 0 }
    pages.set(page, { all: all + 1, bounces: bounces + Number(isBounce) })
  }
  const found = answer.rows.flatMap(({ breakdown, total }) => (breakdown?.kind === 'value' ? [{ page: breakdown.value, total }] : []))
  expect(found.length).toBeGreaterThan(1)
  expect(found.some(({ total }) => total > 0)).toBe(true)
  for (const { page, total } of found) {
    const { all, bounces } = pages.get(page) ?? { all: 0, bounces: 0 }
    expect({ page, total }).toEqual({ page, total: expect.closeTo(bounces / all, 9) })
  }
})

test.each([
  ['What is searched for in vain', 'products_searched', 'query'],
  ['Reasons for refunds', 'order_refunded', 'reason'],
])('%s lists each value as often as it occurs', async (...[name, event, property]) => {
  const answer = await answered(name)
  const those = named(event, answer).filter(({ properties }) => property !== 'query' || properties.results === 0)
  const found = new Map(answer.rows.flatMap(({ breakdown, total }) => (breakdown?.kind === 'value' ? [[breakdown.value, total]] : [])) as [string, number][])
  expect(found.size).toBeGreaterThan(1)
  const all = counts(those, property)
  for (const [value, total] of found) expect({ value, total }).toEqual({ value, total: all.get(value) })
  expect(answer.rows.reduce((total, row) => total + row.total, 0)).toBe(those.length)
})

test('loading time against conversion tells both for each kind of device', async () => {
  const answer = await answered('Loading time against conversion')
  const devices = [...counts(named('$pageview', answer), '$device_type').keys()]
  expect(devices.length).toBeGreaterThan(1)
  for (const device of devices) {
    const on = (event: string) => named(event, answer).filter(({ properties }) => properties.$device_type === device)
    const views = on('$pageview')
    const rows = answer.rows.filter(({ breakdown }) => breakdown?.kind === 'value' && breakdown.value === device)
    expect(rows.map(({ total }) => total)).toEqual([
      expect.closeTo(median(views.map(({ properties }) => number(properties.$performance_page_load))), 9),
      expect.closeTo((100 * people(on('order_completed'))) / people(views), 9),
    ])
  }
})

test('a report says what data it needs, whether the project has it, and asks by the names the project has', async () => {
  expect(Object.fromEntries((reports.get('Revenue per visitor')?.needs ?? []).map(({ says, has }) => [says, has]))).toEqual({
    orders: true,
    'page views': true,
    'the value of an order': true,
  })
  const other = await server.createProject({ roles: { events: { search: ['find'] }, properties: { value: 'paid' } } })
  await other.append([{ event: 'find', distinctId: 'ann', properties: { result_count: 0, term: 'skis' } }])
  const own = new Map((await reportsOf(other)).map((report) => [report.name, report]))
  const lacking = (name: string) => own.get(name)?.needs.flatMap(({ says, has }) => (has ? [] : [says]))
  expect(lacking('What is searched for in vain')).toEqual([])
  expect(lacking('Revenue per visitor')).toEqual(['orders', 'page views'])
  expect(lacking('List to product')).toEqual(['looks at lists of products', 'looks at products'])
  expect(own.get('What is searched for in vain')?.query).toMatchObject({
    series: [{ filters: [{ property: 'result_count', equals: 0 }] }],
    breakdown: { property: 'term' },
  })
  expect(own.get('Revenue per visitor')?.query.series[1]).toMatchObject({ measure: 'sum', property: 'paid' })
})
