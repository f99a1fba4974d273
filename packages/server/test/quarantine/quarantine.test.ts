import { join } from 'node:path'
import { raw, render } from '@kindred/engine'
import type {
  CorrectionPreview,
  CorrectionState,
  QuarantinedEvent,
  QuarantineList,
  QuarantineOutcome,
  QuarantineReplayed,
  QuarantineTotals,
  Status,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config } from '../../src/config.ts'
import { packEntries } from '../../src/log/entry.ts'
import { asideLimits } from '../../src/pipeline/aside.ts'
import { startIngest } from '../../src/pipeline/start-ingest.ts'
import { correctedBody } from '../../src/quarantine/correct-body.ts'
import { rawRequest } from '../pipeline/way-in.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const hour = 3_600_000

/** Sends a request of posthog-node, to the way in of the moment, and waits until the store has it. */
async function send({ project }: TestProject, batch: unknown[], more: object = {}): Promise<void> {
  const body = Buffer.from(JSON.stringify({ api_key: project.token, batch, ...more }))
  const { ingest } = server.parts
  expect(await ingest.capture(rawRequest({ body, userAgent: 'posthog-node/5' }))).toMatchObject({ status: 200 })
  await ingest.drained()
}
function rows<Row>(text: string): Promise<Row[]> {
  return server.parts.store.query<Row>(render(raw(text)))
}
const stored = ({ project }: TestProject, columns = 'event, toString(uuid) as uuid, position') =>
  rows<Record<string, string>>(`select ${columns} from kindred.events where project_id = ${project.id} order by position`)
const list = async (project: TestProject, query = '') => project.get<QuarantineList>(`/quarantine${query}`)

/** The way in again, on the same files, with other settings or over another store. */
async function restartIngest(config: Partial<Config>, store = server.parts.store): Promise<void> {
  await server.parts.ingest.close()
  const inData = (name: string) => join(server.dataDir, name)
  server.parts.ingest = await startIngest({
    config: { ...server.parts.config, ...config },
    store,
    clock: server.parts.clock,
    catalogPath: inData('catalog.sqlite'),
    logPath: inData('log.sqlite'),
  })
}

test('a corrected event goes the way of all others once, however often it is sent: with its uuid, its own time and a new position', async () => {
  const project = await server.createProject()
  const uuid = '0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1'
  const now = Date.now()
  const timestamp = new Date(now - 5 * hour).toISOString()
  // The sender's clock is two hours behind, which only the request says.
  await send(
    project,
    [
      { event: 'order', uuid, timestamp, properties: { total: 12.5 } },
      { event: 'other', distinct_id: 'x' },
    ],
    {
      sent_at: new Date(now - 2 * hour).toISOString(),
    },
  )
  const [row] = (await list(project)).results
  expect(row).toMatchObject({ reason: 'missing-distinct-id', source: 'posthog', form: 'wire', underway: false })
  const { body, id } = await project.get<QuarantinedEvent>(`/quarantine/${row?.id}`)
  expect(JSON.parse(body)).toEqual({ event: 'order', uuid, timestamp, properties: { total: 12.5 } })

  await expect(project.post(`/quarantine/${id}/replay`, {})).rejects.toMatchObject({ status: 400, body: expect.stringContaining('no distinct_id') })
  await expect(project.post(`/quarantine/${id}/replay`, { body: '{' })).rejects.toMatchObject({ status: 400 })
  const corrected = { body: JSON.stringify({ ...JSON.parse(body), distinct_id: 'ada' }) }
  const clicks = await Promise.allSettled([1, 2, 3].map(() => project.post<QuarantineOutcome>(`/quarantine/${id}/replay`, corrected)))
  expect(clicks.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: { state: 'taken' } }])
  // As after a crash between the log and the answer: it is in the log again, and again.
  const again = { uuid: null, json: JSON.stringify({ replay: id, event: { uuid, event: 'order', distinctId: 'ada', timestamp: now, properties: {} } }) }
  await server.parts.ingest.append({ projectId: project.project.id, source: 'posthog', events: packEntries([again, again]) })
  await server.parts.ingest.drained()

  const events = await stored(project, 'event, toString(uuid) as uuid, position, toUnixTimestamp64Milli(timestamp) as at')
  expect(events.map(({ event }) => event)).toEqual(['other', 'order'])
  expect(events[1]).toMatchObject({ uuid })
  expect(Math.abs(Number(events[1]?.at) - (now - 3 * hour))).toBeLessThan(60_000)
  expect(Number(events[1]?.position)).toBeGreaterThan(Number(row?.position))
  // Sent by its sender once more, it is the repeat of what is in.
  await send(project, [{ event: 'order', uuid, distinct_id: 'ada', properties: {} }])
  expect(await stored(project)).toHaveLength(2)
  expect(await list(project)).toMatchObject({ total: 0, results: [] })
  expect((await project.get<{ reasons: QuarantineTotals[] }>('/quarantine/totals')).reasons).toMatchObject([
    { reason: 'missing-distinct-id', count: 1, waiting: 0, replayed: 1, discarded: 0, expired: 0 },
  ])
  expect((await project.get<Status>('/status')).problems.filter(({ kind }) => kind === 'quarantined')).toEqual([])
  await expect(project.get(`/quarantine/${id}`)).rejects.toMatchObject({ status: 404 })
})

test('all of a reason are sent again once the limit is raised; what still cannot go on stays, with its reason', async () => {
  const project = await server.createProject()
  await restartIngest({ propertyNames: 20 })
  const withName = (name: string) => ({ event: 'x', distinct_id: 'a', properties: { [name]: 1 } })
  await send(
    project,
    Array.from({ length: 30 }, (_, index) => withName(`name ${index}`)),
  )
  const again = () => project.post<QuarantineReplayed>('/quarantine/replay', { reason: 'too-many-property-names' })
  const { total } = await list(project, '?reason=too-many-property-names')
  expect(total).toBeGreaterThanOrEqual(10)
  expect(await again()).toEqual({ sent: total, unreadable: 0, left: total, done: true })
  expect((await list(project)).results[0]).toMatchObject({ attempts: 1, underway: false })
  await restartIngest({})
  expect(await again()).toEqual({ sent: total, unreadable: 0, left: 0, done: true })
  expect(await stored(project)).toHaveLength(30)
})

test('pages, filters, discarding; another project sees nothing of it', async () => {
  const project = await server.createProject()
  const other = await server.createProject()
  await send(project, [...Array.from({ length: 7 }, () => ({ distinct_id: 'a' })), 5, { event: 'x', distinct_id: 'a', timestamp: '1901-01-01T00:00:00Z' }])
  const first = await list(project, '?limit=4')
  const second = await list(project, `?limit=4&cursor=${first.next}`)
  const third = await list(project, `?limit=4&cursor=${second.next}`)
  expect([first, second, third].map(({ total, results, next }) => [total, results.length, next !== null])).toEqual([
    [9, 4, true],
    [9, 4, true],
    [9, 1, false],
  ])
  expect((await list(project, '?reason=not-an-object')).results).toMatchObject([{ sample: '5' }])
  expect((await list(project, `?from=${Date.now() + hour}`)).total).toBe(0)
  await expect(list(project, '?colour=red')).rejects.toMatchObject({ status: 400 })
  await expect(project.post('/quarantine/discard', {})).rejects.toMatchObject({ status: 400 })

  const [old] = (await list(project, '?reason=timestamp-out-of-range')).results
  expect((await list(other)).total).toBe(0)
  await expect(other.get(`/quarantine/${old?.id}`)).rejects.toMatchObject({ status: 404 })
  await expect(other.post(`/quarantine/${old?.id}/replay`, {})).rejects.toMatchObject({ status: 404 })
  expect(await other.post('/quarantine/discard', { ids: [old?.id] })).toEqual({ discarded: 0 })

  const parsed = JSON.parse((await project.get<QuarantinedEvent>(`/quarantine/${old?.id}`)).body)
  const replay = (body: object) => project.post<QuarantineOutcome>(`/quarantine/${old?.id}/replay`, { body: JSON.stringify(body) })
  await expect(replay({ ...parsed, extra: 1 })).rejects.toMatchObject({ status: 400 })
  expect(await replay(parsed)).toMatchObject({ state: 'set-aside', reason: 'timestamp-out-of-range' })
  expect(await replay({ ...parsed, timestamp: '2024-03-01T00:00:00Z' })).toEqual({ state: 'taken' })
  expect(await project.post('/quarantine/discard', { reason: 'missing-event-name' })).toEqual({ discarded: 7 })
  expect(await list(project)).toMatchObject({ total: 1 })
})

test('of what the store refuses nobody counts anything, until it is corrected and taken', async () => {
  const project = await server.createProject()
  const { store } = server.parts
  const isBad = (rows: Uint8Array) => Buffer.from(rows).includes('"refused"')
  let refuses = true
  const insert: typeof store.insert = (table, bytes, token) => {
    if (refuses && table === 'events' && isBad(bytes)) return Promise.reject(new Error('Code: 117. DB::Exception: Cannot parse'))
    return store.insert(table, bytes, token)
  }
  await restartIngest({}, { ...store, insert, query: store.query.bind(store) })
  await send(project, [
    { event: 'refused', distinct_id: 'a', properties: { only: 1, $browser: 'Firefox' } },
    { event: 'fine', distinct_id: 'a', properties: { plan: 'pro' } },
    { event: 'refused', distinct_id: 'b', properties: { only: 2 } },
  ])
  const activity = () =>
    rows(`select sum(events) as events, uniqExact(person_id) as people from kindred.person_activity where project_id = ${project.project.id}`)
  const names = async () => (await project.get<{ results: { name: string; count: number }[] }>('/data/events')).results.map(({ name, count }) => [name, count])
  const properties = async () => {
    const definitions = await project.get<{ results: { of: string; name: string; count: number }[] }>('/data/properties')
    return definitions.results.filter(({ of, name }) => of === 'event' && (name === 'only' || name === 'plan')).map(({ name, count }) => [name, count])
  }
  expect(await activity()).toEqual([{ events: '1', people: '1' }])
  expect(await names()).toEqual([['fine', 1]])
  expect(await properties()).toEqual([['plan', 1]])
  expect(await list(project)).toMatchObject({ total: 2, results: [{ reason: 'store-refused', form: 'row' }, { form: 'row' }] })
  refuses = false
  expect(await project.post('/quarantine/replay', { reason: 'store-refused' })).toEqual({ sent: 2, unreadable: 0, left: 0, done: true })
  expect(await activity()).toEqual([{ events: '3', people: '2' }])
  expect((await names()).sort()).toEqual([
    ['fine', 1],
    ['refused', 2],
  ])
  expect((await properties()).sort()).toEqual([
    ['only', 2],
    ['plan', 1],
  ])
  expect(await stored(project)).toHaveLength(3)
  await restartIngest({})
})

test('above the limit the oldest leave and are counted; the newest are all there', async () => {
  const project = await server.createProject()
  const number = asideLimits.events + 50
  for (let sent = 0; sent < number; sent += 5025)
    await send(
      project,
      Array.from({ length: 5025 }, (_, index) => ({ event: 'x', properties: { number: sent + index } })),
    )
  const { total, results } = await list(project)
  expect(total).toBe(asideLimits.events)
  expect(results[0]?.sample).toContain(`"number":${number - 1}`)
  expect((await project.get<{ reasons: QuarantineTotals[] }>('/quarantine/totals')).reasons).toMatchObject([
    { count: number, expired: 50, waiting: asideLimits.events },
  ])
})

/** Waits for a correction to end. */
async function ended(project: TestProject): Promise<CorrectionState> {
  for (;;) {
    const state = await project.get<CorrectionState>('/quarantine/correct')
    if (state.state !== 'running') return state
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('many events are corrected at once: previewed over all of them, sent, and told how many went in', async () => {
  const project = await server.createProject()
  const nameless = Array.from({ length: 600 }, (_, index) => ({
    distinct_id: `d${index}`,
    properties: { totel: index, 'a.b': 1, shop: index < 590 ? 'north' : 'south' },
  }))
  await send(project, [...nameless, { distinct_id: '', properties: { totel: 1, shop: 'north' } }])
  expect(await project.get<CorrectionState>('/quarantine/correct')).toMatchObject({ state: 'none' })

  const correction = {
    reason: 'missing-event-name',
    contains: '"north"',
    steps: [
      { set: 'event', to: 'order_completed' },
      { rename: 'properties.totel', to: 'properties.total' },
      { rename: 'properties.none', to: 'properties.nothing' },
      { remove: 'properties.a.b' },
    ],
  }
  const before = await list(project)
  const preview = await project.post<CorrectionPreview>('/quarantine/correct/preview', correction)
  expect(preview).toMatchObject({ total: 591, changed: 591, readable: 590 })
  expect(JSON.parse(preview.samples[0]?.after ?? '')).toEqual({ distinct_id: 'd0', event: 'order_completed', properties: { total: 0, shop: 'north' } })
  expect(JSON.parse(preview.samples[0]?.before ?? '')).toEqual(nameless[0])
  expect(await list(project)).toEqual(before)

  const begun = await project.post<CorrectionState>('/quarantine/correct', correction)
  expect(begun).toMatchObject({ state: 'running', total: 591 })
  await expect(project.post('/quarantine/correct', correction)).rejects.toThrow(/quarantine\/correcting/)
  expect(await ended(project)).toMatchObject({ state: 'done', total: 591, sent: 590, unreadable: 1, left: 1, error: null })
  const events = await rows(
    `select count() as events, uniqExact(uuid) as uuids, sum(accurateCastOrNull(properties.total, 'Float64')) as total, countIf(isNotNull(properties.totel)) as totel from kindred.events where project_id = ${project.project.id} and event = 'order_completed'`,
  )
  expect(events).toEqual([{ events: '590', uuids: '590', total: (589 * 590) / 2, totel: '0' }])
  expect((await list(project)).total).toBe(11)

  // A second time only what is left is sent.
  await project.post('/quarantine/correct', { ...correction, steps: [...correction.steps, { set: 'distinct_id', to: 'someone' }] })
  expect(await ended(project)).toMatchObject({ state: 'done', sent: 1, left: 0 })
  expect(await stored(project, 'distinct_id, event')).toHaveLength(591)
})

test('a correction takes the words of each form, and refuses what it cannot mean', async () => {
  const project = await server.createProject()
  await project.post('/quarantine/correct', { reason: 'missing-distinct-id', steps: [{ remove: 'uuid' }] })
  expect(await ended(project)).toMatchObject({ state: 'done', total: 0, sent: 0 })
  await expect(project.post('/quarantine/correct', { steps: [{ remove: 'uuid' }] })).rejects.toThrow(/give ids or a reason/)
  await expect(project.post('/quarantine/correct', { reason: 'too-deep', steps: [{ remove: '__proto__' }] })).rejects.toThrow(/request\/invalid/)
  await expect(project.post('/quarantine/correct', { reason: 'too-deep', steps: [] })).rejects.toThrow(/request\/invalid/)

  const steps = [{ rename: 'properties.email', to: 'distinct_id' }]
  const body = JSON.stringify({ event: 'x', properties: { email: 'ann@example.com' } })
  expect(correctedBody({ body, form: 'wire', source: 'posthog' }, steps)).toBe('{"event":"x","properties":{},"distinct_id":"ann@example.com"}')
  expect(correctedBody({ body, form: 'wire', source: 'segment' }, steps)).toBe('{"event":"x","properties":{},"userId":"ann@example.com"}')
  expect(correctedBody({ body, form: 'event', source: 'posthog' }, steps)).toBe('{"event":"x","properties":{},"distinctId":"ann@example.com"}')
  // Nothing to do: not a character changes, long numbers stay what they are.
  const long = '{ "event": "x", "properties": {"n": 12345678901234567890} }'
  expect(correctedBody({ body: long, form: 'wire', source: 'posthog' }, steps)).toBe(long)
  expect(correctedBody({ body: long, form: 'wire', source: 'posthog' }, [{ set: 'event', to: 'y' }])).toContain('12345678901234567890')
  expect(correctedBody({ body: 'no json', form: 'wire', source: 'posthog' }, steps)).toBeNull()
})
