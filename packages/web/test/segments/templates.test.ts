import { type EventDefinition, type PropertyDefinition, segmentDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { propertiesOf } from '../../src/data/account-properties.ts'
import { conditionMenu, firstGroups, firstRow, searchMenu } from '../../src/segments/builder/condition-menu.ts'
import { templates } from '../../src/segments/list/templates.ts'
import { rowMistake } from '../../src/segments/tree/write-row.ts'

const undescribed = { description: '', hidden: false, verified: false }
const event = (name: string, count: number): EventDefinition => ({ name, label: name, count, firstSeenAt: 0, lastSeenAt: 0, role: null, ...undescribed })
const property = (of: 'event' | 'person', name: string, [type, sample]: [string, string]): PropertyDefinition => ({
  of,
  name,
  label: name,
  types: { [type]: 10 },
  samples: [sample],
  count: 10,
  firstSeenAt: 0,
  lastSeenAt: 0,
  ...undescribed,
  sensitive: false,
})
const roles = { events: { order: ['order_completed'], added_to_cart: ['cart'], product_viewed: ['viewed'] }, properties: { value: 'revenue' } }
const shop = {
  events: [event('$pageview', 900), event('viewed', 500), event('order_completed', 40), event('$set', 2000)],
  properties: [
    property('person', 'age', ['number', '31']),
    property('person', 'country', ['string', 'IE']),
    property('person', 'interests', ['list', '["running"]']),
    property('person', 'industry', ['string', 'Logistics']),
    property('person', 'must_have', ['string', 'API']),
    property('event', '$browser', ['string', 'Firefox']),
    property('event', '$pathname', ['string', '/']),
  ],
  roles,
}
const nothing = { events: [], properties: [], roles: { events: {}, properties: {} } }

test('a shop with all its data gets an example of every kind, each a definition that can be read', () => {
  const offered = templates(shop)
  expect(new Set(offered.map(({ kind }) => kind))).toEqual(
    new Set(['Demographic', 'Geographic', 'Behavioural', 'Psychographic', 'Technographic', 'Needs-based', 'Value-based', 'Business']),
  )
  for (const { definition } of offered) expect(segmentDefinitionSchema.parse(definition)).toEqual(definition)
  expect(new Set(offered.map(({ name }) => name)).size).toBe(offered.length)
})

test('nothing is offered that the project has no data for', () => {
  expect(templates(nothing)).toEqual([])
  expect(conditionMenu(nothing).map(({ label }) => label)).toEqual(['Where', 'Messages', 'Said', 'Over time', 'In a segment', 'More'])
})

test('the first groups of the picker are the ways people speak, roles first, and what needs nothing more can be counted at once', () => {
  const groups = conditionMenu(shop)
  const first = ['Bought', 'Browsed', 'Visited', 'Who they are', 'Where', 'Messages']
  expect(groups.map(({ label }) => label)).toEqual([...first, 'Said', 'Over time', 'In a segment', 'More'])
  expect(first.length).toBe(firstGroups)
  const bought = groups[0]?.items ?? []
  expect(bought.slice(0, 3).map(({ label }) => label)).toEqual(['Placed an order', 'Spent in all', 'Did not order lately'])
  expect(bought.map(({ draft }) => rowMistake(draft))).toEqual(bought.map(() => null))
  expect(groups.find(({ label }) => label === 'Where')?.items.map((item) => item.label)).toContain('country')
})

test('of accounts the picker asks what they are and who their people are', () => {
  const accountProperties = propertiesOf([
    { industry: 'Logistics', employees: 12 },
    { industry: 'Retail', empty: '' },
  ])
  expect(accountProperties.map(({ name, count }) => [name, count])).toEqual([
    ['industry', 2],
    ['employees', 1],
  ])
  const groups = conditionMenu({ ...shop, accountProperties }, 'account')
  expect(groups.slice(2, 4).map(({ label }) => label)).toEqual(['What they are', 'Their people'])
  expect(groups[2]?.items.map(({ draft }) => draft)).toMatchObject([
    { kind: 'property', property: 'industry', is: [] },
    { property: 'employees', atLeast: null },
  ])
})

test('a search finds conditions by other words too, and events that no list has room for', () => {
  const found = (search: string) => searchMenu(conditionMenu(shop), shop, search).flatMap(({ items }) => items.map(({ label }) => label))
  expect(found('abandoned')).toEqual(['Left a cart behind'])
  expect(found('utm')).toEqual(['Came through a campaign'])
  expect(found('viewed')).toContain('viewed')
  expect(found('nothing like it')).toEqual([])
})

test('the builder opens on recent orders, else on what people do most, else on an open row', () => {
  expect(firstRow(shop)).toMatchObject({ did: { role: 'order' }, within: { last: '30 days' } })
  expect(firstRow({ ...shop, roles: nothing.roles })).toMatchObject({ did: '$pageview' })
  expect(firstRow(nothing)).toMatchObject({ did: null })
})
