import type { CapturedEvent, ImportMappingInput } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { importText, mappingProblem } from './read-file.ts'

const orders: ImportMappingInput = {
  person: { id: 'customer', whenEmpty: 'skip', properties: { country: { column: 'country', type: 'text' } } },
  event: {
    name: 'order_completed',
    rules: [
      { when: { column: 'order', startsWith: 'C' }, event: 'order_refunded' },
      {
        when: {
          any: [
            { column: 'quantity', atMost: 0 },
            { column: 'price', atMost: 0 },
          ],
        },
        skip: 'nothing bought',
      },
    ],
    time: { column: 'at' },
    properties: { order_id: { column: 'order', type: 'text' }, currency: { value: 'EUR' } },
    totals: { revenue: { multiply: ['quantity', 'price'], absolute: true } },
    group: { by: ['order'], items: { fields: { product_id: { column: 'product', type: 'text' }, quantity: 'quantity', price: 'price' } } },
  },
}
const header = 'order,product,quantity,at,price,customer,country\n'

test('rows of an order become one event with its items and total, wherever in the file they stand', async () => {
  const { events, progress, rejects } = await importText(
    `${header}1,A,3,2011-01-02 10:00,1.15,17,UK
2,B,1,2011-01-02 11:00,9.99,18,
1,0042,1,2011-01-02 09:59,0.10,17,UK
C1,A,-1,2011-01-03,1.15,17,UK
3,A,-5,2011-01-03,1.15,17,UK
2,C,1,2011-01-02 11:00,0.01,18,France
4,A,1,2011-01-03,1.15,,UK
`,
    orders,
  )
  expect(rejects).toEqual([])
  expect(progress).toMatchObject({ rows: 7, rejected: 0, skipped: { 'nothing bought': 1, 'no customer': 1 } })
  expect(events).toMatchObject([
    {
      event: 'order_completed',
      distinctId: '17',
      timestamp: Date.UTC(2011, 0, 2, 9, 59),
      properties: {
        order_id: '1',
        currency: 'EUR',
        revenue: 3.55,
        items: [
          { product_id: 'A', quantity: 3, price: 1.15 },
          { product_id: '0042', quantity: 1, price: 0.1 },
        ],
      },
      set: { country: 'UK' },
    },
    { event: 'order_completed', distinctId: '18', properties: { order_id: '2', revenue: 10 }, set: { country: 'France' } },
    { event: 'order_refunded', distinctId: '17', properties: { order_id: 'C1', revenue: 1.15, items: [{ product_id: 'A', quantity: -1, price: 1.15 }] } },
  ])
})

test('one key with two people is two events: nobody gets what another bought', async () => {
  const { events } = await importText(`${header}1,A,1,2011-01-02,5,17,UK\n1,A,1,2011-01-02,7,18,UK\n`, orders)
  expect(events.map(({ distinctId, properties }) => [distinctId, properties.revenue])).toEqual([
    ['17', 5],
    ['18', 7],
  ])
})

test('a bad row costs itself, with its line, column and reason', async () => {
  const { events, rejects, progress } = await importText(
    `${header}1,A,x,2011-01-02,5,17,UK\n1,A,1,2011-02-30,5,17,UK\n1,A,1,2011-01-02,,17,UK\n1,A,1,1969-01-02,5,17,UK\n1,A,1\n1,A,2,2011-01-02,5,17,UK\n`,
    orders,
  )
  expect(rejects.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [2, 'quantity', '"x" is not a number'],
    [3, 'at', '"2011-02-30" names a day that does not exist'],
    [4, 'price', 'a number is needed and the cell is empty'],
    [5, 'at', '"1969-01-02" is before 1970 or after 2104'],
    [6, '', 'the row has 3 cells where 7 columns are named'],
  ])
  expect(progress).toMatchObject({ rows: 6, rejected: 5 })
  expect(events.map(({ properties }) => properties.revenue)).toEqual([10])
})

describe('what makes a row the same when it comes again', () => {
  const rowWise: ImportMappingInput = { person: { id: 'who' }, event: { name: 'seen', time: { column: 'at' }, properties: { page: 'page' } } }
  const file = 'who,at,page\na,2011-01-01,x\nb,2011-01-02,y\na,2011-01-01,x\n'
  const uuids = ({ events }: { events: CapturedEvent[] }) => events.map(({ uuid }) => uuid)

  test('the same file twice gives the same uuids, all different, of version 8', async () => {
    const first = uuids(await importText(file, rowWise))
    expect(uuids(await importText(file, rowWise))).toEqual(first)
    expect(new Set(first).size).toBe(3)
    for (const uuid of first) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
  test('a longer export brings only its new rows, wherever they were added', async () => {
    const known = new Set(uuids(await importText(file, rowWise)))
    const longer = await importText('who,at,page\nc,2011-01-03,z\na,2011-01-01,x\nb,2011-01-02,y\na,2011-01-01,x\na,2011-01-01,x\n', rowWise)
    expect(longer.events.filter(({ uuid }) => !known.has(uuid)).map(({ distinctId }) => distinctId)).toEqual(['c', 'a'])
  })
  test('a longer export brings only new orders', async () => {
    const known = new Set(uuids(await importText(`${header}1,A,1,2011-01-02,5,17,UK\n`, orders)))
    const longer = await importText(`${header}2,A,1,2011-01-03,5,17,UK\n1,A,1,2011-01-02,5,17,UK\n`, orders)
    expect(longer.events.filter(({ uuid }) => !known.has(uuid)).map(({ properties }) => properties.order_id)).toEqual(['2'])
  })
  test('order numbers that begin again in another year are other orders', async () => {
    const { events } = await importText(`${header}1,A,1,2011-01-02,5,17,UK\n`, orders)
    const { events: next } = await importText(`${header}1,A,1,2012-01-02,5,17,UK\n`, orders)
    expect(next[0]?.uuid).not.toBe(events[0]?.uuid)
  })
  test('an id column identifies the row whatever else it holds', async () => {
    const withId: ImportMappingInput = { person: { id: 'who' }, event: { name: 'seen', id: ['n'], time: { column: 'at' } } }
    const [first] = uuids(await importText('n,who,at\n1,a,2011-01-01\n', withId))
    expect(uuids(await importText('n,who,at,more\n1,a,2011-01-01,x\n', withId))).toEqual([first])
  })
  test('sources, projects and event names keep rows apart', async () => {
    const variants = [rowWise, { ...rowWise, source: 'other' }, { ...rowWise, event: { name: 'other', time: { column: 'at' } } }]
    const all = [...(await Promise.all(variants.map((mapping) => importText(file, mapping)))), await importText(file, rowWise, { projectId: 2 })]
    expect(new Set(all.flatMap(uuids)).size).toBe(12)
  })
  test('person properties come again with a later file, even as they were before', async () => {
    const people: ImportMappingInput = { person: { id: 'who', properties: { plan: 'plan' } } }
    const [a] = uuids(await importText('who,plan\na,free\n', people))
    const [b] = uuids(await importText('who,plan\na,paid\n', people))
    const [again] = uuids(await importText('who,plan\na,free\nb,free\n', people))
    expect(new Set([a, b, again]).size).toBe(3)
    expect(uuids(await importText('who,plan\na,free\n', people))).toEqual([a])
  })
})

describe('memory that is full', () => {
  const limits = { groupCharacters: 30_000, partCharacters: 10_000, groupRows: 10_000, distinctRows: 3 }
  const sorted = (events: CapturedEvent[]) => events.map((event) => JSON.stringify(event)).sort()

  test('groups that wait on disk come out the same', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `${(index * 7) % 400},P\u2028${index},1,2011-01-02 10:00,0.1${index % 10},${index % 3},"U""K"`)
    const text = `${header}${lines.join('\n')}\n`
    const [small, large] = await Promise.all([importText(text, orders, { limits }), importText(text, orders)])
    expect(sorted(small.events)).toEqual(sorted(large.events))
    expect(large.events).toHaveLength(1200)
    expect(small.progress).toMatchObject({ rows: 3000, rejected: 0, bytesRead: small.progress.bytes })
  })
  test('equal rows that wait on disk are counted the same', async () => {
    const rowWise: ImportMappingInput = { person: { id: 'who' }, event: { name: 'seen', time: { column: 'at' } } }
    const text = `who,at\n${Array.from({ length: 500 }, (_, index) => `p${index % 40},2011-01-0${1 + (index % 2)}`).join('\n')}\n`
    const [small, large] = await Promise.all([importText(text, rowWise, { limits }), importText(text, rowWise)])
    expect(sorted(small.events)).toEqual(sorted(large.events))
    expect(new Set(large.events.map(({ uuid }) => uuid)).size).toBe(500)
  })
  test('a group too large for one event is refused as a whole, and says so', async () => {
    const text = `${header}${'1,A,1,2011-01-02,5,17,UK\n'.repeat(11)}2,A,1,2011-01-02,5,17,UK\n`
    const { events, rejects, progress } = await importText(text, orders, { limits: { ...limits, groupCharacters: 1e6, groupRows: 10 } })
    expect(events.map(({ properties }) => properties.order_id)).toEqual(['2'])
    expect(rejects).toMatchObject([{ line: 2, reason: 'the group that begins here has 11 rows, more than the 10 that one event may have' }])
    expect(progress.rejected).toBe(11)
  })
})

test('a run that is resumed sends only what the one before had not sent, unless the file has changed', async () => {
  const text = `${header}1,A,1,2011-01-02,5,17,UK\n2,A,1,2011-01-02,5,17,UK\n3,A,1,2011-01-02,5,17,UK\n`
  const whole = await importText(text, orders)
  const rest = await importText(text, orders, { sent: 2, fileKey: whole.fileKey })
  expect(rest.events).toEqual(whole.events.slice(2))
  expect((await importText(`${text}\n`, orders, { sent: 2, fileKey: whole.fileKey })).events).toHaveLength(3)
})

test('rows without ids are people of their own', async () => {
  const { events } = await importText(
    'likes,age\nyes,61\nyes,61\n',
    { person: { id: { row: true, prefix: 'answer-' }, properties: { likes: { column: 'likes', type: 'boolean' }, age: 'age' } } },
    { now: 5 },
  )
  expect(events).toMatchObject([
    { event: '$set', distinctId: 'answer-1', timestamp: 5, properties: {}, set: { likes: true, age: 61 } },
    { event: '$set', distinctId: 'answer-2' },
  ])
  expect(events[0]?.uuid).not.toBe(events[1]?.uuid)
})

test('other ways to write numbers and nothing, suffixes, prefixes and defaults', async () => {
  const { events } = await importText('id;wert;stadt;plan\n17.0;1.234,50;NA;\n', {
    emptyValues: ['NA'],
    decimal: ',',
    thousands: '.',
    person: {
      id: { column: 'id', withoutSuffix: '.0', prefix: 'k-' },
      properties: { wert: { column: 'wert', type: 'number' }, stadt: 'stadt', plan: { column: 'plan', default: 'free' } },
    },
  })
  expect(events).toMatchObject([{ distinctId: 'k-17', set: { wert: 1234.5, plan: 'free' } }])
  expect(events[0]?.set).not.toHaveProperty('stadt')
})

test('JSON lines keep their types, nested values and lists', async () => {
  const { events, rejects } = await importText(
    '{"who":7,"at":1299215167123,"e":{"name":"bought"},"tags":["a","b"],"code":"007","n":5}\n{"who":"8","at":"2011-01-01"}\n',
    {
      person: { id: 'who' },
      event: { name: { column: 'e.name' }, time: { column: 'at' }, properties: { tags: 'tags', code: 'code', n: 'n' } },
    },
  )
  expect(events).toMatchObject([{ event: 'bought', distinctId: '7', timestamp: 1299215167123, properties: { tags: ['a', 'b'], code: '007', n: 5 } }])
  expect(rejects).toMatchObject([{ line: 2, column: 'e.name', reason: 'the event name is empty' }])
})

test('what cannot be mapped is said before anything is read', async () => {
  const event = { name: 'x', time: { column: 'at' } }
  expect(await mappingProblem('id,at\n', { person: { id: 'customer' } })).toBe(
    'The mapping cannot be used: person.id: the file has no column "customer"; it has "id", "at".',
  )
  expect(await mappingProblem('id,at\n', { person: { id: 'id' }, event: { ...event, time: { column: 'at', zone: 'Mars/Base' } } })).toMatch(
    /Mars\/Base is not a time zone/,
  )
  expect(await mappingProblem('id,at\n', { person: { id: 'id' }, event: { ...event, rules: [{ when: { column: 'id', matches: '(' }, skip: 'x' }] } })).toMatch(
    /event\.rules\.0\.matches/,
  )
  expect(await mappingProblem('id,at\n', { person: { id: 'id' }, event: { ...event, properties: { n: 'id' }, totals: { n: { multiply: ['id'] } } } })).toMatch(
    /"n" is named twice/,
  )
  expect(await mappingProblem('id,at\n', { person: { id: 'id' }, event: { ...event, id: ['id'], group: { by: ['id'] } } })).toMatch(/event\.id/)
  expect(await mappingProblem('{"id":1}\n', { person: { id: 'anything' } })).toBe('none')
})
