import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { bind, raw, render, sql } from '@kindred/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChdbStore } from '../../src/store/clickhouse/chdb.ts'
import type { Store } from '../../src/store/clickhouse/store.ts'
import { storedProperties } from '../../src/store/clickhouse/stored-properties.ts'

let folder: string
let store: Store
const query = <Row>(text: string) => store.query<Row>(render(raw(text)))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-store-'))
  store = await openChdbStore({ path: folder, memoryBytes: 2e9, queryMemoryBytes: 5e8, querySeconds: 20 })
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const overrides = (rows: object[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))

test('a repeated token changes nothing, another token adds', async () => {
  const rows = () => overrides([{ project_id: 1, from_id: 1, to_id: 2, version: 1 }])
  await store.insert('person_overrides', rows(), 'a')
  await store.insert('person_overrides', rows(), 'a')
  expect(await query('select count() as n from kindred.person_overrides')).toEqual([{ n: '1' }])
  await store.insert('person_overrides', rows(), 'b')
  expect(await query('select count() as n from kindred.person_overrides')).toEqual([{ n: '2' }])
})

test('values are bound, whatever they hold', async () => {
  const nasty = `it's \\ "x" \n\t {p0:String} ; drop table kindred.events -- ünï`
  const list = ["a'b", 'c\\', ']', '']
  const [row] = await store.query<{ a: string; b: string[] }>(render(sql`select ${bind('String', nasty)} as a, ${bind('Array(String)', list)} as b`))
  expect(row).toEqual({ a: nasty, b: list })
})

test('any text and any number comes back as it was bound, alone and in a list', async () => {
  const text = fc.string({
    unit: fc.constantFrom("'", '"', '\\', '\0', '\n', '`', '{p0:String}', '}', '\t', '\r', ',', ']', '\b', '--', '/*', ')', ';', 'n', '0', 'x', 'é', '😀', '%'),
  })
  const values = fc.record({
    one: text,
    list: fc.array(text, { maxLength: 4 }),
    number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    whole: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  })
  await fc.assert(
    fc.asyncProperty(values, async ({ one, list, number, whole }) => {
      const asked = sql`select ${bind('String', one)} as one, ${bind('Array(String)', list)} as list, ${bind('Float64', number)} as number, ${bind('Int64', whole)} as whole`
      const [row] = await store.query<{ one: string; list: string[]; number: number; whole: string }>(render(asked))
      expect(row).toEqual({ one, list, number: number === 0 ? 0 : number, whole: String(whole) })
    }),
    { numRuns: 300 },
  )
})

test('a question is answered while a long one runs', async () => {
  const order: string[] = []
  const controller = new AbortController()
  const endless = store
    .query(render(raw('select count() from system.numbers where number % 7 = 9')), { signal: controller.signal, seconds: 30 })
    .catch(() => order.push('endless'))
  await store.query(render(sql`select ${bind('UInt8', 1)} as one`))
  order.push('short')
  controller.abort()
  await endless
  expect(order[0]).toBe('short')
})

test('a statement may be as long as a definition makes it', async () => {
  const terms = Array.from({ length: 1_000 }, (_, index) => `number = ${index} and '${'a definition'.repeat(25)}' != ''`)
  const [row] = await query<{ n: number[] }>(`select [${terms.join(', ')}] as n from numbers(3) where number = 2`)
  expect(row?.n.flatMap((met, index) => (met === 1 ? [index] : []))).toEqual([2])
})

test('a value may be as long as a list of people is', async () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => `customer-${index}-of-a-shop@example.com`)
  const [row] = await store.query(render(sql`select length(${bind('Array(String)', ids)}) as n, ${bind('Array(String)', ids)}[100000] as last`))
  expect(row).toEqual({ n: '100000', last: ids.at(-1) })
})

test('a statement beyond what the engine reads is refused by name', async () => {
  const long = `select '${'a'.repeat(17_000_000)}'`
  const deep = `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`
  const wide = `select [${Array.from({ length: 600_000 }, () => 'x').join(',')}] from (select number as x from numbers(1))`
  const copied = `with ${Array.from({ length: 20 }, (_, n) => `plus(${n === 0 ? 'number, number' : `a${n - 1}, a${n - 1}`}) as a${n}`).join(', ')} select a19 from numbers(1)`
  for (const text of [long, deep, wide, copied]) await expect(query(text)).rejects.toMatchObject({ code: 'query/too-complex' })
  // A mistake of ours is not taken for one.
  await expect(query('select from from')).rejects.toThrow(/syntax error/i)
})

test('a reader cannot write', async () => {
  await expect(query('insert into kindred.person_overrides values (1, 1, 1, 1)')).rejects.toThrow(/readonly/i)
})

test('a question that takes too long ends by name, and one that is cancelled ends in the engine', async () => {
  const endless = render(raw('select count() from system.numbers where number % 7 = 8'))
  await expect(store.query(endless, { seconds: 1 })).rejects.toMatchObject({ code: 'query/timeout' })
  const controller = new AbortController()
  const cancelled = store.query(endless, { signal: controller.signal, seconds: 30 })
  setTimeout(() => controller.abort(), 200)
  await expect(cancelled).rejects.toMatchObject({ code: 'query/cancelled' })
  expect(
    await query(`select count() as n from system.processes where query like '%system.numbers where number % 7%' and query not like '%system.processes%'`),
  ).toEqual([{ n: '0' }])
})

test('a question that needs too much memory ends by name', async () => {
  const wide = render(raw('select groupArray(toString(number)) as x from numbers(50000000)'))
  await expect(store.query(wide, { bytes: 5e7 })).rejects.toMatchObject({ code: 'query/memory' })
})

test('settings of one statement do not stay for the next', async () => {
  await store.query(render(raw('select 1')), { seconds: 3 })
  const [row] = await query<{ value: string }>(`select value from system.settings where name = 'insert_deduplication_token'`)
  expect(row?.value).toBe('')
})

test('a stream gives every row, in chunks, and frees its session when left early', async () => {
  let rows = 0
  for await (const chunk of store.stream<{ n: string }>(render(sql`select number as n from numbers(300000) where number < ${bind('UInt64', 250_000)}`)))
    rows += chunk.length
  expect(rows).toBe(250_000)
  for (let index = 0; index < 6; index++) {
    for await (const chunk of store.stream(render(raw('select number from numbers(3000000)')))) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
  }
})

test('names that are made up within lists make few files', async () => {
  const filler = 'x'.repeat(30_000)
  const madeUp = (one: number, other: number) => [{ [`name${one}_${other}`]: [{ [`name${other}`]: other % 3 === 0 ? other : `${other}` }] }]
  for (let batch = 0; batch < 6; batch++) {
    const rows = Array.from({ length: 80 }, (_, row) => ({
      project_id: 1,
      event: 'order',
      timestamp: '2026-05-01 00:00:00.000',
      actor_id: 1,
      uuid: `00000000-0000-4000-8000-${String(batch * 100 + row).padStart(12, '0')}`,
      properties: storedProperties({ items: madeUp(batch, row), lines: madeUp(row, batch), filler }),
    }))
    await store.insert('events', overrides(rows), `made-up-${batch}`)
  }
  await store.command(render(raw('optimize table kindred.events final')))
  const [part] = await query<{ rows: string; path: string }>("select rows, path from system.parts where active and database = 'kindred' and table = 'events'")
  expect(part?.rows).toBe('480')
  expect(readdirSync(part?.path ?? '').length).toBeLessThan(2000)
})

test('more questions than sessions wait in line, and their place is known', async () => {
  const slow = render(raw('select sleep(0.5)'))
  const asked = Array.from({ length: availableParallelism() + 3 }, (_, index) => store.query(slow, { label: `q${index}` }))
  const places = await Promise.all(asked.map(async (_, index) => (await store.progress(`q${index}`)).place))
  expect(places).toEqual([...Array.from({ length: availableParallelism() + 1 }, () => null), 1, 2])
  await Promise.all(asked)
  expect(await store.progress('q1')).toEqual({ place: null, share: null })
})

test('how far a question has read is known by its label, and by no other', async () => {
  const controller = new AbortController()
  const long = store
    .query(render(raw('select count() from numbers(20000000000) where number % 7 = 9')), { label: 'a', signal: controller.signal })
    .catch((error: unknown) => error)
  const shares: number[] = []
  await expect.poll(async () => shares.push((await store.progress('a')).share ?? 0) && shares.at(-1), { timeout: 20_000 }).toBeGreaterThan(0.001)
  expect(await store.progress('b')).toEqual({ place: null, share: null })
  expect(shares).toEqual(shares.toSorted((one, other) => one - other))
  expect(shares.at(-1)).toBeLessThan(1)
  controller.abort()
  await long
})
