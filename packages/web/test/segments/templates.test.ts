import { type EventDefinition, type PropertyDefinition, segmentDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { conditionMenu, firstRow } from '../../src/segments/builder/condition-menu.ts'
import { templates } from '../../src/segments/list/templates.ts'
import { rowMistake } from '../../src/segments/tree/row-draft.ts'

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
  expect(conditionMenu(nothing).map(({ label }) => label)).toEqual(['In a segment', 'More'])
})

test('the first six groups of the picker are the ways people speak, and only the last two lead to an open row', () => {
  const groups = conditionMenu(shop)
  expect(groups.map(({ label }) => label)).toEqual(['Bought', 'Browsed', 'Visited', 'Who they are', 'Where', 'In a segment', 'More'])
  const bought = groups[0]?.items.map(({ draft }) => rowMistake(draft))
  expect(bought).toEqual([null, null, null])
  expect(groups.find(({ label }) => label === 'Where')?.items.map((item) => item.label)).toEqual(['country'])
})

test('the builder opens on recent orders, else on what people do most, else on an open row', () => {
  expect(firstRow(shop)).toMatchObject({ event: { role: 'order' }, within: { last: '30 days' } })
  expect(firstRow({ ...shop, roles: nothing.roles })).toMatchObject({ event: '$pageview' })
  expect(firstRow(nothing)).toMatchObject({ event: null })
})
