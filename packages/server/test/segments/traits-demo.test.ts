import type { CapturedEvent, JsonValue, TraitValue } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulateShop } from '../../src/demo/simulate.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const day = 86_400_000
const roles = {
  events: {
    order: ['order_completed'],
    refund: ['order_refunded'],
    added_to_cart: ['product_added_to_cart'],
    removed_from_cart: ['product_removed_from_cart'],
  },
  properties: { value: 'revenue', items: 'items', quantity: 'quantity', category: 'category', price: 'price', discount: 'discount', pre_order: 'is_pre_order' },
}

let server: TestServer
let project: TestProject
const byId = new Map<string, CapturedEvent[]>()
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ roles, timezone: 'Europe/Dublin' })
  const events = [...simulateShop({ seed: 'traits', now, people: 60, months: 14 })].flat()
  for (const event of events) byId.set(event.distinctId, [...(byId.get(event.distinctId) ?? []), event])
  for (let from = 0; from < events.length; from += 2000) await project.append(events.slice(from, from + 2000))
}, 240_000)
afterAll(() => server.close())

const number = (value: JsonValue | undefined) => (typeof value === 'number' ? value : 0)
const cents = (value: number) => Math.round(value * 100)

/** The same values by plain arithmetic over the events that were sent. */
function expected(events: readonly CapturedEvent[]): Record<string, unknown> {
  const named = (name: string) => events.filter(({ event }) => event === name)
  const orders = named('order_completed').toSorted((one, other) => one.timestamp - other.timestamp)
  const [first, last] = [orders[0]?.timestamp, orders.at(-1)?.timestamp]
  const spent = orders.reduce((total, { properties }) => total + cents(number(properties.revenue)), 0) / 100
  const sinceOrder = (name: string) => named(name).filter(({ timestamp }) => timestamp > (last ?? 0))
  const units = (name: string) => sinceOrder(name).reduce((total, { properties }) => total + number(properties.quantity), 0)
  const money = (name: string) => sinceOrder(name).reduce((total, { properties }) => total + cents(number(properties.price)) * number(properties.quantity), 0)
  const share = (part: number) => (orders.length === 0 ? null : (part / orders.length) * 100)
  return {
    total_orders: orders.length,
    total_spent: spent,
    average_order_value: orders.length === 0 ? null : spent / orders.length,
    last_order_date: last ?? null,
    days_since_last_order: last === undefined ? null : Math.floor((now - last) / day),
    mean_days_between_orders: first === undefined || last === undefined || orders.length < 2 ? null : (last - first) / day / (orders.length - 1),
    customer_type: orders.length === 0 ? null : orders.length === 1 ? 'new' : 'returning',
    discount_share: share(orders.filter(({ properties }) => number(properties.discount) > 0).length),
    refund_rate: share(named('order_refunded').length),
    pre_orders: orders.filter(({ properties }) => properties.is_pre_order === true).length,
    items_per_order: orders.length === 0 ? null : orders.reduce((total, { properties }) => total + number(properties.quantity), 0) / orders.length,
    open_cart_items: Math.max(0, units('product_added_to_cart') - units('product_removed_from_cart')),
    open_cart_value: Math.max(0, money('product_added_to_cart') - money('product_removed_from_cart')) / 100,
  }
}

test('the built-in traits of the demo shop’s people are what plain arithmetic finds', async () => {
  const rows = await server.parts.catalog.selectFrom('distinct_ids').select(['person_id', 'distinct_id']).where('project_id', '=', project.project.id).execute()
  const people = new Map<number, CapturedEvent[]>()
  for (const { person_id, distinct_id } of rows) people.set(person_id, [...(people.get(person_id) ?? []), ...(byId.get(distinct_id) ?? [])])
  const ordering = [...people].filter(([, events]) => events.some(({ event }) => event === 'order_completed')).slice(0, 8)
  const others = [...people].filter(([, events]) => !events.some(({ event }) => event === 'order_completed')).slice(0, 2)
  expect(ordering.length).toBeGreaterThan(5)
  for (const [id, events] of [...ordering, ...others]) {
    const values = await project.get<TraitValue[]>(`/people/${id}/traits`)
    const plain = expected(events)
    for (const [name, value] of Object.entries(plain)) {
      const found = values.find((each) => each.name === name)?.value
      if (typeof value === 'number') expect(found, `${name} of ${id}`).toBeCloseTo(value, 6)
      else expect({ id, name, value: found }).toEqual({ id, name, value })
    }
  }
}, 120_000)
