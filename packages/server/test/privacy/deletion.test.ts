import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { raw, render } from '@kindred/engine'
import type { Deletion, DeletionRequested, OptOut } from '@kindred/model'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personTables } from '../../src/privacy/erase-catalog.ts'
import { personColumns } from '../../src/privacy/erase-store.ts'
import { privacyJobs } from '../../src/privacy/jobs.ts'
import { startTestServer, type TestEvent, type TestProject, type TestServer } from '../test-server.ts'

const noon = Date.UTC(2026, 5, 1, 12)
const minute = 60_000
let server: TestServer
let project: TestProject

beforeAll(async () => {
  server = await startTestServer({ now: noon })
  project = await server.createProject()
})
afterAll(() => server.close())

const rows = <Row>(sql: string) => server.parts.store.query<Row>(render(raw(sql)))
const idle = () => privacyJobs(server.parts).idle()
const personOf = async (search: string) => (await project.get<{ results: { id: number }[] }>(`/people?search=${search}`)).results[0]?.id

/** Everything that tells of Vera: ids, values of her properties and of her events. Nobody else has any of it. */
const secrets = [
  'vera-visitor',
  'vera-buyer',
  'vera-phone',
  'vera@example.org',
  'Vera Vanish',
  '+353861112223',
  'violet-umbrella',
  'first-name-of-vera',
  'via-vera-referrer',
]

/** All bytes of the store's tables, decoded: every row of every table, of replaced parts that are still on disk too. */
async function decodedStore(): Promise<string> {
  const tables = await rows<{ name: string }>(`select name from system.tables where database = 'kindred' and name not in ('migrations', 'merges_to_fold')`)
  const texts: string[] = []
  for (const { name } of tables) {
    const all = await rows<{ row: string }>(`select toJSONString(tuple(*)) as row from kindred.${name}`)
    texts.push(...all.map(({ row }) => `${name} ${row}`))
  }
  return texts.join('\n')
}

/** Where each secret is found; the journals of SQLite belong to its files. */
async function findings(): Promise<string[]> {
  const found: string[] = []
  const store = await decodedStore()
  const files = readdirSync(server.dataDir).filter((name) => name.includes('.sqlite') && statSync(join(server.dataDir, name)).isFile())
  const places = [['store', store], ...files.map((name) => [name, readFileSync(join(server.dataDir, name), 'latin1')])] as [string, string][]
  for (const [place, text] of places) for (const secret of secrets) if (text.includes(secret)) found.push(`${secret} in ${place}`)
  return found
}

async function inactiveParts(): Promise<string[]> {
  return (
    await rows<{ part: string }>(`select table || ' ' || name as part from system.parts where database = 'kindred' and table != 'migrations' and not active`)
  ).map(({ part }) => part)
}

const uuid = '0b8e1f50-6a6f-4d67-9a3c-000000000001'
const veraEvents: TestEvent[] = [
  { event: 'view', distinctId: 'vera-visitor', uuid, properties: { product: 'violet-umbrella', $referrer: 'via-vera-referrer' } },
  { event: '$identify', distinctId: 'vera-buyer', otherId: 'vera-visitor', set: { email: 'vera@example.org', name: 'First-name-of-vera'.toLowerCase() } },
  { event: 'order', distinctId: 'vera-buyer', set: { name: 'Vera Vanish', phone: '+353861112223' }, groups: { company: 'acme' } },
  { event: 'view', distinctId: 'vera-phone' },
  { event: '$identify', distinctId: 'vera-buyer', otherId: 'vera-phone' },
  { event: '$consent', distinctId: 'vera-buyer', properties: { channel: 'email', purpose: 'marketing', granted: true } },
]
const otherEvents: TestEvent[] = [
  { event: 'view', distinctId: 'otto', properties: { product: 'red-umbrella' }, set: { email: 'otto@example.org' }, groups: { company: 'acme' } },
  { event: 'order', distinctId: 'otto' },
]

async function capture(events: object[]): Promise<void> {
  const payload = { api_key: project.project.token, batch: events }
  const reply = await server.app.inject({ method: 'POST', url: '/batch/', payload })
  expect(reply.statusCode).toBe(200)
  await server.parts.ingest.drained()
}

test('a deleted person is nowhere any more, the others are as they were, and what is sent again brings nobody back', async () => {
  await project.append([...veraEvents, ...otherEvents])
  // Without a name, and so set aside whole; one from the edge, one from the pipeline.
  await capture([{ properties: { note: 'first-name-of-vera' }, distinct_id: 'vera-buyer' }])
  await project.append([{ event: 'old', distinctId: 'vera-phone', timestamp: -5 }])
  const [vera, otto] = [await personOf('vera-buyer'), await personOf('otto')]
  if (vera === undefined || otto === undefined) throw new Error('the people are not there')
  await server.parts.store.command(render(raw(`insert into kindred.segment_lists select ${project.project.id}, 999, arrayJoin([${vera}, ${otto}])`)))
  await server.parts.catalog
    .insertInto('imports')
    .values({
      project_id: project.project.id,
      name: 'f.csv',
      source_key: '',
      path: '',
      mapping: '{}',
      state: 'done',
      progress: '{}',
      error: null,
      created_at: noon,
    })
    .execute()
  for (const [line, row] of ['7,vera-buyer,violet-umbrella', '8,otto,12'].entries()) {
    await server.parts.catalog.insertInto('import_rejects').values({ import_id: 1, line, column_name: 'x', reason: 'no number', row }).execute()
  }
  const before = await findings()
  const seenIn = new Set(before.map((each) => each.split(' in ')[1]))
  expect([...seenIn].some((place) => place?.startsWith('catalog.sqlite'))).toBe(true)
  expect([...seenIn].some((place) => place?.startsWith('log.sqlite'))).toBe(true)
  expect(seenIn).toContain('store')

  const asked = await project.post<DeletionRequested>('/deletions', { distinctIds: ['vera-visitor', 'nobody-here'], reason: 'she asked' })
  expect(asked).toMatchObject({ state: 'running', people: 1, unknown: ['nobody-here'], requestedBy: 'API key', reason: 'she asked' })
  await idle()
  const done = await project.get<Deletion>(`/deletions/${asked.id}`)
  expect(done).toMatchObject({ state: 'done', step: 'done', error: null, progress: 1 })
  const removed = Object.fromEntries((done.receipt?.places ?? []).map(({ place, removed, left }) => [place, [removed, left]]))
  expect(removed).toMatchObject({
    'store: events': [6, 0],
    'store: persons': [expect.any(Number), 0],
    'store: person_overrides': [1, 0],
    'store: segment_lists': [1, 0],
    'store: account_people': [1, 0],
    people: [1, 0],
    'ids of people': [3, 0],
    consents: [1, 0],
    // Six events, one that the edge could not read, and one set aside by its time.
    log: [8, 0],
    quarantine: [2, 0],
    'refused rows of imports': [1, 0],
    outbox: [0, 0],
  })
  expect(await findings()).toEqual([])
  expect(await inactiveParts()).toEqual([])
  expect(JSON.stringify(done)).not.toMatch(/vera-/)
  expect(done.receipt?.idHashes).toHaveLength(3)

  // Everybody else is whole, and positions are dense.
  expect(await project.get(`/people/${otto}`)).toMatchObject({ email: 'otto@example.org', events: 2 })
  expect((await rows<{ n: string }>(`select count() as n from kindred.events where project_id = ${project.project.id}`))[0]?.n).toBe('2')
  const log = new Database(join(server.dataDir, 'log.sqlite'), { readonly: true })
  const chunks = log.prepare<[], { count: number; events: string }>('select count, events from chunks').all()
  expect(chunks.every(({ count, events }) => JSON.parse(events).length === count)).toBe(true)
  log.close()

  // The same uuid is a repeat for ever; another event of before the deletion is hers too; one of after is somebody new.
  server.setNow(noon + 400 * 24 * 60 * minute)
  await capture([{ event: 'view', distinct_id: 'vera-visitor', uuid, properties: {} }])
  await project.append([{ event: 'late', distinctId: 'vera-buyer', timestamp: noon - minute }])
  expect(await personOf('vera')).toBeUndefined()
  await project.append([{ event: 'again', distinctId: 'vera-buyer' }])
  const back = await personOf('vera-buyer')
  expect(back).toBeGreaterThan(otto)
  expect(await project.get(`/people/${back}`)).toMatchObject({ events: 1, email: null })

  // A second run through the whole log decides the same.
  const problems = async () => (await project.get<{ problems: { reason: string; count: number }[] }>('/status')).problems
  expect((await problems()).find(({ reason }) => reason === 'erased-person')?.count).toBe(1)
  await project.delete(`/people/${back}?reason=test%20end`)
  await idle()
}, 60_000)

test('deleted and blocked: later events stay out too, until the block is lifted', async () => {
  await project.append([{ event: 'view', distinctId: 'blake' }])
  const blake = await personOf('blake')
  await project.delete(`/people/${blake}?block=true`)
  await idle()
  await project.append([{ event: 'view', distinctId: 'blake' }])
  expect(await personOf('blake')).toBeUndefined()
  const { results } = await project.get<{ results: OptOut[] }>('/opt-outs')
  expect(results[0]).toMatchObject({ distinctId: null, personId: null, liftedAt: null })
  await project.delete(`/opt-outs/${results[0]?.id}`)
  await project.append([{ event: 'view', distinctId: 'blake', timestamp: Date.UTC(2028, 1, 1) }])
  expect(await personOf('blake')).toBeDefined()
}, 30_000)

test('a hundred people are one pass, and people of another project are never touched', async () => {
  const other = await server.createProject()
  const names = Array.from({ length: 100 }, (_, index) => `crowd-${index}-x`)
  await project.append(names.map((distinctId) => ({ event: 'view', distinctId })))
  await other.append([{ event: 'view', distinctId: 'crowd-1-x' }])
  const foreign = (await other.get<{ results: { id: number }[] }>('/people')).results[0]?.id
  await expect(project.post('/deletions', { personIds: [foreign] })).rejects.toThrow('deletion/nobody')
  const { id } = await project.post<Deletion>('/deletions', { distinctIds: names })
  await idle()
  expect(await project.get(`/deletions/${id}`)).toMatchObject({ state: 'done', people: 100 })
  await expect(other.get(`/deletions/${id}`)).rejects.toThrow('deletion/not-found')
  expect(await rows(`select count() as n, any(project_id) as p from kindred.events where distinct_id like 'crowd-%'`)).toEqual([
    { n: '1', p: other.project.id },
  ])
  expect((await other.get<{ results: unknown[] }>('/people')).results).toHaveLength(1)
}, 30_000)

test('every table that names a person is among the places', async () => {
  const columns = await rows<{ table: string }>(
    `select distinct table from system.columns where database = 'kindred' and name in ('person_id', 'actor_id', 'from_id', 'distinct_id') and table != 'merges_to_fold'`,
  )
  expect(columns.map(({ table }) => table).sort()).toEqual(
    Object.entries(personColumns)
      .filter(([, own]) => own.length > 0)
      .map(([table]) => table)
      .sort(),
  )
  const catalog = new Database(join(server.dataDir, 'catalog.sqlite'), { readonly: true })
  const tables = catalog
    .prepare<[], { name: string }>(
      `select distinct m.name from sqlite_master m join pragma_table_info(m.name) c
       where m.type = 'table' and c.name in ('person_id', 'distinct_id', 'from_id')`,
    )
    .all()
  catalog.close()
  // The work list of a deletion is emptied at its end; opt-outs keep hashes; sample people of tests go by the ids they name.
  const others = ['deletion_people', 'opt_outs', 'persons', 'segment_tests']
  expect(new Set(tables.map(({ name }) => name).concat('persons'))).toEqual(new Set([...personTables.map(({ table }) => table), ...others]))
})
