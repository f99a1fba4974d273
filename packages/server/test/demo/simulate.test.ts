import { createHash } from 'node:crypto'
import type { CapturedEvent, JsonValue } from '@kindred/model'
import { mean } from '@kindred/science'
import { beforeAll, describe, expect, test } from 'vitest'
import { simulateShop } from '../../src/demo/simulate.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const whole = { seed: 'demo', now, people: 5000, months: 26 }
const small = { ...whole, people: 600, months: 8 }

const eventsOf = (simulation: typeof whole) => [...simulateShop(simulation)].flat()

describe('the same shop every time', () => {
  const digest = (events: readonly CapturedEvent[]) => createHash('sha256').update(JSON.stringify(events)).digest('hex')
  const first = eventsOf(small)

  test('the same seed and day give the same events', () => {
    expect(first.length).toBeGreaterThan(1000)
    expect(digest(eventsOf(small))).toBe(digest(first))
    expect(digest(eventsOf({ ...small, seed: 'other' }))).not.toBe(digest(first))
  })

  test('a later moment of the day only adds events', () => {
    const later = eventsOf({ ...small, now: now + 8 * 3_600_000 })
    expect(later.length).toBeGreaterThan(first.length)
    expect(digest(later.slice(0, first.length))).toBe(digest(first))
  })
})

interface Person {
  type: string
  country: string
  ids: Set<string>
  events: CapturedEvent[]
}

/** The people behind the events: an id that `$identify` joins to another is one person with it. */
function peopleOf(events: readonly CapturedEvent[]): Person[] {
  const people = new Map<string, Person>()
  for (const event of events) {
    const other = event.otherId === undefined ? undefined : people.get(event.otherId)
    const person = people.get(event.distinctId) ?? other ?? { type: '', country: '', ids: new Set(), events: [] }
    if (other !== undefined && other !== person) {
      person.events.push(...other.events)
      for (const id of other.ids) people.set(id, person)
    }
    person.type ||= String(event.set?.$kindred_demo_type ?? other?.type ?? '')
    person.country ||= String(event.set?.$geoip_country_code ?? other?.country ?? '')
    person.ids.add(event.distinctId)
    for (const id of person.ids) people.set(id, person)
    person.events.push(event)
  }
  return [...new Set(people.values())]
}

function groupBy<Item, Key>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}

const named = (events: readonly CapturedEvent[], name: string) => events.filter((event) => event.event === name)
const cents = (value: JsonValue | undefined) => Math.round(Number(value) * 100)
type Item = { product_id: string; price: number; quantity: number }
const itemsTotal = (event: CapturedEvent) => (event.properties.items as unknown as Item[]).reduce((sum, item) => sum + cents(item.price) * item.quantity, 0)

describe('26 months of 5,000 people', () => {
  let events: CapturedEvent[]
  let people: Person[]
  beforeAll(() => {
    events = eventsOf(whole)
    people = peopleOf(events)
  }, 300_000)

  test('about 400,000 events over 26 months, older months thinner, in order of time, with ids of their own', () => {
    expect(events.length).toBeGreaterThan(360_000)
    expect(events.length).toBeLessThan(440_000)
    const months = new Set(events.map((event) => new Date(event.timestamp).toISOString().slice(0, 7)))
    expect(months.size).toBe(27)
    expect(events.every((event, index) => index === 0 || event.timestamp >= (events[index - 1]?.timestamp ?? 0))).toBe(true)
    expect(events.at(-1)?.timestamp).toBeLessThanOrEqual(now)
    expect(events.filter((event) => event.timestamp < Date.parse('2025-01-01')).length).toBeLessThan(events.length / 4)
    expect(new Set(events.map((event) => event.uuid)).size).toBe(events.length)
    expect(events.every((event) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(event.uuid))).toBe(true)
  })

  test('every event a shop knows is there', () => {
    const counts = new Map<string, number>()
    for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1)
    const expected = {
      $pageview: 100_000,
      product_list_viewed: 30_000,
      product_viewed: 40_000,
      products_searched: 4000,
      wishlist_added: 800,
      newsletter_subscribed: 1000,
      product_added_to_cart: 10_000,
      product_removed_from_cart: 200,
      checkout_started: 6000,
      order_completed: 5000,
      order_delivered: 5000,
      order_refunded: 300,
      email_sent: 20_000,
      email_opened: 8000,
      email_clicked: 800,
      sms_sent: 500,
      sms_opened: 150,
      sms_clicked: 30,
      chat_message: 800,
      survey_answered: 700,
      app_opened: 2000,
      $identify: 2500,
      $groupidentify: 50,
      feature_requested: 30,
      integration_connected: 30,
      webinar_attended: 15,
      trade_show_visited: 15,
    }
    for (const [name, atLeast] of Object.entries(expected)) expect(counts.get(name) ?? 0, name).toBeGreaterThan(atLeast)
  })

  test('an order is worth its items less its discount, and carries where it goes', () => {
    const orders = named(events, 'order_completed')
    for (const { properties } of orders) expect(cents(properties.revenue) + cents(properties.discount)).toBe(cents(properties.subtotal))
    for (const order of orders) expect(itemsTotal(order)).toBe(cents(order.properties.subtotal))
    expect(orders.every(({ properties }) => cents(properties.discount) > 0 === (properties.coupon !== undefined))).toBe(true)
    expect(orders.every(({ properties }) => properties.shipping_postcode !== undefined && properties.billing_postcode !== undefined)).toBe(true)
    expect(orders.some(({ properties }) => properties.is_pre_order === true)).toBe(true)
    expect(new Set(orders.map(({ properties }) => properties.order_id)).size).toBe(orders.length)
  })

  test('nearly every order is delivered within days, and the shop keeps where the last one went', () => {
    const orders = named(events, 'order_completed')
    const delivered = new Map(named(events, 'order_delivered').map((delivery) => [delivery.properties.order_id, delivery]))
    const old = orders.filter(({ timestamp }) => timestamp < now - 6 * 86_400_000)
    const arrived = old.filter(({ properties }) => delivered.has(properties.order_id))
    expect(arrived.length / old.length).toBeGreaterThan(0.97)
    expect(arrived.length).toBeLessThan(old.length)
    for (const order of arrived) {
      const delivery = delivered.get(order.properties.order_id)
      expect(delivery?.distinctId).toBe(order.distinctId)
      const days = ((delivery?.timestamp ?? 0) - order.timestamp) / 86_400_000
      expect(days > 0.9 && days < 5.1).toBe(true)
    }
    expect(orders.every(({ properties, set }) => set?.shipping_postcode === properties.shipping_postcode)).toBe(true)
  })

  test('a refund belongs to an earlier order of the same customer, and is never more than it', () => {
    const orders = new Map(named(events, 'order_completed').map((order) => [order.properties.order_id, order]))
    for (const refund of named(events, 'order_refunded')) {
      const order = orders.get(refund.properties.order_id)
      expect(order?.distinctId).toBe(refund.distinctId)
      expect(order?.timestamp).toBeLessThan(refund.timestamp)
      expect(cents(refund.properties.revenue)).toBeLessThanOrEqual(cents(order?.properties.revenue))
      expect(refund.properties.reason).toBeTypeOf('string')
    }
  })

  test('nobody orders before the first visit, and only known people order', () => {
    for (const person of people) {
      const [first] = named(person.events, 'order_completed')
      if (first === undefined) continue
      const firstView = Math.min(...named(person.events, '$pageview').map((event) => event.timestamp))
      expect(firstView).toBeLessThan(first.timestamp)
      expect(first.distinctId).toMatch(/^customer-/)
    }
  })

  test('each type behaves as its name says', () => {
    const byType = groupBy(people, (person) => person.type)
    expect(byType.has('')).toBe(false)
    const ordersOf = (type: string) => (byType.get(type) ?? []).map((person) => named(person.events, 'order_completed'))
    expect(ordersOf('window shopper').flat()).toEqual([])
    expect(ordersOf('window shopper').length).toBeGreaterThan(700)
    expect(Math.max(...ordersOf('one-time buyer').map((orders) => orders.length))).toBe(1)
    expect(mean(ordersOf('loyal').map((orders) => orders.length))).toBeGreaterThan(4)
    const month = (event: CapturedEvent) => new Date(event.timestamp).getUTCMonth()
    expect(
      ordersOf('holiday gift buyer')
        .flat()
        .every((order) => [10, 11].includes(month(order))),
    ).toBe(true)
    const discounted = (type: string) =>
      mean(
        ordersOf(type)
          .flat()
          .map((order) => Number(cents(order.properties.discount) > 0)),
      )
    expect(discounted('bargain hunter')).toBeGreaterThan(0.7)
    expect(discounted('loyal')).toBeLessThan(0.3)
    const value = (type: string) =>
      mean(
        ordersOf(type)
          .flat()
          .map((order) => Number(order.properties.revenue)),
      )
    expect(value('business')).toBeGreaterThan(4 * value('occasional'))
    const lapsedSince = ordersOf('lapsed').flatMap((orders) => orders.at(-1)?.timestamp ?? [])
    expect(Math.max(...lapsedSince)).toBeLessThan(now - 90 * 86_400_000)
    const busiest = ordersOf('reseller').map((orders) => orders.filter((order) => order.timestamp > now - 30 * 86_400_000).length)
    expect(Math.max(...busiest)).toBeGreaterThan(20)
  })

  test('some countries look and never buy', () => {
    const lookers = people.filter((person) => ['BR', 'IN', 'AU', 'JP'].includes(person.country))
    expect(lookers.length).toBeGreaterThan(200)
    expect(lookers.flatMap((person) => named(person.events, 'order_completed'))).toEqual([])
  })

  test('slow pages and small screens cost orders', () => {
    const sessions = groupBy(events, (event) => event.properties.$session_id)
    const conversions = (wanted: (session: CapturedEvent[], load: number) => boolean) => {
      const carts = [...sessions.values()].filter((session) => {
        const views = named(session, '$pageview')
        if (views.length === 0 || named(session, 'checkout_started').length === 0) return false
        return wanted(session, mean(views.map((view) => Number(view.properties.$performance_page_load))))
      })
      return mean(carts.map((session) => Math.min(1, named(session, 'order_completed').length)))
    }
    expect(conversions((_, load) => load < 1000)).toBeGreaterThan(conversions((_, load) => load > 2000) + 0.05)
    const on = (type: string) => conversions(([first]) => first?.properties.$device_type === type)
    expect(on('Desktop')).toBeGreaterThan(on('Mobile') + 0.05)
  })

  test('the hidden type is the only hidden property, and set on a person', () => {
    expect(events.every((event) => event.properties.$kindred_demo_type === undefined)).toBe(true)
    const types = new Set(people.map((person) => person.type))
    expect(types.size).toBe(11)
  })
})
