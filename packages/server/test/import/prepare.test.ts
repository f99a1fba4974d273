import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportInspection, ImportPreview, ImportState, Page, SavedMapping } from '@kindred/model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { resumeImports } from '../../src/imports/jobs.ts'
import { withoutStored } from '../../src/imports/stored-events.ts'
import { packEntries } from '../../src/log/entry.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let shop: TestProject
let root: string

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.createProject({ timezone: 'Europe/Dublin' })
  root = join(server.dataDir, 'root')
  mkdirSync(root)
  server.parts.config.importRoot = root
})
afterAll(() => server.close())

const file = (name: string, content: string | Buffer) => writeFileSync(join(root, name), content)
const inspect = (path: string) => shop.post<ImportInspection>('/imports/inspect-path', { path })
const preview = (path: string, mapping: object) => shop.post<ImportPreview>('/imports/preview', { path, mapping })
async function run(path: string, mapping: object): Promise<ImportState> {
  let state = await shop.post<ImportState>('/imports', { path, mapping })
  while (state.state === 'waiting' || state.state === 'running') state = await shop.get<ImportState>(`/imports/${state.id}`)
  return state
}
const stored = <Row>(text: string) => server.parts.store.query<Row>({ text: `${text} and project_id = ${shop.project.id}`, params: {} })

describe('a look into a file', () => {
  test('guesses signs, dates and kinds, and says where a date may be read two ways', async () => {
    file('prices.csv', 'order_id;customer_id;amount;paid_at;born;ok\n1;a;1.234,50;1577836800;03/04/1990;yes\n2;b;7,5;1577836900;05/06/1991;no\n')
    const { guess, columns, notes } = await inspect('prices.csv')
    expect(columns.map(({ type }) => type)).toEqual(['number', 'text', 'number', 'date', 'date', 'boolean'])
    expect(guess).toMatchObject({
      decimal: ',',
      thousands: '.',
      event: { time: { column: 'paid_at', format: 'epoch-seconds' }, properties: { born: { type: 'date', format: 'day-first' } } },
    })
    expect(notes).toEqual([expect.stringContaining('"born" such as 03/04/1990 can be read day first or month first')])
    const { made } = await preview('prices.csv', guess)
    expect(made[0]).toMatchObject({ line: 2, id: 'a', at: 1577836800000, properties: { born: '1990-04-03', ok: true } })
    expect(made.map(({ properties }) => properties.revenue)).toEqual([1234.5, 7.5])
  })
  test('a date that is named as one of two readings is another day by each', async () => {
    const notesOf = async (...dates: string[]) => {
      file('births.csv', `user_id,born\n${dates.map((date, index) => `${index},${date}\n`).join('')}`)
      return (await inspect('births.csv')).notes
    }
    // Neither what says no date, nor the same day either way, nor a day that tells its month.
    const [note, ...others] = await notesOf('n/a', '04/04/2026', '2026-04-03', '3 May 2026', '03/04/2026', '05/06/2026')
    expect(note).toContain('"born" such as 03/04/2026 can be read day first or month first')
    expect(others).toEqual([])
    // A day beyond the twelfth settles it for the column.
    expect(await notesOf('03/04/2026', '25/04/2026')).toEqual([])
    expect(await notesOf('04/25/2026', '03/04/2026')).toEqual([])
    // Rows that are not looked at may hold others: it is said, and no date named.
    expect(await notesOf('04/04/2026', '05/05/2026')).toEqual([expect.stringContaining('Dates of "born" can be read day first or month first')])
  })
  test('knows people and companies, and exports by their fields', async () => {
    file('people.csv', 'user_id,name,signed_up_at,plan\n1,Ann,2020-01-01,pro\n2,Bob,2020-02-01,free\n')
    expect((await inspect('people.csv')).guess).toMatchObject({ person: { id: 'user_id', properties: { signed_up_at: { type: 'date' } } } })
    expect((await inspect('people.csv')).guess.event).toBeUndefined()
    file('firms.csv', 'company_id,name,industry\n1,Acme,Steel\n2,Bolt,Cars\n')
    expect((await inspect('firms.csv')).guess).toMatchObject({ account: { type: 'company', id: 'company_id' } })
    file('posthog.jsonl', '{"uuid":"0190f0a2-7c3e-7a2b-8c00-1234567890ab","event":"x","distinct_id":"a","timestamp":"2024-01-01","properties":{}}\n')
    expect((await inspect('posthog.jsonl')).guess).toEqual({ format: 'jsonl', export: 'posthog' })
    file('segment.jsonl', '{"type":"track","messageId":"m","userId":"a","event":"x","timestamp":"2024-01-01T00:00:00Z"}\n')
    expect((await inspect('segment.jsonl')).guess).toEqual({ format: 'jsonl', export: 'segment' })
  })
  test('does not leave the folder', async () => {
    await expect(inspect('../catalog.sqlite')).rejects.toThrow('import/forbidden-path')
    await expect(preview('/etc/passwd', { person: { id: 'a' } })).rejects.toThrow('import/forbidden-path')
  })
})

test('a preview shows rows as they will become, bad rows with line, column and reason, and keeps nothing', async () => {
  const rows = Array.from({ length: 80 }, (_, index) => `p${index},${index === 3 ? 'never' : '2020-07-01 12:00'},${index}`)
  file('seen.csv', `who,at,n\n,2020-07-01,1\n${rows.join('\n')}\n`)
  const mapping = { person: { id: 'who', whenEmpty: 'skip' }, event: { name: 'seen', time: { column: 'at' }, properties: { n: 'n' } } }
  const { made, rejects, rejected, skipped, rows: looked } = await preview('seen.csv', mapping)
  expect(made).toHaveLength(50)
  expect(made[0]).toEqual({
    line: 3,
    event: 'seen',
    id: 'p0',
    otherIds: [],
    accountType: null,
    at: Date.UTC(2020, 6, 1, 11),
    properties: { n: 0 },
    set: {},
    setOnce: {},
    accounts: {},
  })
  expect(rejects).toEqual([{ line: 6, column: 'at', reason: '"never" is not a time that can be read', row: 'p3,never,3' }])
  expect({ rejected, skipped, looked }).toEqual({ rejected: 1, skipped: { 'no who': 1 }, looked: 52 })
  expect(await stored("select 1 from kindred.events where event = 'seen'")).toEqual([])
  await expect(preview('seen.csv', { person: { id: 'whom' } })).rejects.toThrow('has no column')
})

describe('Parquet', () => {
  const write = (name: string, select: string) =>
    server.parts.store.command({
      text: `insert into function file('${join(root, name)}', Parquet) ${select}`,
      params: {},
    })

  test('is read by the engine: whole, in order, with its types', async () => {
    await write(
      'lines.parquet',
      `select concat('p', toString(number % 100)) as who, toDateTime64('2020-07-01 12:00:00', 3, 'UTC') + number as at, number as n, 9007199254740993 + number as big,
        if(number % 2 = 0, null, 'odd') as note, toDate('1990-05-01') as born, [1, 2] as list, toDecimal64(number / 4, 2) as price from numbers(6000)`,
    )
    const { format, columns, guess } = await inspect('lines.parquet')
    expect(format).toBe('parquet')
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['who', 'text'],
      ['at', 'date'],
      ['n', 'number'],
      ['big', 'text'],
      ['note', 'text'],
      ['born', 'date'],
      ['list', 'text'],
      ['price', 'number'],
    ])
    expect(guess.format).toBe('parquet')
    const properties = Object.fromEntries(['n', 'big', 'note', 'born', 'list', 'price'].map((name) => [name, name]))
    const mapping = { format: 'parquet', person: { id: 'who' }, event: { name: 'line', time: { column: 'at' }, properties } }
    const { made } = await preview('lines.parquet', mapping)
    expect(made[1]).toMatchObject({
      line: 2,
      id: 'p1',
      at: Date.UTC(2020, 6, 1, 12, 0, 1),
      properties: { n: 1, big: '9007199254740994', note: 'odd', born: '1990-05-01', list: [1, 2], price: 0.25 },
    })
    expect(await run('lines.parquet', mapping)).toMatchObject({ state: 'done', rows: 6000, events: 6000, people: 100, rejected: 0 })
    expect(await run('lines.parquet', mapping)).toMatchObject({ state: 'done', events: 0, duplicates: 6000 })
    await expect(preview('lines.parquet', { person: { id: 'whom' } })).rejects.toThrow('the file has no column')
  })
  test('that is cut off or broken says so, and leaves no links behind', async () => {
    const whole = readFileSync(join(root, 'lines.parquet'))
    file('cut.parquet', whole.subarray(0, whole.length - 1000))
    await expect(inspect('cut.parquet')).rejects.toThrow(/its Parquet data is broken or cut off/)
    file('broken.parquet', Buffer.concat([whole.subarray(0, 200), Buffer.alloc(5000, 7), whole.subarray(5200)]))
    await expect(inspect('broken.parquet')).rejects.toThrow(/its Parquet data is broken or cut off/)
    expect(readdirSync(join(server.dataDir, 'import-work')).filter((name) => name.endsWith('.parquet'))).toEqual([])
  })
  test('that an earlier process was reading leaves nothing behind', async () => {
    const left = join(server.dataDir, 'import-work', 'left.parquet')
    writeFileSync(left, 'PAR1')
    await resumeImports(server.parts)
    expect(existsSync(left)).toBe(false)
    expect((await inspect('lines.parquet')).format).toBe('parquet')
  })
  test('a name with signs of a pattern is one file', async () => {
    file('p*?.parquet', readFileSync(join(root, 'lines.parquet')))
    expect((await preview('p*?.parquet', { person: { id: 'who' } })).made).toHaveLength(50)
  })
})

describe('saved mappings', () => {
  const mapping = { person: { id: 'who', whenEmpty: 'skip' as const }, event: { name: 'seen', time: { column: 'at' } } }
  const list = () => shop.get<Page<SavedMapping>>('/imports/mappings')

  test('are kept by name, replaced, exported as YAML that can be used again, and deleted', async () => {
    const first = await shop.post<SavedMapping>('/imports/mappings', { name: 'Visits', mapping })
    const again = await shop.post<SavedMapping>('/imports/mappings', { name: ' Visits ', mapping: { ...mapping, source: 'site' } })
    expect(again.id).toBe(first.id)
    expect((await list()).results).toMatchObject([{ name: 'Visits', mapping: { source: 'site', person: { id: 'who' } } }])
    const yaml = await shop.text(`/imports/mappings/${first.id}/yaml`)
    file('again.csv', 'who,at\nz,2020-01-01\n')
    expect(await run('again.csv', parse(yaml) as object)).toMatchObject({ state: 'done', events: 1 })
    const other = await server.createProject({ name: 'Other' })
    await expect(other.get(`/imports/mappings/${first.id}`)).rejects.toThrow('import/mapping-not-found')
    await expect(other.delete(`/imports/mappings/${first.id}`)).rejects.toThrow('import/mapping-not-found')
    await shop.delete(`/imports/mappings/${first.id}`)
    expect((await list()).results).toEqual([])
    await expect(shop.post('/imports/mappings', { name: 'x', mapping: {} })).rejects.toThrow('import/invalid-mapping')
  })
})

describe('an event that came in live', () => {
  const capture = async (path: string, body: object) => {
    const reply = await server.app.inject({ method: 'POST', url: path, payload: { ...body, api_key: shop.project.token, writeKey: shop.project.token } })
    expect(reply.statusCode).toBe(200)
    await server.parts.ingest.drained()
  }

  test('and its export count once, also long after', async () => {
    const now = Date.now()
    const days = 24 * 3_600_000
    server.setNow(now - 200 * days)
    const at = new Date(now - 200 * days).toISOString()
    const uuid = crypto.randomUUID()
    await capture('/batch', { batch: [{ uuid, event: 'live_posthog', distinct_id: 'ann', timestamp: at, properties: {} }] })
    await capture('/v1/batch', { batch: [{ type: 'track', messageId: 'm-1', userId: 'ann', event: 'live_segment', timestamp: at, sentAt: at }] })
    server.setNow(undefined)
    // A later event makes the log forget what is older than its window.
    await capture('/batch', { batch: [{ event: 'later', distinct_id: 'ann', properties: {} }] })
    const asked = { projectId: shop.project.id, events: packEntries([{ uuid, json: '{}' }]), times: [Date.parse(at), Date.parse(at)] as [number, number] }
    expect(await withoutStored(server.parts, asked)).toMatchObject({ left: 1 })
    expect(await withoutStored(server.parts, { ...asked, projectId: 99 })).toMatchObject({ left: 0 })
    const other = { uuid: crypto.randomUUID(), event: 'live_posthog', distinct_id: 'bob', timestamp: at, properties: {} }
    file(
      'live.jsonl',
      [{ uuid, event: 'live_posthog', distinct_id: 'ann', timestamp: at, properties: {} }, other].map((each) => JSON.stringify(each)).join('\n'),
    )
    expect(await run('live.jsonl', { export: 'posthog' })).toMatchObject({ state: 'done', events: 1, duplicates: 1 })
    file('calls.jsonl', JSON.stringify({ type: 'track', messageId: 'm-1', userId: 'ann', event: 'live_segment', timestamp: at }))
    expect(await run('calls.jsonl', { export: 'segment' })).toMatchObject({ state: 'done', events: 0, duplicates: 1 })
    const events = await stored<{ event: string }>("select event from kindred.events where event like 'live%'")
    expect(events.map(({ event }) => event).sort()).toEqual(['live_posthog', 'live_posthog', 'live_segment'])
  })
})
