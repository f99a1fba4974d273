import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { planTrait, render, toldValuesSql } from '@kindred/engine'
import { builtInTraits, type ImportMappingInput, importMappingSchema } from '@kindred/model'
import { parse as parseCsv } from 'csv-parse/sync'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { questionContext } from '../../src/projects/question-context.ts'
import { type ImportServer, makeDataDir, removeDataDir, startImportServer } from './import-server.ts'

const shared = process.env.KINDRED_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared')
const folder = join(shared, 'data', 'online-retail')
const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.csv.gz')) : undefined
if (file === undefined) console.log(`skipped: there is no Online Retail file in ${folder}`)

const mapping = parse(readFileSync(join(import.meta.dirname, '..', '..', 'mappings', 'online-retail.yaml'), 'utf8')) as ImportMappingInput
const dataDir = makeDataDir()
let server: ImportServer

beforeAll(async () => {
  server = await startImportServer(dataDir)
})
afterAll(async () => {
  await server.close()
  removeDataDir(dataDir)
})

const totals = `select event, count() as events, uniqExact(person_id) as people,
  sum(toInt64(round(accurateCastOrNull(properties.revenue, 'Float64') * 100))) as cents from kindred.events group by event order by event`

test.skipIf(file === undefined)('the Online Retail file comes in to the penny, and a second time adds nothing', { timeout: 600_000 }, async () => {
  const content = readFileSync(join(folder, file ?? ''))
  const began = performance.now()
  const before = process.cpuUsage()
  const { id } = await server.start(content, mapping)
  const state = await server.ended(id)
  const { user, system } = process.cpuUsage(before)
  console.log(
    `320,705 lines through the whole way in: ${((performance.now() - began) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
  )
  expect(state).toMatchObject({ state: 'done', rows: 320_705, rejected: 0, events: 13_840, duplicates: 0, error: null })
  expect(state.skipped).toEqual({ 'no CustomerID': 88_652, 'price of zero or less': 21 })
  expect(state.bytesRead).toBe(state.bytes)

  const rows = await server.query<Record<'event' | 'events' | 'people' | 'cents', string>>(totals)
  expect(rows.map((row) => [row.event, Number(row.events), Number(row.people), Number(row.cents)])).toEqual([
    ['order_completed', 11_413, 3317, 523_924_056],
    ['order_refunded', 2427, expect.any(Number), 32_013_283],
  ])
  const [people] = await server.query<{ people: string }>('select uniqExact(person_id) as people from kindred.events')
  expect(state.people).toBe(Number(people?.people))

  await expectTraits(content)

  const again = await server.ended((await server.start(content, mapping)).id)
  expect(again).toMatchObject({ state: 'done', rows: 320_705, events: 0, duplicates: 13_840, people: 0 })
  expect(await server.query(totals)).toEqual(rows)
})

/** What the file says of each customer, line by line: pence, orders, and the moment of the last one. */
function customersOf(content: Buffer): Map<string, { pence: number; orders: number; last: number }> {
  const lines = parseCsv(gunzipSync(content), { columns: true }) as Record<'InvoiceNo' | 'Quantity' | 'InvoiceDate' | 'UnitPrice' | 'CustomerID', string>[]
  const invoices = new Map<string, { customer: string; price: number; at: number }>()
  for (const { InvoiceNo: number, Quantity: quantity, InvoiceDate: date, UnitPrice: price, CustomerID: id } of lines) {
    if (id === '' || number.startsWith('C') || Number(quantity) <= 0 || Number(price) <= 0) continue
    const customer = id.replace(/\.0$/, '')
    const invoice = invoices.get(`${customer} ${number}`) ?? {
      customer,
      price: 0,
      at: Temporal.PlainDateTime.from(date.replace(' ', 'T')).toZonedDateTime('Europe/London').epochMilliseconds,
    }
    invoices.set(`${customer} ${number}`, { ...invoice, price: invoice.price + Number(quantity) * Number(price) })
  }
  const customers = new Map<string, { pence: number; orders: number; last: number }>()
  for (const { customer, price, at } of invoices.values()) {
    const { pence, orders, last } = customers.get(customer) ?? { pence: 0, orders: 0, last: 0 }
    customers.set(customer, { pence: pence + Math.round(price * 100), orders: orders + 1, last: Math.max(last, at) })
  }
  return customers
}

/** Monetary value, number of orders, average order and recency of every customer, by the built-in traits and by the file. */
async function expectTraits(content: Buffer): Promise<void> {
  const now = Date.UTC(2011, 8, 1, 9, 30)
  const roles = { events: { order: ['order_completed'] }, properties: { value: 'revenue', items: 'items' } }
  const context = { ...(await questionContext(server.parts, server.project)), now, roles }
  const rows = await server.query<{ id: string; name: string }>(
    'select toString(person_id) as id, any(distinct_id) as name from kindred.events group by person_id',
  )
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const valuesOf = async (trait: string) => {
    const definition = builtInTraits.get(trait)?.definition
    const statement = definition === undefined ? null : toldValuesSql(planTrait(definition, context), context)
    if (statement === null) throw new Error(`${trait} has values`)
    const values = await server.parts.store.query<{ id: string; value: number }>(render(statement))
    return new Map(values.map(({ id, value }) => [names.get(id), Number(value)]))
  }
  const customers = customersOf(content)
  const plain = (value: (customer: { pence: number; orders: number; last: number }) => number) =>
    new Map([...customers].map(([name, customer]): [string | undefined, number] => [name, value(customer)]))
  const sorted = (values: Map<string | undefined, number>) => [...values].toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))
  expect(sorted(await valuesOf('total_orders'))).toEqual(sorted(plain(({ orders }) => orders)))
  expect(sorted(await valuesOf('total_spent')).map(([name, value]) => [name, Math.round(value * 100)])).toEqual(sorted(plain(({ pence }) => pence)))
  const pence = (values: Map<string | undefined, number>) => sorted(values).map(([name, value]) => [name, value.toFixed(6)])
  expect(pence(await valuesOf('average_order_value'))).toEqual(pence(plain(({ pence: all, orders }) => all / 100 / orders)))
  expect(sorted(await valuesOf('last_order_date'))).toEqual(sorted(plain(({ last }) => last)))
  expect(sorted(await valuesOf('days_since_last_order'))).toEqual(sorted(plain(({ last }) => Math.floor((now - last) / 86_400_000))))
}

test('every mapping that comes along is valid', () => {
  const mappings = join(import.meta.dirname, '..', '..', 'mappings')
  for (const name of readdirSync(mappings)) {
    const read = importMappingSchema.safeParse(parse(readFileSync(join(mappings, name), 'utf8')))
    expect({ name, issues: read.error?.issues ?? [] }).toEqual({ name, issues: [] })
  }
})
