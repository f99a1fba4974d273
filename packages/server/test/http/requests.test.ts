import type { EventRow, Page, PeoplePage, RejectedRow, Segment, SegmentMembers, SegmentVersion, ServerEventsReply } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idempotencyLimit } from '../../src/http/idempotency.ts'
import { readDefinition } from '../../src/segments/forms.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject()
  // Seven people, of whom three were seen at the same moment and did as much, so that only the id tells their order.
  await project.append(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((distinctId, index) => ({
      event: 'visit',
      distinctId,
      timestamp: now - 1000 * Math.max(3, index),
      set: { name: distinctId },
    })),
  )
}, 60_000)
afterAll(() => server.close())

interface Asked {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  payload?: object | string
  headers?: Record<string, string>
}
const ask = ({ url, headers, ...rest }: Asked) =>
  server.app.inject({ ...rest, url: `/api/v1/projects/${project.project.id}${url}`, headers: { ...project.headers, ...headers } })

/** Every row of a list, read by its cursor a page at a time; `between` runs after each page. */
async function walk<Row>(path: string, between: () => Promise<unknown> = async () => undefined): Promise<Row[]> {
  const rows: Row[] = []
  let next: string | null = ''
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
    const page: Page<Row> = await project.get<Page<Row>>(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`)
    expect(page.results.length).toBeLessThanOrEqual(2)
    rows.push(...page.results)
    next = page.next
    if (next !== null) await between()
  }
  return rows
}

test('people are walked whole in every order, equal ones too, while others come in', async () => {
  let arrived = 0
  const arrive = () => project.append([{ event: 'visit', distinctId: `late-${arrived++}`, timestamp: now - 1 }])
  for (const sort of ['lastSeen', 'created', 'events']) {
    const walked = await walk<PeoplePage['results'][number]>(`/people?sort=${sort}&search=`, sort === 'lastSeen' ? arrive : undefined)
    const early = walked.map(({ label }) => label).filter((label) => /^[a-g]$/.test(label))
    expect([early.length, new Set(walked.map(({ id }) => id)).size], sort).toEqual([7, walked.length])
    if (sort === 'lastSeen') expect(early).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  }
  expect(arrived).toBeGreaterThan(2)
})

test('members, people behind a number, events of one moment, versions and names are walked whole', async () => {
  const segment = await project.post<Segment>('/segments', { name: 'All', definition: { where: { did: { any: true } } } })
  const members = await walk<SegmentMembers['results'][number]>(`/segments/${segment.id}/members`)
  expect(members.map(({ id }) => id)).toEqual([...new Set(members.map(({ id }) => id))].sort((a, b) => a - b))
  expect(members.length).toBe((await project.get<SegmentMembers>(`/segments/${segment.id}/members`)).total)

  const question = { query: { series: [{ event: 'visit', measure: 'people' }], range: { from: 'all' } }, point: { index: 0 }, limit: 3 }
  const first = await project.post<PeoplePage>('/insights/people', question)
  const second = await project.post<PeoplePage>('/insights/people', { ...question, cursor: first.next })
  expect(first.total).toBe(members.length)
  expect(second.results.map(({ id }) => id)).toEqual(members.slice(3, 6).map(({ id }) => id))

  await project.append(Array.from({ length: 5 }, () => ({ event: 'burst', distinctId: 'a', timestamp: now - 50 })))
  const events = await walk<EventRow>('/data/live?event=burst')
  expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(5)

  for (const days of [2, 3, 4]) {
    await project.put(`/segments/${segment.id}`, { name: 'All', definition: { where: { did: { any: true }, within: { last: `${days} days` } } } })
  }
  expect((await walk<SegmentVersion>(`/segments/${segment.id}/versions`)).map(({ version }) => version)).toEqual([4, 3, 2, 1])
  expect((await walk<{ name: string }>('/data/events')).map(({ name }) => name).sort()).toEqual(['burst', 'visit'])
  const [{ id: importId } = { id: 0 }] = await server.parts.catalog
    .insertInto('imports')
    .values({
      project_id: project.project.id,
      name: 'x',
      source_key: '',
      path: '',
      mapping: '{"person":{"id":"a"}}',
      state: 'done',
      progress: '{}',
      created_at: now,
    })
    .returning('id')
    .execute()
  const lines = [2, 3, 5, 8, 13]
  await server.parts.catalog
    .insertInto('import_rejects')
    .values(lines.map((line) => ({ import_id: importId, line, column_name: 'c', reason: 'r', row: 'w' })))
    .execute()
  expect((await walk<RejectedRow>(`/imports/${importId}/rejected-rows`)).map(({ line }) => line)).toEqual(lines)
})

test('a cursor of another list or order, beside an offset, or of nobody is refused, and so is too deep an offset', async () => {
  const { next } = await project.get<PeoplePage>('/people?limit=1')
  for (const url of [
    `/people?cursor=${next}&sort=created`,
    `/data/live?cursor=${next}`,
    `/people?cursor=${next}&offset=2`,
    '/people?cursor=%F0%9F',
    '/people?cursor=W10',
  ]) {
    const reply = await ask({ url })
    expect([reply.statusCode, reply.json().error.code], url).toEqual([400, 'request/cursor'])
  }
  expect((await ask({ url: '/people?offset=10001' })).json().error.code).toBe('request/invalid')
  expect((await ask({ url: '/people?limit=501' })).json().error.code).toBe('request/invalid')
})

test('where a value may have several forms, the mistake of the form that was meant is told at its own path', async () => {
  const where = { all: [{ property: 'age', is: 1 }, { did: { role: 'view' } }] }
  const told = async (url: string, payload: object) => (await ask({ url, method: 'POST', payload })).json().error.details as { field: string; reason: string }
  const ofRole = { reason: expect.stringMatching(/expected one of "product_viewed"/) as string }
  expect(await told('/segments/preview', { definition: { where } })).toEqual({ field: 'definition.where.all.1.did.role', ...ofRole })
  const series = [{ event: { role: 'view' } }]
  expect(await told('/insights/run', { query: { series } })).toEqual({ field: 'query.series.0.event.role', ...ofRole })
  expect(await told('/segments/preview', { definition: { where: { did: 5 } } })).toMatchObject({
    field: 'definition.where.did',
    reason: expect.stringMatching(/expected string or/) as string,
  })
  expect(await told('/segments/preview', { definition: { where: { did: { role: 'order', of: 1 } } } })).toMatchObject({ reason: 'Unrecognized key: "of"' })
  expect(() => readDefinition(JSON.stringify({ where }), 'json')).toThrow(expect.objectContaining({ details: { path: 'where.all.1.did.role', ...ofRole } }))
})

test('nothing but brackets is refused before it is read', async () => {
  const reply = await ask({ url: '/segments', method: 'POST', payload: '['.repeat(1_000_000), headers: { 'content-type': 'application/json' } })
  expect(reply.json()).toMatchObject({ error: { code: 'request/invalid', message: expect.stringContaining('nests deeper than 200,000 levels') } })
})

test('every mistake in a request has the one shape', async () => {
  const json = { 'content-type': 'application/json' }
  const cases: [Asked, number, string][] = [
    [{ url: '/nothing' }, 404, 'request/not-found'],
    [{ url: '/segments', method: 'DELETE' }, 405, 'request/method'],
    [{ url: '/segments', method: 'POST', payload: 'a,b', headers: { 'content-type': 'text/csv' } }, 415, 'request/media-type'],
    [{ url: '/segments', method: 'POST', payload: '{"name":', headers: json }, 400, 'request/invalid'],
    [{ url: '/segments', method: 'POST', payload: '', headers: json }, 400, 'request/invalid'],
    [{ url: '/segments', method: 'POST', payload: `{"name":"${'x'.repeat(3_000_000)}"}`, headers: json }, 413, 'request/too-large'],
    [{ url: '/segments?page=2' }, 400, 'request/invalid'],
    [{ url: '/status?verbose=1' }, 400, 'request/invalid'],
    [{ url: '/segments/abc' }, 400, 'request/invalid'],
    [{ url: '/people?limit=1&limit=2' }, 400, 'request/invalid'],
    [{ url: '/keys/1', method: 'DELETE', payload: { force: true } }, 400, 'request/invalid'],
    [{ url: '/segments/%E0%A4' }, 400, 'request/invalid'],
  ]
  for (const [asked, status, code] of cases) {
    const reply = await ask(asked)
    const { error } = reply.json<{ error: { code: string; message: string; details: object } }>()
    expect([reply.statusCode, error.code, typeof error.message, typeof error.details], JSON.stringify(asked).slice(0, 80)).toEqual([
      status,
      code,
      'string',
      'object',
    ])
  }
  expect((await ask({ url: '/segments', method: 'DELETE' })).headers.allow).toBe('GET, POST')
  expect((await ask({ url: '/status?verbose=1' })).json().error.details).toMatchObject({ field: 'verbose' })
})

const segment = (name: string) => ({ name, definition: { where: { did: { any: true } } } })
const makeOnce = (key: string, payload: object, url = '/segments') => ask({ url, method: 'POST', payload, headers: { 'idempotency-key': key } })
const named = async (name: string) => (await walk<Segment>('/segments')).filter((each) => each.name === name).length

test('a request sent again with its key is answered as before and makes nothing again, also when both come at once', async () => {
  const first = await makeOnce('k1', segment('Once'))
  const again = await makeOnce('k1', segment('Once'))
  expect([again.statusCode, again.json(), again.headers['idempotency-replayed']]).toEqual([200, first.json(), 'true'])
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  const replies = await Promise.all(Array.from({ length: 6 }, () => makeOnce('k2', segment('Together'))))
  expect(new Set(replies.map(({ body }) => body)).size).toBe(1)
  expect([await named('Once'), await named('Together')]).toEqual([1, 1])
})

test('a key with another request is refused; after a failure it is free, and after a day it is forgotten', async () => {
  await makeOnce('k3', segment('Mine'))
  for (const other of [makeOnce('k3', segment('Other')), makeOnce('k3', { name: 'Mine', scopes: ['read'] }, '/keys')]) {
    expect([(await other).statusCode, (await other).json().error.code]).toEqual([422, 'idempotency/other-request'])
  }
  expect((await makeOnce('k4', { name: 'Broken', definition: { where: { in: 987 } } })).statusCode).toBe(404)
  expect((await makeOnce('k4', segment('Mended'))).statusCode).toBe(200)
  server.setNow(now + 24 * 3_600_000)
  expect((await makeOnce('k3', segment('Other'))).statusCode).toBe(200)
  server.setNow(now)
  expect((await makeOnce('x'.repeat(256), segment('Long'))).json().error.details).toMatchObject({ field: 'idempotency-key' })
})

/** Long enough that no hash holds it by chance. */
const sealedKey = 'the-key-of-a-sealed-reply'

test('the key of one asker is nothing to another, and the file tells nobody what was answered', async () => {
  const key = await makeOnce(sealedKey, { name: 'Sealed', scopes: ['write'] }, '/keys')
  const { secret } = key.json<{ secret: string }>()
  expect((await makeOnce(sealedKey, { name: 'Sealed', scopes: ['write'] }, '/keys')).json()).toEqual(key.json())
  const other = await ask({
    url: '/segments',
    method: 'POST',
    payload: segment('Theirs'),
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': sealedKey },
  })
  expect([other.statusCode, other.headers['idempotency-replayed']]).toEqual([200, undefined])
  const rows = await server.parts.catalog.selectFrom('idempotency_keys').selectAll().execute()
  const kept = rows.map(({ reply, ...row }) => `${JSON.stringify(row)}${Buffer.from(reply ?? []).toString('latin1')}`).join()
  expect(rows.length).toBeGreaterThan(2)
  expect(kept).not.toMatch(new RegExp(`${secret}|"secret"|${sealedKey}`))
})

test('what a stopped server left unanswered is not guessed, and the table is bounded', async () => {
  await makeOnce('k6', segment('Half done'))
  await server.parts.catalog.updateTable('idempotency_keys').set({ status: null, reply: null }).execute()
  expect((await makeOnce('k6', segment('Half done'))).json().error.code).toBe('idempotency/interrupted')
  const [row] = await server.parts.catalog.selectFrom('idempotency_keys').selectAll().orderBy('created_at', 'desc').limit(1).execute()
  if (row === undefined) throw new Error('the claim is in the table')
  for (let from = 0; from < idempotencyLimit; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ ...row, hash: `filler-${from + index}` }))
    await server.parts.catalog.insertInto('idempotency_keys').values(rows).execute()
  }
  expect([(await makeOnce('k7', segment('One more'))).json().error.code, (await makeOnce('k6', segment('Half done'))).statusCode]).toEqual([
    'idempotency/full',
    409,
  ])
  await server.parts.catalog.deleteFrom('idempotency_keys').execute()
})

test('events of a server are taken one by one: good ones once, bad ones told by place, field and reason', async () => {
  const uuid = '0192f0c1-7a3e-7cc2-9d53-2f6f0a8c1b77'
  const events = [
    { event: 'Paid', distinctId: 'srv', uuid, timestamp: '2026-03-31T11:00:00+02:00', properties: { amount: 9.5 }, set: { plan: 'pro' } },
    { event: 'Paid', distinctId: 'srv', timestamp: now - 5 },
    { event: '', distinctId: 'srv' },
    { event: 'Paid', distinctId: 'srv', colour: 'red' },
    { event: 'Paid', distinctId: 'srv', timestamp: '2026-03-31 11:00' },
    { event: 'Paid', distinctId: 'srv', timestamp: 1_774_951_200 },
    { event: 'Paid', distinctId: 'srv', timestamp: now + 25 * 3_600_000 },
    'Paid',
  ]
  const reply = (await makeOnce('batch-1', { events }, '/events')).json<ServerEventsReply>()
  expect(reply).toMatchObject({ accepted: 2, duplicates: 0 })
  expect(reply.rejected.map(({ index, field }) => [index, field])).toEqual([
    [2, 'event'],
    [3, ''],
    [4, 'timestamp'],
    [5, 'timestamp'],
    [6, 'timestamp'],
    [7, ''],
  ])
  expect(reply.rejected[1]?.reason).toContain('colour')
  expect((await makeOnce('batch-1', { events }, '/events')).json()).toMatchObject({ accepted: 0, duplicates: 2 })
  const body = '{"events":[{"event":"Big","distinctId":"srv","properties":{"id":9007199254740993}}]}'
  const big = await ask({ url: '/events', method: 'POST', payload: body, headers: { 'content-type': 'application/json' } })
  expect(big.json()).toMatchObject({ accepted: 1, rejected: [] })
  await server.parts.ingest.drained()
  const stored = await walk<EventRow>('/data/live?event=Paid')
  expect(stored.map((row) => [row.timestamp, row.properties.amount ?? null])).toEqual([
    [now - 5, null],
    [Date.UTC(2026, 2, 31, 9), 9.5],
  ])
  expect(stored[1]?.uuid).toBe(uuid)
  expect(await project.text('/data/live?event=Big')).toContain('9007199254740993')
  expect((await ask({ url: '/events', method: 'POST', payload: { events: [] } })).json().error.code).toBe('request/invalid')
})

test('a key reads by default, ends when it expires or is deleted, and makes no key that may do more', async () => {
  const make = (key: object) => project.post<{ id: number; secret: string; scopes: string[] }>('/keys', key)
  const use = async (secret: string, asked: Asked) => (await ask({ ...asked, headers: { authorization: `Bearer ${secret}` } })).statusCode
  const plain = await make({ name: 'plain' })
  expect([
    plain.scopes,
    await use(plain.secret, { url: '/status' }),
    await use(plain.secret, { url: '/segments', method: 'POST', payload: segment('no') }),
  ]).toEqual([['read'], 200, 403])
  await project.delete(`/keys/${plain.id}`)
  expect(await use(plain.secret, { url: '/status' })).toBe(401)
  const admin = await make({ name: 'admin', scopes: ['admin', 'read'], expiresAt: now + 1000 })
  const child = (given: object) => use(admin.secret, { url: '/keys', method: 'POST', payload: { name: 'child', ...given } })
  expect([await child({ scopes: ['people:export'], expiresAt: now + 500 }), await child({}), await child({ expiresAt: now + 1000 })]).toEqual([403, 400, 200])
  await expect(make({ name: 'late', expiresAt: now })).rejects.toMatchObject({ status: 400 })
  server.setNow(now + 1000)
  const late = await ask({ url: '/status', headers: { authorization: `Bearer ${admin.secret}` } })
  expect([late.statusCode, late.json().error.code]).toEqual([401, 'auth/key-expired'])
  server.setNow(now)
})
