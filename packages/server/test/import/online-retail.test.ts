import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ImportMappingInput, importMappingSchema } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
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

  const again = await server.ended((await server.start(content, mapping)).id)
  expect(again).toMatchObject({ state: 'done', rows: 320_705, events: 0, duplicates: 13_840, people: 0 })
  expect(await server.query(totals)).toEqual(rows)
})

test('every mapping that comes along is valid', () => {
  const mappings = join(import.meta.dirname, '..', '..', 'mappings')
  for (const name of readdirSync(mappings)) {
    const read = importMappingSchema.safeParse(parse(readFileSync(join(mappings, name), 'utf8')))
    expect({ name, issues: read.error?.issues ?? [] }).toEqual({ name, issues: [] })
  }
})
