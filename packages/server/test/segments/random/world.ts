import type { Properties, Roles } from '@kindred/model'
import fc from 'fast-check'
import type { History } from '../naive/history.ts'
import { consents, eventPlace, messageEvents, personPlace } from './world-of-messages.ts'

/** Two days after the clocks went forward in Berlin, so that days of 23 hours are among the windows. */
export const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000

export const names = ['order', 'view', 'Order Completed', 'cart']
export const roles: Roles = { events: { order: ['order', 'Order Completed'], refund: [] }, properties: { items: 'items' } }
export const countries = ['Ireland', 'ireland', 'Germany', '']
export const accountTypes = ['company', 'team']
export const industries = ['Software', 'Retail']
export const categories = ['shoes', 'hats']
export const price = fc.integer({ min: -300, max: 3000 }).map((cents) => cents / 100)
const item = fc.record({ category: fc.constantFrom(...categories), price, size: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] })
/** Times gather at the edges of the windows that definitions ask about. */
const time = fc.oneof(
  fc.integer({ min: now - 70 * day, max: now + day }),
  fc.constantFrom(now, now + 1, now - 30 * day, now - 30 * day + 1, now - 7 * day, now - 60 * day, now - 60 * day + 1, now - 30 * day - 1),
  fc
    .constantFrom(
      '2026-03-01T00:00+01:00',
      '2026-02-28T23:59:59.999+01:00',
      '2026-03-15T23:59:59.999+01:00',
      '2026-03-16T00:00+01:00',
      '2026-03-24T00:00+01:00',
    )
    .map((at) => Date.parse(at)),
)
const person = fc.record({
  place: personPlace,
  properties: fc.record(
    {
      country: fc.constantFrom(...countries),
      age: fc.oneof(fc.integer({ min: 15, max: 60 }), fc.constant('thirty')),
      tags: fc.subarray(['a', 'b']),
      $timezone: fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'US/Hawaii', 'Nowhere/Land', '', 'Europe/London'),
      $geoip_latitude: fc.constantFrom(-33.5, 53, 0),
      $geoip_longitude: fc.constant(10),
    },
    { requiredKeys: ['$geoip_longitude'] },
  ) as fc.Arbitrary<Properties>,
  createdAt: fc.oneof(fc.integer({ min: now - 70 * day, max: now + day }), fc.constantFrom(now - 30 * day, now - 30 * day + 1)),
})
const event = fc.record({
  place: eventPlace,
  of: fc.option(messageEvents, { freq: 2 }),
  personId: fc.nat({ max: 1_000_000 }),
  event: fc.constantFrom(...names, '$pageview'),
  timestamp: time,
  position: fc.integer({ min: 1, max: 110 }),
  // The account of one key was deleted, another never had any.
  groups: fc.record({ company: fc.constantFrom('a', 'b', 'c', 'd', 'gone', 'never'), team: fc.constantFrom('a', 'b', 'never') }, { requiredKeys: [] }),
  sessionId: fc.constantFrom(undefined, 's1', 's2', 's3'),
  properties: fc.record(
    {
      category: fc.constantFrom(...categories),
      price,
      items: fc.array(item, { maxLength: 3 }),
      tags: fc.subarray(['shoes', 'hats', 'new']),
      $browser: fc.constantFrom('Chrome', 'Safari'),
      $pathname: fc.constantFrom('/', '/cart'),
      $current_url: fc.constant('https://shop.example/'),
      $channel: fc.constantFrom('Email', 'Direct'),
    },
    { requiredKeys: [] },
  ) as unknown as fc.Arbitrary<Properties>,
})

const account = fc.record({
  properties: fc.record(
    { industry: fc.constantFrom(...industries, ''), employees: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom('50', 'many')) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Properties>,
  people: fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 2 }),
})
const accountKeys = [
  ['company', 'a'],
  ['company', 'b'],
  ['company', 'c'],
  ['company', 'd'],
  ['team', 'a'],
  ['team', 'b'],
  ['company', 'gone'],
] as const

/** The postal codes that random conditions name a place by. */
export const postalCodes = [
  { country: 'DE', code: '10115', latitude: 52.5, longitude: 13.25 },
  { country: 'IE', code: 'D02', latitude: 53.34, longitude: -6.25 },
  { country: 'US', code: '12', latitude: 40, longitude: -75 },
]

export const history: fc.Arbitrary<History> = fc
  .record({
    people: fc.array(person, { minLength: 5, maxLength: 30 }),
    // Log positions are never given twice, so no two events of an instant stand at the same one.
    events: fc.uniqueArray(event, { maxLength: 150, selector: ({ timestamp, position }) => `${timestamp} ${position}` }),
    merged: fc.array(fc.tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 })), { maxLength: 6 }),
    record: fc.array(
      fc.record({
        segment: fc.constantFrom(90, 91),
        person: fc.nat({ max: 1_000_000 }),
        entered: fc.boolean(),
        at: time,
        position: fc.integer({ min: 1, max: 110 }),
      }),
      { maxLength: 20 },
    ),
    accountRecord: fc.array(
      fc.record({
        segment: fc.constantFrom(92, 93),
        person: fc.integer({ min: 1, max: accountKeys.length }),
        unit: fc.constant('account' as const),
        entered: fc.boolean(),
        at: time,
        position: fc.integer({ min: 1, max: 110 }),
      }),
      { maxLength: 12 },
    ),
    choices: fc.array(
      fc.record({
        segment: fc.constantFrom(90, 91, 94),
        member: fc.nat({ max: 1_000_000 }),
        unit: fc.constant('person' as const),
        choice: fc.constantFrom('include', 'exclude', 'taken back'),
      }),
      { maxLength: 12 },
    ),
    accountChoices: fc.array(
      fc.record({
        segment: fc.constantFrom(92, 93),
        member: fc.integer({ min: 1, max: accountKeys.length }),
        unit: fc.constant('account' as const),
        choice: fc.constantFrom('include', 'exclude', 'taken back'),
      }),
      { maxLength: 4 },
    ),
    consents,
    list: fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 8 }),
    accounts: fc.tuple(...accountKeys.map(() => account)),
    accountList: fc.subarray([1, 2, 5, 7]),
  })
  .map(({ people, events, merged, consents, list, record, accountRecord, accounts, accountList, choices, accountChoices }) => {
    const all = people.length
    const merges = new Map<number, number>()
    for (const [from, to] of merged) {
      const [source, root] = [(from % all) + 1, (to % all) + 1]
      const isRoot = [...merges.values()].includes(source)
      if (source !== root && !merges.has(source) && !merges.has(root) && !isRoot) merges.set(source, root)
    }
    return {
      postalCodes,
      people: people.map(({ place, properties }, index) => ({ properties: { ...place, ...properties }, id: index + 1, deleted: merges.has(index + 1) })),
      events: events.map(({ place, of, ...each }) => ({
        ...each,
        event: of?.event ?? each.event,
        properties: { ...each.properties, ...place, ...of?.properties },
        personId: (each.personId % all) + 1,
      })),
      consents: consents.map(({ day: ago, personId, ...entry }) => ({ ...entry, personId: (personId % all) + 1, at: now - ago * day })),
      merges,
      record: [...record.map((each) => ({ ...each, person: (each.person % all) + 1 })), ...accountRecord],
      choices: [...choices.map((each) => ({ ...each, member: (each.member % all) + 1 })), ...accountChoices],
      accounts: accountKeys.map(([type, key], index) => {
        const { properties = {}, people: seen = [] } = accounts[index] ?? {}
        return { id: index + 1, type, key, properties, deleted: key === 'gone', people: seen.map((id) => (id % all) + 1) }
      }),
      accountLists: new Map([[92, accountList]]),
      lists: new Map([[90, list.map((id) => (id % all) + 1)]]),
    }
  })

/** The same history and roles with another name for the lists of items: those called `items` are stored and read in a way of their own. */
export function withListNamed(name: string, given: History): { given: History; roles: Roles } {
  const events = given.events.map((event) => {
    const { items, ...rest } = event.properties
    return { ...event, properties: items === undefined ? rest : { ...rest, [name]: items } }
  })
  return { given: { ...given, events }, roles: { ...roles, properties: { items: name } } }
}
