import type { PeoplePage, Segment, SegmentComparison, SegmentDifference } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findProject } from '../../src/projects/projects.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'
import { startTestServer, type TestEvent, type TestProject, type TestServer } from '../test-server.ts'
import { type PlainValue, plainDifferences } from './plain-differences.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const day = 86_400_000

interface Shopper {
  id: string
  fan: boolean
  plan: 'pro' | 'basic'
  email: boolean
  channel: string
  /** Days ahead. */
  renews: number
  /** Days ago, oldest first. */
  orders: { ago: number; value: number; category: string; discount: number }[]
  refunds: number
  pages: string[]
}
const from = <Item>(list: readonly Item[], index: number) => list[index % list.length] as Item
/** Thirty fans and fifty others, by rule: fans order more often, more lately and for more, and look at other pages. */
const shoppers = Array.from({ length: 80 }, (_, index): Shopper => {
  const fan = index < 30
  const count = fan ? 1 + (index % 4) : index % 3 === 0 ? 1 + (index % 2) : 0
  return {
    id: `s${index}`,
    fan,
    plan: (fan ? index % 5 !== 0 : index % 5 === 0) ? 'pro' : 'basic',
    email: index % (fan ? 2 : 7) === 0,
    channel: from(fan ? ['Email', 'Email', 'Direct'] : ['Direct', 'Paid search'], index),
    renews: (fan ? 200 : -20) + index,
    orders: Array.from({ length: count }, (_, order) => ({
      ago: (fan ? 5 : 150) + ((index * 7) % 60) + 70 * (count - order - 1) + 0.25,
      value: (fan ? 60 : 20) + ((index * 13 + order * 5) % 17) + 0.1,
      category: from(fan ? ['Shoes', 'Hats'] : ['Hats', 'Coats', 'Socks'], index + order),
      discount: (index + order) % (fan ? 5 : 2) === 0 ? 3 : 0,
    })),
    refunds: index % (fan ? 9 : 6) === 0 && count > 0 ? 1 : 0,
    pages: Array.from({ length: 3 + (index % 3) }, (_, page) => from(fan ? ['home', 'sale', 'sale', 'blog'] : ['home', 'help', 'home', 'jobs'], index + page)),
  }
})

let server: TestServer
let project: TestProject
let fans = 0
let others = 0

const eventsOf = ({ id, fan, plan, email, channel, renews, orders, refunds, pages }: Shopper, index: number): TestEvent[] => {
  const did = (event: string, ago: number, properties: object) => ({ event, distinctId: id, timestamp: now - ago * day, properties: { ...properties } })
  const set = { fan, plan, country: 'Ireland', postal_code: fan ? 'D02' : 'D04', religion: fan ? 'x' : 'y', ...(email && { email: `${id}@example.com` }) }
  const renewal = new Date(now + renews * day).toISOString()
  return [
    { ...did('joined', 500, { $channel: channel, renews_on: renewal }), set },
    ...orders.map(({ ago, ...order }) => did('order', ago, order)),
    ...Array.from({ length: refunds }, () => did('refund', 1, {})),
    ...pages.map((page, place) =>
      did('view', 30 - place, {
        page,
        secret: fan ? 1 : 0,
        religion: fan ? 'x' : 'y',
        visit: Array.from({ length: 20 }, (_, each) => `${index}-${place}-${each}`),
      }),
    ),
  ]
}

const traits: Record<string, object> = {
  pages_seen: { distinct: { did: { any: true }, property: 'page' } },
  usual_page: { mostFrequent: { did: 'view', property: 'page' } },
  two_pages: { topList: { did: 'view', property: 'page', n: 2 } },
  last_visits: { topList: { did: 'view', property: 'visit', n: 100 } },
  renewal: { firstValue: { did: 'joined', property: 'renews_on', as: 'date' } },
  spent_for_each_page: { formula: { text: 'A / B', of: [{ trait: 'total_spent' }, { trait: 'pages_seen' }] } },
  tier: { labels: { first: [{ label: 'gold', where: { property: 'plan', is: ['pro'] } }], otherwise: 'silver' } },
}
/** Each computed from something sensitive, in another way. */
const masked: Record<string, object> = {
  usual_faith: { mostFrequent: { did: 'view', property: 'religion' } },
  faithful: { labels: { first: [{ label: 'yes', where: { not: { all: [{ property: 'religion', is: ['x'] }] } } }] } },
  secrets: { count: { did: 'view', where: [{ property: 'secret', atLeast: 1 }] } },
  secrets_twice: { formula: { text: 'A * 2', of: [{ trait: 'secrets' }] } },
  secretive: { labels: { first: [{ label: 'yes', where: { did: 'view', count: { atLeast: 1 }, where: [{ property: 'secret', atLeast: 1 }] } }] } },
  near_by: { labels: { first: [{ label: 'yes', where: { place: 'profile', postalCode: 'D02' } }] } },
  measured: { labels: { first: [{ label: 'yes', where: { did: 'view', sum: { property: 'secret', atLeast: 1 } } }] } },
}

beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({
    roles: { events: { order: ['order'], refund: ['refund'] }, properties: { value: 'value', category: 'category', discount: 'discount' } },
  })
  await project.append(shoppers.flatMap(eventsOf))
  const segment = async (name: string, where: object) => (await project.post<Segment>('/segments', { name, definition: { where } })).id
  fans = await segment('Fans', { property: 'fan', is: true })
  others = await segment('Others', { property: 'fan', is: false })
  const ofFaith = await segment('Of a faith', { property: 'religion', is: ['x'] })
  await project.patch('/data/properties', { of: 'event', name: 'secret', sensitive: true })
  await project.patch('/data/properties', { of: 'person', name: 'postal_code', sensitive: true })
  const member = { labels: { first: [{ label: 'yes', where: { in: ofFaith } }] } }
  for (const [name, definition] of Object.entries({ ...traits, ...masked, member })) await project.post('/traits', { name, label: name, definition })
}, 120_000)
afterAll(() => server.close())

const seasons: Record<number, string> = { 11: 'Winter', 0: 'Winter', 1: 'Winter', 2: 'Spring', 3: 'Spring', 4: 'Spring', 5: 'Summer', 6: 'Summer', 7: 'Summer' }
/** The most frequent first, among equals the one that sorts first. */
const frequent = (texts: readonly string[]) => {
  const times = (text: string) => texts.filter((each) => each === text).length
  return [...new Set(texts)].toSorted((one, other) => times(other) - times(one) || (one < other ? -1 : 1))
}
const over = (part: number, of: number) => (of === 0 ? null : part / of)

/** What each trait is of one shopper, by a plain reading of the list above. */
function valuesOf({ plan, email, channel, renews, orders, refunds, pages }: Shopper): Record<string, PlainValue> {
  const count = orders.length
  const spent = orders.reduce((sum, { value }) => sum + value, 0)
  const [first, last] = [orders[0], orders.at(-1)]
  const at = (order: { ago: number }) => new Date(now - order.ago * day)
  const months = first === undefined ? 0 : (2026 - at(first).getUTCFullYear()) * 12 + 2 - at(first).getUTCMonth() + 1
  const lapsed = last !== undefined && last.ago > 180
  return {
    total_orders: count,
    total_spent: spent,
    average_order_value: over(spent, count),
    first_order_date: first === undefined ? null : first.ago,
    days_since_last_order: last === undefined ? null : Math.floor(last.ago),
    mean_days_between_orders: first === undefined || last === undefined || count < 2 ? null : (first.ago - last.ago) / (count - 1),
    customer_type: count === 0 ? null : count === 1 ? 'new' : 'returning',
    preferred_product_categories: frequent(orders.map(({ category }) => category)).slice(0, 3),
    discount_share: over(100 * orders.filter(({ discount }) => discount > 0).length, count),
    favourite_season: frequent(orders.map((order) => seasons[at(order).getUTCMonth()] ?? 'Autumn'))[0] ?? null,
    refund_rate: over(100 * refunds, count),
    orders_per_month: over(count, months),
    average_spend_per_month: over(spent, months),
    acquisition_channel: channel,
    lifecycle_stage: count === 0 ? (email ? 'lead' : 'visitor') : lapsed ? 'lapsed' : count > 1 ? 'repeat' : 'customer',
    pages_seen: new Set(pages).size,
    usual_page: frequent(pages)[0] ?? null,
    two_pages: frequent(pages).slice(0, 2),
    renewal: -renews,
    spent_for_each_page: over(spent, new Set(pages).size),
    tier: plan === 'pro' ? 'gold' : 'silver',
  }
}

const ofTraits = ({ differences }: SegmentComparison) => differences.filter(({ kind }) => kind === 'trait' || kind === 'traitValue')
const keyOf = (difference: SegmentDifference) => `${difference.name}${'value' in difference ? ` ${difference.value}` : ''}`
/** The order of those that are equally far apart is not told. */
const byEffect = (one: SegmentDifference, other: SegmentDifference) => Math.abs(other.effect) - Math.abs(one.effect) || (keyOf(one) < keyOf(other) ? -1 : 1)
const compare = (of: TestProject, body: object) => of.post<SegmentComparison>('/segments/compare', body)

/** Exactly these differences, of these sizes. */
function expectDifferences(comparison: SegmentComparison, groups: Record<'a' | 'b', readonly Record<string, PlainValue>[]>): void {
  const names = Object.keys(groups.a[0] ?? {})
  const of = (side: 'a' | 'b', name: string) => groups[side].map((values) => values[name] ?? null)
  const expected = new Map(names.flatMap((name) => plainDifferences(name, of('a', name), of('b', name))))
  const found = ofTraits(comparison)
  expect(found.map(keyOf).toSorted()).toEqual([...expected.keys()].toSorted())
  for (const difference of found) {
    const plain = expected.get(keyOf(difference))
    for (const number of ['a', 'b', 'low', 'high', 'effect'] as const) {
      expect(difference[number], `${keyOf(difference)}: ${number}`).toBeCloseTo(plain?.[number] ?? Number.NaN, 7)
    }
  }
}

const groups = { a: shoppers.filter(({ fan }) => fan).map(valuesOf), b: shoppers.filter(({ fan }) => !fan).map(valuesOf) }

test('traits of people differ as a plain reading of their events says, and by nothing else', async () => {
  const comparison = await compare(project, { a: fans, b: others })
  expectDifferences(comparison, groups)
  const found = (name: string) => ofTraits(comparison).filter((each) => each.name === name)
  // Whoever never ordered did so 0 times, and has no average of orders.
  expect(found('total_orders')[0]).toMatchObject({ kind: 'trait', label: 'Total orders' })
  expect(found('first_order_date')[0]).toMatchObject({ kind: 'trait', label: 'Days since first order' })
  expect(found('tier')[0]).toMatchObject({ kind: 'traitValue', isList: false })
  expect(found('two_pages')[0]).toMatchObject({ kind: 'traitValue', isList: true })
  expect(comparison.leftOut).toEqual([])
  const alone = await compare(project, { a: fans })
  expect(ofTraits(alone)).toEqual(ofTraits(comparison))
  expect(ofTraits(await compare(project, { a: fans, b: fans }))).toEqual([])
}, 60_000)

test('asked for in parts it is told in parts, which make the whole', async () => {
  const parts = await Promise.all([['properties'], ['events'], ['traits']].map((by) => compare(project, { a: fans, b: others, by })))
  const whole = await compare(project, { a: fans, b: others })
  const kinds = parts.map(({ differences }) => [...new Set(differences.map(({ kind }) => kind))].toSorted())
  expect(kinds).toEqual([['value'], ['event'], ['trait', 'traitValue']])
  expect(parts.flatMap(({ differences }) => differences).toSorted(byEffect)).toEqual(whole.differences.toSorted(byEffect))
  expect(parts.reduce((sum, { examined }) => sum + examined, 0)).toBe(whole.examined)
  await expect(compare(project, { a: fans, by: ['dreams'] })).rejects.toThrow(/request\/invalid.*by\.0/)
  await expect(compare(project, { a: fans, by: [] })).rejects.toThrow(/request\/invalid/)
}, 60_000)

test('a share opens those whom it counts', async () => {
  const { differences } = await compare(project, { a: fans, b: others })
  const shares = differences.filter((each) => each.kind === 'traitValue')
  expect(shares.length).toBeGreaterThan(8)
  for (const { name, value, isList, a } of shares) {
    const condition = isList ? { trait: name, hasAnyOf: [value] } : { trait: name, is: [value] }
    const { total } = await project.post<PeoplePage>('/segments/people', { definition: { where: { all: [{ in: fans }, condition] } } })
    expect(total, `${name} ${value}`).toBe(Math.round(a * 30))
  }
}, 60_000)

test('what is kept of traits is read, with the events since', async () => {
  await new Upkeep(server.parts, { leastEvents: 1, eventsOfEach: 0, bareEventsOfEach: 0, lag: 1 }).run()
  const { kept } = await questionContext(server.parts, await findProject(server.parts, project.project.id))
  expect(kept?.size).toBeGreaterThan(8)
  expectDifferences(await compare(project, { a: fans, b: others }), groups)
  const more = shoppers
    .slice(0, 5)
    .map(({ id }) => ({ event: 'order', distinctId: id, timestamp: now - 2.25 * day, properties: { value: 500, category: 'Hats', discount: 0 } }))
  await project.append(more)
  const later = shoppers.map((one, index) => ({
    ...one,
    orders: [...one.orders, ...(index < 5 ? [{ ago: 2.25, value: 500, category: 'Hats', discount: 0 }] : [])],
  }))
  const ofFans = (is: boolean) => later.filter(({ fan }) => fan === is).map(valuesOf)
  expectDifferences(await compare(project, { a: fans, b: others }), { a: ofFans(true), b: ofFans(false) })
}, 60_000)

test('of more traits than can be looked at the answer names the rest', async () => {
  const many = await server.createProject()
  await many.append([{ event: 'seen', distinctId: 'ann' }])
  for (let index = 10; index < 71; index++) {
    await many.post('/traits', { name: `own_${index}`, label: `Own ${index}`, definition: { count: { did: `event ${index}` } } })
  }
  const { id } = await many.post<Segment>('/segments', { name: 'All', definition: { where: { did: 'seen' } } })
  // Of the built-in ones only the first channel has values where no event has a role.
  expect((await compare(many, { a: id })).leftOut.map(({ name }) => name)).toEqual(['own_69', 'own_70'])
}, 60_000)

test('a persona is drafted of a segment that traits set apart', async () => {
  expect(await project.get(`/segments/${fans}/persona/draft`)).toMatchObject({ name: expect.stringContaining('Fans') })
}, 60_000)

interface Firm {
  key: string
  big: boolean
  employees: number
  people: { id: string; department: string; seats: number; active: boolean; exports: number }[]
}
const firms = Array.from({ length: 40 }, (_, index): Firm => {
  const big = index < 15
  return {
    key: `f${index}`,
    big,
    employees: (big ? 400 : 30) + (index % 6),
    people: Array.from({ length: big ? 3 + (index % 2) : index % 3 }, (_person, place) => ({
      id: `f${index}-${place}`,
      department: from(big ? ['Sales', 'Legal', 'Design'] : ['Sales'], index + place),
      seats: (big ? 9 : 4) + ((index + place) % 3),
      active: (index + place) % (big ? 4 : 2) !== 0,
      exports: (big ? 3 : 1) + (index % 2),
    })),
  }
})

/** What each trait is of one account, by the list above; only events that carry it count. */
function valuesOfFirm({ employees, people }: Firm): Record<string, PlainValue> {
  const active = people.filter((person) => person.active)
  const exported = people.reduce((sum, person) => sum + person.exports, 0)
  return {
    active_people: active.length,
    active_departments: new Set(active.map(({ department }) => department)).size,
    use_per_employee: active.reduce((sum, person) => sum + person.exports, 0) / employees,
    exports: exported,
    mean_seats: over(
      people.reduce((sum, { seats }) => sum + seats, 0),
      people.length,
    ),
    usual_format:
      people.length === 0
        ? null
        : (frequent(people.flatMap((person) => Array.from({ length: person.exports }, () => (person.seats > 8 ? 'pdf' : 'csv'))))[0] ?? null),
    size: employees > 100 ? 'large' : 'small',
  }
}

test('traits of accounts are those of their events and of their people, of the type that is compared', async () => {
  const b2b = await server.createProject()
  const about = (type: string, key: string, set: object) => ({
    event: '$groupidentify',
    distinctId: `${type}-${key}`,
    timestamp: now - 200 * day,
    properties: { $group_type: type, $group_key: key, $group_set: { ...set } },
  })
  const events = firms.flatMap(({ key, big, employees, people }): TestEvent[] => [
    about('company', key, { employees, big, religion: big ? 'x' : 'y' }),
    ...people.flatMap(({ id, department, seats, active, exports }) =>
      Array.from({ length: exports }, () => ({
        event: 'exported',
        distinctId: id,
        groups: { company: key, team: 'red' },
        timestamp: now - (active ? 3 : 60) * day,
        properties: { format: seats > 8 ? 'pdf' : 'csv' },
        set: { department, seats },
      })),
    ),
    // Without the account it is no event of it.
    ...people.slice(0, 1).map(({ id }) => ({ event: 'exported', distinctId: id, timestamp: now - 70 * day })),
  ])
  await b2b.append([...events, about('team', 'red', { employees: 5 }), about('team', 'blue', { employees: 6 })])
  const own: Record<string, object> = {
    exports: { accountType: 'company', count: { did: 'exported' } },
    mean_seats: { people: { of: 'avg', property: 'seats' } },
    usual_format: { mostFrequent: { did: 'exported', property: 'format' } },
    size: { labels: { first: [{ label: 'large', where: { property: 'employees', moreThan: 100 } }], otherwise: 'small' } },
    of_teams: { accountType: 'team', count: { did: 'exported' } },
    of_faith: { people: { of: 'count', where: { account: { atLeast: 1 }, where: { property: 'religion', is: ['x'] } } } },
    a_faith: { labels: { first: [{ label: 'yes', where: { property: 'religion', is: ['x'] } }] } },
  }
  for (const [name, definition] of Object.entries(own)) await b2b.post('/traits', { name, label: name, definition: { unit: 'account', ...definition } })
  const segment = async (name: string, big: boolean) =>
    (await b2b.post<Segment>('/segments', { name, definition: { unit: 'account', accountType: 'company', where: { property: 'big', is: big } } })).id
  const [big, small] = [await segment('Big', true), await segment('Small', false)]
  const comparison = await compare(b2b, { a: big, b: small })
  // Who told of an account is one of its people too, who did nothing lately and has no seats.
  const ofFirms = (is: boolean) => firms.filter((firm) => firm.big === is).map(valuesOfFirm)
  expectDifferences(comparison, { a: ofFirms(true), b: ofFirms(false) })
  expect(ofTraits(comparison).some(({ name }) => name === 'exports')).toBe(true)
  expect(ofTraits(await compare(b2b, { a: big }))).toEqual(ofTraits(comparison))
}, 60_000)
