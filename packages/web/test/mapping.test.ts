import { type ImportMappingInput, importMappingSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { columnUse, namesBeside, propertyName, withColumnUse } from '../src/data/imports/mapping-columns.ts'
import { draftOf, operandText, ruleOf, withEvent, withGroup, withOperand, withTestName } from '../src/data/imports/mapping-event.ts'
import { withKind } from '../src/data/imports/mapping-kind.ts'
import { mappingError, readMapping, writeMapping } from '../src/data/imports/mapping-yaml.ts'

const mapping: ImportMappingInput = {
  person: { id: 'CustomerID', properties: { country: 'Country' } },
  event: {
    name: 'order_completed',
    time: { column: 'InvoiceDate' },
    properties: { channel: { value: 'shop' }, order_id: { column: 'InvoiceNo', type: 'text', withoutSuffix: '.0' } },
    group: { by: ['InvoiceNo'], items: { fields: { sku: 'StockCode' } } },
  },
}

test('a column is found wherever it goes', () => {
  expect(columnUse(mapping, 'Country')).toEqual({ name: 'country', type: 'auto', to: ['person'] })
  expect(columnUse(mapping, 'InvoiceNo')).toEqual({ name: 'order_id', type: 'text', to: ['event'] })
  expect(columnUse(mapping, 'UnitPrice')).toEqual({ name: 'unit_price', type: 'auto', to: [] })
})

test('a changed column keeps what the form does not show, and its place', () => {
  const changed = withColumnUse(mapping, 'InvoiceNo', { name: 'invoice', type: 'auto', to: ['event'] })
  expect(changed.event?.properties).toEqual({ channel: { value: 'shop' }, invoice: { column: 'InvoiceNo', withoutSuffix: '.0' } })
  expect(Object.keys(changed.event?.properties ?? {})).toEqual(['channel', 'invoice'])
})

test('a column may go to several places under one name, and to none', () => {
  const everywhere = withColumnUse(mapping, 'Country', { name: 'country', type: 'text', to: ['event', 'item', 'person'] })
  expect(columnUse(everywhere, 'Country').to).toEqual(['event', 'item', 'person'])
  expect(everywhere.event?.group?.items?.fields).toEqual({ sku: 'StockCode', country: { column: 'Country', type: 'text' } })
  const nowhere = withColumnUse(everywhere, 'Country', { name: 'country', type: 'text', to: [] })
  expect(nowhere.person?.properties).toEqual({})
  expect(columnUse(nowhere, 'Country').to).toEqual([])
})

test('names of others are known, so that a rename cannot swallow one', () => {
  expect(namesBeside(mapping, 'InvoiceNo', ['event', 'person'])).toEqual(['channel', 'country'])
})

test.each([
  ['Order Value', 'order_value'],
  ['CustomerID', 'customer_id'],
  ['Größe (cm)', 'größe_cm'],
  ['  ', '  '],
])('the column %j suggests %j', (column, name) => {
  expect(propertyName(column)).toBe(name)
})

test('rows that turn out to be happenings keep with the person what tells who they are, and go back whole', () => {
  const columns = ['id', 'birth_date', 'country', 'shoe_size', 'Bought'].map((name) => {
    return { name, type: name === 'birth_date' || name === 'Bought' ? ('date' as const) : ('text' as const), samples: [], empty: 0 }
  })
  const people = { person: { id: 'id', properties: { birth_date: 'birth_date', country: 'country', shoe_size: 'shoe_size' } } }
  const events = withKind(people, 'event', { columns })
  expect(events).toEqual({
    person: { id: 'id', properties: { birth_date: 'birth_date', country: 'country' } },
    event: { name: 'row_imported', time: { column: 'Bought' }, properties: { shoe_size: 'shoe_size' } },
  })
  const again = withKind(events, 'person', { columns })
  expect(again.person?.properties).toEqual(people.person.properties)
  expect(withKind(again, 'event', { columns, kept: events.event })).toEqual(events)
})

test('a rule keeps its meaning through the form', () => {
  const rules = [
    { when: { column: 'A', startsWith: 'C' }, event: 'order_refunded' },
    {
      when: {
        all: [
          { column: 'A', is: 'x' },
          { column: 'B', atMost: 0 },
        ],
      },
      skip: 'free',
    },
    {
      when: {
        any: [
          { column: 'A', empty: true },
          { column: 'B', lessThan: 1 },
        ],
      },
      skip: 'nothing',
    },
  ]
  for (const rule of rules) expect(ruleOf(draftOf(rule))).toEqual(rule)
})

test('a test takes what still fits of its operand', () => {
  expect(withTestName({ column: 'Q', atMost: 0 }, 'lessThan')).toEqual({ column: 'Q', lessThan: 0 })
  expect(withTestName({ column: 'Q', startsWith: 'C' }, 'atMost')).toEqual({ column: 'Q', atMost: 0 })
  expect(withTestName({ column: 'Q', startsWith: 'C' }, 'empty')).toEqual({ column: 'Q', empty: true })
  expect(withTestName({ column: 'Q', empty: true }, 'is')).toEqual({ column: 'Q', is: '' })
  const several = withOperand({ column: 'Q', is: '' }, 'a, b')
  expect(several).toEqual({ column: 'Q', is: ['a', 'b'] })
  expect(operandText(several)).toBe('a, b')
})

test('people only, and back; grouped, and not', () => {
  expect(withEvent(mapping, undefined)).toEqual({ person: mapping.person })
  const { event } = mapping
  if (!event) throw new Error('the mapping above has an event')
  expect(withGroup(event, [])).not.toHaveProperty('group')
  expect(withGroup(event, ['A', 'B']).group).toEqual({ by: ['A', 'B'], items: { fields: { sku: 'StockCode' } } })
})

test('YAML and form hold the same mapping, and mistakes are said', () => {
  expect(readMapping(writeMapping(mapping))).toEqual({ mapping })
  expect(importMappingSchema.safeParse(mapping).success).toBe(true)
  expect(readMapping('person: [')).toHaveProperty('error')
  expect(readMapping('person:\n  id: A\nevnt: {}')).toHaveProperty('error', expect.stringContaining('evnt'))
  expect(mappingError({ person: { id: '' } })).toContain('person.id')
})
