import { availableParallelism } from 'node:os'
import { render, sql } from '@kindred/engine'
import type {
  InsightAnswer,
  Page,
  PeoplePage,
  Project,
  Properties,
  QuestionProgress,
  SavedInsight,
  Segment,
  SegmentMembers,
  Trait,
  TrendsInput,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-18T10:00:00Z')
const hours = (count: number) => now - count * 3_600_000
let server: TestServer
let shop: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  shop = await server.createProject({
    timezone: 'Europe/Dublin',
    roles: { events: { order: ['order_completed'] }, properties: { value: 'revenue', currency: 'currency' } },
  })
  const order = (distinctId: string, ago: number, properties: Properties) => ({ event: 'order_completed', distinctId, timestamp: hours(ago), properties })
  await shop.append([
    ...['ann', 'bob', 'cy'].map((distinctId) => ({
      event: 'view',
      distinctId,
      timestamp: hours(30),
      set: { country: distinctId === 'cy' ? 'FR' : 'IE', note: '=1+1' },
    })),
    order('ann', 26, { revenue: 10.1, currency: 'EUR' }),
    order('ann', 25, { revenue: 20.2, currency: 'USD' }),
    order('bob', 2, { revenue: 'free', currency: 'EUR' }),
    order('ann', 300, { revenue: 5, currency: 'EUR' }),
  ])
})
afterAll(() => server.close())

const ask = (query: TrendsInput) => shop.post<InsightAnswer>('/insights/run', { query })
const orders: TrendsInput = { series: [{ event: { role: 'order' }, measure: 'people' }], display: 'number' }

test('who looks and never buys shows as 0 in a formula by country, with a row of its own', async () => {
  const { rows } = await ask({
    series: [
      { event: 'view', measure: 'people' },
      { event: { role: 'order' }, measure: 'people' },
    ],
    formulas: ['B / A'],
    breakdown: { of: 'person', property: 'country' },
    display: 'map',
  })
  expect(rows.map(({ breakdown, total, headcount }) => [breakdown, total, headcount])).toEqual([
    [{ kind: 'value', value: 'IE' }, 1, false],
    [{ kind: 'value', value: 'FR' }, 0, false],
  ])
})

test('a value that comes first in one series of a formula is never taken for nothing in another', async () => {
  const project = await server.createProject()
  const of = (event: string, page: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ event, distinctId: `${index}`, properties: { page } }))
  await project.append([...of('view', 'home', 9), ...of('view', 'shop', 5), ...of('buy', 'shop', 1), ...of('buy', 'home', 3)])
  const { rows } = await project.post<InsightAnswer>('/insights/run', {
    query: { series: [{ event: 'buy' }, { event: 'view' }], formulas: ['A / B'], breakdown: { of: 'event', property: 'page', limit: 1 }, display: 'ranking' },
  })
  expect(rows.map(({ breakdown, total }) => [breakdown, total])).toEqual([
    [{ kind: 'value', value: 'home' }, 1 / 3],
    [{ kind: 'other' }, 1 / 5],
  ])
})

test('a smoothed line is the mean of each point and those before it, rounded down', async () => {
  const project = await server.createProject()
  const dayBefore = (days: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ event: 'a', distinctId: `${index}`, timestamp: now - days * 86_400_000 }))
  await project.append([...dayBefore(3, 4), ...dayBefore(2, 1), ...dayBefore(0, 3)])
  const query: TrendsInput = { series: [{ event: 'a', measure: 'people' }], range: { from: '-3d' }, smoothing: 2 }
  const { rows } = await project.post<InsightAnswer>('/insights/run', { query })
  expect([rows[0]?.data, rows[0]?.headcount]).toEqual([[4, 2, 0, 1], false])
})

test('an answer tells what was left out and what was mixed', async () => {
  const answer = await ask({ series: [{ event: { role: 'order' }, measure: 'sum', property: 'revenue' }] })
  expect(answer.rows[0]?.total).toBe(30.3)
  expect(answer.notes).toEqual([
    'Revenue of “Order”: 1 value is no number and left out.',
    'Revenue of “Order”: amounts in EUR, USD are taken together without conversion.',
  ])
  expect(answer).toMatchObject({ timezone: 'Europe/Dublin', at: now, interval: 'day', watermark: server.parts.ingest.watermark() })
})

test('a watermark keeps an answer as it was', async () => {
  const project = await server.createProject()
  await project.append([{ event: 'a', distinctId: 'x' }])
  const query: TrendsInput = { series: [{ event: 'a' }], display: 'number' }
  const { watermark } = await project.post<InsightAnswer>('/insights/run', { query })
  await project.append([{ event: 'a', distinctId: 'y' }])
  const then = await project.post<InsightAnswer>('/insights/run', { query, watermark })
  const today = await project.post<InsightAnswer>('/insights/run', { query })
  expect([then.rows[0]?.total, then.watermark, today.rows[0]?.total]).toEqual([1, watermark, 2])
  expect((await project.post<PeoplePage>('/insights/people', { query, watermark, point: { index: 0 } })).total).toBe(1)
})

test('a question that waits is told its place by the id it was given, in its own project alone', async () => {
  const sleeping = render(sql`select sleep(3)`)
  const busy = Array.from({ length: availableParallelism() + 1 }, () => server.parts.store.query(sleeping))
  const id = crypto.randomUUID()
  const asked = server.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${shop.project.id}/insights/run`,
    headers: { ...shop.headers, 'x-kindred-question': id },
    payload: { query: orders },
  })
  const other = await server.createProject()
  await expect.poll(async () => (await shop.get<QuestionProgress>(`/questions/${id}`)).place, { timeout: 10_000, interval: 20 }).toBe(1)
  expect(await other.get<QuestionProgress>(`/questions/${id}`)).toEqual({ place: null, share: null })
  expect((await asked).statusCode).toBe(200)
  await Promise.all(busy)
  expect(await shop.get<QuestionProgress>(`/questions/${id}`)).toEqual({ place: null, share: null })
})

test('the people behind a number of a day are asked in the days of the answer, however late', async () => {
  const project = await server.createProject()
  await project.append([{ event: 'a', distinctId: 'x', timestamp: now - 1000 }])
  const query: TrendsInput = { series: [{ event: 'a', measure: 'people' }], range: { from: '-0d' } }
  const answer = await project.post<InsightAnswer>('/insights/run', { query })
  const point = { index: 0, bucket: answer.buckets.at(-1)?.start }
  expect(answer.rows[0]?.data.at(-1)).toBe(1)
  const later = { at: answer.at + 86_400_000, watermark: answer.watermark }
  expect((await project.post<InsightAnswer>('/insights/run', { query, ...later })).rows[0]?.total).toBe(0)
  expect((await project.post<PeoplePage>('/insights/people', { query, point, at: answer.at, watermark: answer.watermark })).total).toBe(1)
  await expect(project.post('/insights/run', { query, at: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({ status: 400 })
})

test('the people behind a number are as many as it says, a page at a time', async () => {
  const answer = await ask(orders)
  const page = await shop.post<PeoplePage>('/insights/people', { query: orders, point: { index: 0 }, limit: 1 })
  const next = await shop.post<PeoplePage>('/insights/people', { query: orders, point: { index: 0 }, limit: 1, offset: 1 })
  expect(page.total).toBe(answer.rows[0]?.total)
  expect([...page.results, ...next.results].map(({ label }) => label).sort()).toEqual(['ann', 'bob'])
  expect(page.says).toBe('People with “Order”')
})

test('people behind other values, sums and formulas are listed, and the words say which', async () => {
  const query: TrendsInput = { series: [{ event: { any: true } }], breakdown: { of: 'person', property: 'country', limit: 1 }, display: 'ranking' }
  const other = await shop.post<PeoplePage>('/insights/people', { query, point: { index: 0, breakdown: { kind: 'other' } } })
  expect([other.results.map(({ label }) => label), other.says]).toEqual([
    ['cy'],
    'People with “Any event” and a value that has no row of its own, each counted once',
  ])
  const formula: TrendsInput = { series: [{ event: 'view' }, { event: 'order_completed' }], formulas: ['A - B'] }
  const behind = await shop.post<PeoplePage>('/insights/people', { query: formula, point: { index: 0, formula: true } })
  expect([behind.total, behind.says]).toEqual([3, 'Everyone behind A or B of the formula; the number itself counts no people'])
})

test('a point kept as a rule has the same people, now and later; frozen it stays', async () => {
  const save = (mode: string) => shop.post<Segment>('/insights/segment', { query: orders, point: { index: 0 }, name: mode, mode })
  const [rule, frozen] = [await save('keep-updating'), await save('freeze')]
  expect([rule.kind, rule.count, frozen.kind, frozen.count]).toEqual(['rule', 2, 'frozen', 2])
  expect(rule.definition?.where).toEqual({ did: { role: 'order' }, within: { last: '7 days', wholeDays: true } })
  await shop.append([{ event: 'order_completed', distinctId: 'cy', timestamp: now - 1 }])
  const members = async ({ id }: Segment) => (await shop.get<SegmentMembers>(`/segments/${id}/members`)).total
  expect([await members(rule), await members(frozen), (await ask(orders)).rows[0]?.total]).toEqual([3, 2, 3])
})

test('a chart of months is a rule of whole months that holds the same people', async () => {
  const query: TrendsInput = { ...orders, range: { from: '-3m' }, interval: 'month', display: 'number' }
  const people = await shop.post<PeoplePage>('/insights/people', { query, point: { index: 0 } })
  const rule = await shop.post<Segment>('/insights/segment', { query, point: { index: 0 }, name: 'Months', mode: 'keep-updating' })
  expect(rule.definition?.where).toEqual({ did: { role: 'order' }, within: { last: '3 months', wholeMonths: true } })
  expect(rule.count).toBe(people.total)
})

test.each<[string, Pick<TrendsInput, 'range' | 'interval'>, object]>([
  ['today', { range: { from: 'dStart' }, interval: 'hour' }, { within: { period: 'today' } }],
  ['yesterday', { range: { from: '-1dStart', to: '-1dEnd' }, interval: 'hour' }, { within: { period: 'yesterday' } }],
  ['this month', { range: { from: 'mStart' } }, { within: { period: 'this month' } }],
  ['last month', { range: { from: '-1mStart', to: '-1mEnd' } }, { within: { period: 'last month' } }],
  ['this year', { range: { from: 'yStart' }, interval: 'month' }, { within: { period: 'this year' } }],
  ['24 hours', { range: { from: '-24h' }, interval: 'hour' }, { within: { last: '24 hours', wholeHours: true } }],
  ['a day until now', { range: { from: '2026-03-01' }, interval: 'month' }, { within: { from: '2026-03-01' } }],
  ['until a day', { range: { from: 'all', to: '2026-03-20' }, interval: 'month' }, { within: { to: '2026-03-20' } }],
  ['a month that ends in summer time', { range: { from: '2026-03-01', to: '2026-03-31' } }, { within: { from: '2026-03-01', to: '2026-03-31' } }],
  ['all time', { range: { from: 'all' }, interval: 'month' }, {}],
])('a chart of %s is a rule that moves with it and holds the same people', async (name, time, window) => {
  const query: TrendsInput = { series: [{ event: 'view' }], ...time, display: 'number' }
  const { total } = await shop.post<PeoplePage>('/insights/people', { query, point: { index: 0 } })
  const rule = await shop.post<Segment>('/insights/segment', { query, point: { index: 0 }, name, mode: 'keep-updating' })
  expect(rule.definition?.where).toEqual({ did: 'view', ...window })
  expect(rule.count).toBe(total)
})

test('one bucket is a rule with its own window, a moving range that no rule can say is refused', async () => {
  const query: TrendsInput = {
    series: [{ event: 'view', filters: [{ of: 'person', property: 'country', is: 'IE' }] }],
    breakdown: { of: 'person', property: 'country' },
  }
  const answer = await ask(query)
  const place = answer.rows[0]?.data.findIndex((value) => value > 0) ?? -1
  const point = { index: 0, breakdown: { kind: 'value', value: 'IE' }, bucket: answer.buckets[place]?.start }
  const segment = await shop.post<Segment>('/insights/segment', { query, point, name: 'One day', mode: 'keep-updating' })
  expect(segment.count).toBe(2)
  expect(segment.definition?.where).toEqual({
    all: [
      { did: 'view', within: { from: '2026-03-17', to: '2026-03-17' } },
      { property: 'country', is: 'IE' },
    ],
  })
  const moving = { ...orders, range: { from: '-3d', to: '-1d' } }
  await expect(shop.post('/insights/segment', { query: moving, point: { index: 0 }, name: 'Moving', mode: 'keep-updating' })).rejects.toThrow(
    'insight/not-a-rule',
  )
})

test('a filter on a trait is of the person as of now, opens to those people, and is a condition of the rule', async () => {
  const project = await server.createProject({ roles: { events: { order: ['buy'] }, properties: {} } })
  const buy = (distinctId: string, ago: number) => ({ event: 'buy', distinctId, timestamp: hours(ago) })
  // Ann's first order is out of range, Bob's second is in it too, Cy has one and Dee none; Eve is the same person as Fay.
  await project.append([buy('ann', 24 * 40), buy('ann', 30), buy('bob', 50), buy('bob', 3), buy('cy', 4), buy('eve', 60), buy('fay', 24 * 80)])
  await project.append([{ event: 'view', distinctId: 'dee', timestamp: hours(2) }])
  await project.append([{ event: '$identify', distinctId: 'fay', timestamp: hours(1), otherId: 'eve' }])
  const again = { of: 'trait' as const, trait: 'total_orders', atLeast: 2 }
  const bought = { event: { role: 'order' as const }, measure: 'people' as const }
  const query: TrendsInput = { series: [bought, { ...bought, filters: [again] }], formulas: ['B / A'], display: 'number' }
  const run = async (asked: TrendsInput) => (await project.post<InsightAnswer>('/insights/run', { query: asked })).rows.map(({ total }) => total)
  const plain: TrendsInput = { ...query, formulas: [] }
  expect(await run(plain)).toEqual([4, 3])
  expect(await run(query)).toEqual([3 / 4])
  expect(await run({ ...plain, filters: [{ ...again, atLeast: 1 }] })).toEqual([4, 3])
  expect(await run({ ...plain, filters: [{ of: 'trait', trait: 'customer_type', isNot: 'returning' }] })).toEqual([1, 0])
  expect(
    await run({ series: [{ event: { any: true }, measure: 'people' }], filters: [{ of: 'trait', trait: 'total_orders', equals: 0 }], display: 'number' }),
  ).toEqual([1])
  const people = await project.post<PeoplePage>('/insights/people', { query: plain, point: { index: 1 } })
  expect([people.total, people.results.map(({ label }) => label).filter((label) => label === 'cy' || label === 'dee')]).toEqual([3, []])
  const segment = await project.post<Segment>('/insights/segment', { query: plain, point: { index: 1 }, name: 'Again', mode: 'keep-updating' })
  expect(segment.definition?.where).toEqual({
    all: [
      { did: { role: 'order' }, within: { last: '7 days', wholeDays: true } },
      { trait: 'total_orders', atLeast: 2 },
    ],
  })
  expect(segment.count).toBe(3)
  const ranked = await run({ ...plain, filters: [{ of: 'trait', trait: 'total_orders', rank: { top: 1 } }] })
  expect(ranked).toEqual([3, 3])
})

test('a filter on the session is of the whole session, and a breakdown by where it began tells its bounces', async () => {
  const project = await server.createProject()
  const at = (minutes: number) => now - 3 * 86_400_000 + minutes * 60_000
  const page = (distinctId: string, minutes: number, [session, path]: [string, string]) => ({
    event: '$pageview',
    distinctId,
    timestamp: at(minutes),
    properties: { $session_id: session, $pathname: path },
  })
  await project.append([
    page('ann', 0, ['a', '/']),
    page('bob', 5, ['b', '/']),
    page('bob', 6, ['b', '/shop']),
    page('cy', 7, ['c', '/shop']),
    { event: 'clicked', distinctId: 'cy', timestamp: at(7) + 1000, properties: { $session_id: 'c' } },
    // Before the range, but of a session that reaches into it.
    page('dee', -60 * 24 * 9, ['d', '/old']),
    page('dee', 8, ['d', '/shop']),
    // Without a session of its own it is given one.
    { event: '$pageview', distinctId: 'eve', timestamp: at(9), properties: { $pathname: '/' } },
  ])
  const views = { event: '$pageview', measure: 'sessions' as const }
  const bounced: TrendsInput = {
    series: [views, { ...views, filters: [{ of: 'session', property: 'bounced', is: true }] }],
    formulas: ['B / A'],
    breakdown: { of: 'session', property: 'entry_page' },
    display: 'ranking',
  }
  const rowsOf = async (query: TrendsInput) =>
    (await project.post<InsightAnswer>('/insights/run', { query })).rows.map(({ breakdown, total }) => [
      breakdown?.kind === 'value' ? breakdown.value : breakdown?.kind,
      total,
    ])
  expect(await rowsOf(bounced)).toEqual([
    ['/', 2 / 3],
    ['/old', 0],
    ['/shop', 0],
  ])
  const people: TrendsInput = {
    series: [{ event: '$pageview', measure: 'people', filters: [{ of: 'session', property: 'pages', atLeast: 2 }] }],
    display: 'number',
  }
  expect(await rowsOf(people)).toEqual([[undefined, 2]])
  const behind = await project.post<PeoplePage>('/insights/people', { query: people, point: { index: 0 } })
  expect(behind.results.map(({ label }) => label).sort()).toEqual(['bob', 'dee'])
  const byPage: TrendsInput = { series: [{ event: '$pageview', measure: 'people' }], breakdown: { of: 'session', property: 'entry_page' }, display: 'table' }
  const began = await project.post<PeoplePage>('/insights/people', { query: byPage, point: { index: 0, breakdown: { kind: 'value', value: '/' } } })
  expect(began.results.map(({ label }) => label).sort()).toEqual(['ann', 'bob', 'eve'])
  const keep = (query: TrendsInput, point: object) => project.post('/insights/segment', { query, point, name: 'Visits', mode: 'keep-updating' })
  await expect(keep(people, { index: 0 })).rejects.toThrow('insight/not-a-rule')
  await expect(keep(byPage, { index: 0, breakdown: { kind: 'value', value: '/' } })).rejects.toThrow('insight/not-a-rule')
  await project.patch('/data/properties', { of: 'event', name: '$pathname', sensitive: true })
  await expect(project.post('/insights/run', { query: bounced })).rejects.toThrow('property/sensitive')
})

test('a trait that a saved insight filters by cannot be deleted', async () => {
  const project = await server.createProject()
  await project.post('/traits', { name: 'views', label: 'Views', definition: { count: { did: 'view' } } })
  const query: TrendsInput = { series: [{ event: 'view', filters: [{ of: 'trait', trait: 'views', moreThan: 3 }] }] }
  const saved = await project.post<SavedInsight>('/insights', { name: 'Often', query })
  expect((await project.get<Trait>('/traits/views')).usedBy).toEqual([{ kind: 'insight', id: String(saved.id), name: 'Often' }])
  await expect(project.delete('/traits/views')).rejects.toThrow('trait/in-use')
  await project.delete(`/insights/${saved.id}`)
  await project.delete('/traits/views')
})

async function fileOf(path: string, payload: object): Promise<string> {
  const reply = await server.app.inject({ method: 'POST', url: `/api/v1/projects/${shop.project.id}${path}`, headers: shop.headers, payload })
  return reply.body
}

test('the people behind a number as a file, formulas escaped', async () => {
  const file = await fileOf('/insights/people/export', { query: orders, point: { index: 0 }, columns: 'distinct_id,country,note', format: 'csv' })
  expect(
    file
      .split('\n')
      .filter((line) => line !== '')
      .sort(),
  ).toEqual(["ann,IE,'=1+1", "bob,IE,'=1+1", "cy,FR,'=1+1", 'distinct_id,country,note'])
})

test('money is in the one currency that the events carry, until one is set', async () => {
  const project = await server.createProject({ name: 'London' })
  const currency = async () => (await project.get<Project>('')).currency
  expect(await currency()).toBe('EUR')
  await project.append([{ event: 'order_completed', distinctId: 'a', properties: { revenue: 1, currency: 'gbp' } }])
  await expect.poll(currency).toBe('GBP')
  await project.append([{ event: 'order_completed', distinctId: 'a', properties: { revenue: 1, currency: 'USD' } }])
  await expect.poll(currency).toBe('EUR')
  await project.patch('', { currency: 'CHF' })
  expect(await currency()).toBe('CHF')
})

test('insights are saved, found, changed and deleted', async () => {
  const saved = await shop.post<SavedInsight>('/insights', { name: 'Orders', query: orders })
  expect(saved).toMatchObject({ name: 'Orders', display: 'number', query: { interval: 'day', series: [{ measure: 'people' }] } })
  const changed = await shop.put<SavedInsight>(`/insights/${saved.id}`, { name: 'Buyers', query: { ...orders, display: 'line' } })
  expect(await shop.get<Page<SavedInsight>>('/insights')).toEqual({ results: [changed], next: null })
  await shop.delete(`/insights/${saved.id}`)
  await expect(shop.get(`/insights/${saved.id}`)).rejects.toThrow('insight/not-found')
})

test.each([
  [{ series: [{ event: 'a' }], formulas: ['A +'] }, 'insight/formula'],
  [{ series: [{ event: 'a', filters: [{ of: 'event', property: 'p', matches: '(' }] }] }, 'insight/invalid'],
  [{ series: [{ event: 'a', filters: [{ in: 999 }] }] }, 'segment/not-found'],
  [{ series: [{ event: 'a', filters: [{ of: 'trait', trait: 'unheard_of', atLeast: 2 }] }] }, 'trait/not-found'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'trait', trait: 'active_people', atLeast: 2 }] }, 'insight/invalid'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'trait', trait: 'customer_type', rank: { top: 2 } }] }, 'insight/invalid'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'trait', trait: 'total_orders', atLeast: 2, atMost: 3 }] }, 'request/invalid'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'trait', trait: 'total_orders', atLeast: 2, property: 'x' }] }, 'request/invalid'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'session', property: 'entry_page', matches: '(' }] }, 'insight/invalid'],
  [{ series: [{ event: 'a' }], filters: [{ of: 'session', property: 'number', equals: 1 }] }, 'request/invalid'],
  [{ series: [{ event: 'a' }], breakdown: { of: 'session', property: 'mood' } }, 'request/invalid'],
  [{ series: [{ event: 'a', measure: 'weeklyActive' }], cumulative: true }, 'insight/invalid'],
  [{ series: [{ event: 'a' }], range: { from: '2020-01-01' }, interval: 'hour' }, 'insight/invalid'],
  [{ series: [{ event: 'a' }], unknown: 1 }, 'request/invalid'],
])('%j is refused with %s', async (query, code) => {
  await expect(shop.post('/insights/run', { query })).rejects.toThrow(code)
})
