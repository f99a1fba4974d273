import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import type {
  Condition,
  DecidingEvent,
  Delivery,
  DeliveryCreated,
  ListChanged,
  ListUpload,
  PeoplePage,
  Properties,
  Segment,
  SegmentMembers,
  SegmentTests,
  SegmentWhy,
  TestResult,
  WhatIf,
} from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deliveriesDone } from '../../src/segments/deliveries/deliver.ts'
import { uploadList } from '../../src/segments/lists/upload.ts'
import { membershipJobs } from '../../src/segments/membership/jobs.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'
import { receiver } from './receiver.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 2, 25, 12)
let server: TestServer
let project: TestProject

beforeAll(async () => {
  server = await startTestServer({ now: noon, config: { privateWebhooks: true } })
}, 180_000)
beforeEach(async () => {
  server.setNow(noon)
  project = await server.createProject({ timezone: 'Europe/Berlin' })
})
afterAll(() => server.close())

const make = async (name: string, definition: object) => (await project.post<Segment>('/segments', { name, definition })).id
const ids = async () => new Map((await project.get<PeoplePage>('/people?limit=100')).results.map((person) => [person.label, person.id]))
const names = async (id: number) => (await project.get<SegmentMembers>(`/segments/${id}/members`)).results.map((person) => person.label).sort()
const why = async (id: number, name: string) => project.get<SegmentWhy>(`/segments/${id}/people/${(await ids()).get(name)}/why`)
const upload = async (id: number, query: string, text: string) => {
  const reply = await server.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${project.project.id}/segments/${id}/list/uploads?${query}`,
    headers: { ...project.headers, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(text),
  })
  return { status: reply.statusCode, body: reply.json() as ListUpload }
}

test('why: the value seen, the threshold, the deciding events, and when the person will leave', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann', timestamp: noon - 29 * day, properties: { total: 30 } },
    { event: 'order', distinctId: 'ann', timestamp: noon - 2 * day, properties: { total: 30 }, set: { plan: 'gold' } },
    { event: 'view', distinctId: 'bob', timestamp: noon - day },
  ])
  const id = await make('Buyers', {
    where: {
      all: [
        { did: 'order', count: { atLeast: 2 }, within: { last: '30 days' } },
        { property: 'plan', is: 'gold' },
      ],
    },
  })
  const ann = await why(id, 'ann')
  expect(ann).toMatchObject({
    member: true,
    choice: null,
    clauses: [
      {
        path: 'where.all.0',
        met: true,
        seen: '2 times',
        events: [
          { event: 'order', at: noon - 2 * day },
          { event: 'order', at: noon - 29 * day },
        ],
      },
      { path: 'where.all.1', met: true, seen: 'gold', events: [] },
    ],
    next: { at: noon + day, becomes: 'out' },
    nextUnknown: null,
  })
  expect(ann.clauses[0]?.events[0]?.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(await why(id, 'bob')).toMatchObject({
    member: false,
    clauses: [
      { met: false, seen: '0 times' },
      { met: false, seen: 'not known' },
    ],
    next: null,
  })
  await project.put(`/segments/${id}/people/${(await ids()).get('ann')}`, { choice: 'exclude', reason: 'asked' })
  expect(await why(id, 'ann')).toMatchObject({ member: false, choice: { choice: 'exclude', reason: 'asked' }, next: null })
}, 30_000)

test('why: every condition about events shows those that decide it', async () => {
  const at = (days: number, event: string, properties: Properties = {}) => ({ event, distinctId: 'ann', timestamp: noon - days * day, properties })
  await project.append([
    at(50, 'order', { sku: 'a' }),
    at(20, 'view', { sku: 'x', $session_id: 's1' }),
    at(19, 'view', { sku: 'b' }),
    at(18, 'cart', { sku: 'b' }),
    at(17, 'order', { sku: 'b' }),
    at(3, 'email_opened'),
    at(2, 'survey_answered', { score: 4 }),
    at(1, 'order', { sku: 'c' }),
    at(1, '$consent', { channel: 'email', purpose: 'marketing', state: 'granted' }),
    { event: 'view', distinctId: 'bob', timestamp: noon - day },
  ])
  const ofB = { unit: 'person', count: { did: 'order', where: [{ property: 'sku', is: 'b' }] } }
  await project.post('/traits', { name: 'orders_of_b', label: 'Orders of b', definition: ofB })
  const sku = { property: 'sku', sameAs: { step: 1 } }
  const expected: [Condition, string[]][] = [
    [{ first: 'order' }, ['order 50']],
    [{ last: 'order', where: [{ property: 'sku', is: 'a' }] }, ['order 1']],
    [{ started: 'order', within: { last: '30 days' } }, ['order 50']],
    [{ stopped: 'order', active: '30 days', quiet: '5 days' }, ['order 1', 'order 17']],
    [{ restarted: 'order', quiet: '30 days', back: '20 days' }, ['order 1', 'order 17', 'order 50']],
    [{ regularly: 'order', periods: { atLeast: 1, of: 3, each: '7 days' } }, ['order 1', 'order 17']],
    [{ compare: { did: 'view' }, is: 'moreThan', than: { did: 'cart' } }, ['cart 18', 'view 19', 'view 20']],
    [{ session: [{ property: 'number', equals: 2 }] }, ['view 20']],
    [{ message: 'opened', within: { last: '7 days', wholeDays: true, zone: 'person' } }, ['email_opened 3']],
    [{ survey: { question: 'score' }, atLeast: 3 }, ['survey_answered 2']],
    [{ consent: 'email', purpose: 'marketing', is: 'given' }, ['$consent 1']],
    [{ trait: 'orders_of_b', atLeast: 1 }, ['order 17']],
    [
      { sequence: [{ did: 'view' }, { absent: 'survey_answered' }, { did: 'cart', where: [sku] }, { did: 'order', where: [sku], within: '3 days' }] },
      ['view 19 1', 'cart 18 3', 'order 17 4'],
    ],
    // Where nothing meets it, what may be a step is shown.
    [{ sequence: [{ did: 'cart' }, { did: 'view' }] }, ['cart 18', 'view 19', 'view 20']],
  ]
  const id = await make('Many', { where: { any: expected.map(([where]) => where) } })
  const { clauses } = await why(id, 'ann')
  const words = ({ event, at: time, step }: DecidingEvent) => [event, (noon - time) / day, step].filter((each) => each !== null).join(' ')
  expect(clauses.map(({ events }) => events.map(words))).toEqual(expected.map(([, events]) => events))
}, 90_000)

test('when a consent grows too old, and a whole hour is over, is a change by time too', async () => {
  const said = { event: '$consent', distinctId: 'ann', properties: { channel: 'email', purpose: 'marketing', state: 'granted' }, timestamp: noon - 5 * day }
  await project.append([said, { event: 'view', distinctId: 'ann', timestamp: noon - 20 * 60_000 }])
  const consented = await make('Consented', { where: { consent: 'email', purpose: 'marketing', is: 'given', since: { last: '30 days' } } })
  expect((await why(consented, 'ann')).next).toEqual({ at: noon + 25 * day, becomes: 'out' })
  const lately = await make('Lately', { where: { did: 'view', within: { last: '2 hours', wholeHours: true } } })
  expect((await why(lately, 'ann')).next).toEqual({ at: noon + 2 * 3_600_000, becomes: 'out' })
})

test('the next change by time is the first instant at which the definition itself answers otherwise', async () => {
  const window = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((days) => ({ last: `${days} days` })),
    fc.integer({ min: 1, max: 9 }).map((days) => ({ last: `${days} days`, wholeDays: true })),
    fc.tuple(fc.integer({ min: 11, max: 40 }), fc.integer({ min: 1, max: 10 })).map(([older, newer]) => ({ ago: [`${older} days`, `${newer} days`] })),
    fc.constantFrom({ period: 'this week' }, { period: 'yesterday' }, { from: '2026-03-20', to: '2026-04-02' }),
  )
  const leaf = fc.oneof(
    fc.record({ did: fc.constantFrom('order', 'view'), count: fc.integer({ min: 1, max: 2 }).map((least) => ({ atLeast: least })), within: window }),
    fc.constantFrom({ property: 'renewal', withinNext: '3 days' }, { property: 'renewal', withinLast: '4 days' }),
  )
  const definition = fc.oneof(
    leaf,
    fc.record({ not: leaf }),
    fc.record({ all: fc.tuple(leaf, leaf) }),
    fc.record({ any: fc.tuple(leaf, fc.record({ not: leaf })) }),
  )
  const event = fc.record({ event: fc.constantFrom('order', 'view'), hours: fc.integer({ min: 0, max: 24 * 35 }) })
  let changes = 0
  await fc.assert(
    fc.asyncProperty(definition, fc.array(event, { minLength: 1, maxLength: 4 }), async (where, events) => {
      server.setNow(noon)
      project = await server.createProject({ timezone: 'Europe/Berlin' })
      await project.append(
        events.map(({ event: name, hours }, index) => ({
          event: name,
          distinctId: 'ann',
          timestamp: noon - hours * 3_600_000 - index,
          set: { renewal: '2026-03-30T08:15:00Z' },
        })),
      )
      const id = await make('Random', { where })
      const { member, next, horizon } = await why(id, 'ann')
      const isMember = async (at: number) => {
        server.setNow(at)
        return (await project.get<SegmentMembers>(`/segments/${id}/members`)).total === 1
      }
      expect(await isMember(noon)).toBe(member)
      // Up to the moment told nothing changes, at it does: asked of the segment itself, an hour at a time and just before.
      const end = next?.at ?? Math.min(horizon, noon + 45 * day)
      const step = Math.max(3_600_000, Math.ceil((end - noon) / 12))
      for (let at = noon; at < end; at += step) expect({ where, at, member: await isMember(at) }).toEqual({ where, at, member })
      if (next === null) return
      changes++
      expect({ where, at: next.at - 1, member: await isMember(next.at - 1) }).toEqual({ where, at: next.at - 1, member })
      expect({ where, at: next.at, member: await isMember(next.at) }).toEqual({ where, at: next.at, member: next.becomes === 'in' })
    }),
    // The first history is given, so that at least one change is told of whatever the others are.
    {
      numRuns: Number(process.env.KINDRED_RUNS ?? 4),
      endOnFailure: true,
      examples: [[{ did: 'order', count: { atLeast: 1 }, within: { last: '7 days' } }, [{ event: 'order', hours: 30 }]]],
    },
  )
  expect(changes).toBeGreaterThan(0)
  await membershipJobs(server.parts).idle()
}, 600_000)

test('what if: who enters and leaves, clause by clause, and what changes with it', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann', timestamp: noon - 20 * day },
    { event: 'order', distinctId: 'bob', timestamp: noon - day },
    { event: 'view', distinctId: 'cid', timestamp: noon - day },
  ])
  const id = await make('Buyers', { where: { did: 'order', within: { last: '30 days' } } })
  const user = await make('Others', { where: { not: { in: id } } })
  const definition = {
    where: {
      any: [
        { did: 'order', within: { last: '7 days' } },
        { did: 'view', within: { last: '7 days' } },
      ],
    },
  }
  await project.append([{ event: '$set', distinctId: 'cid', timestamp: noon, set: { email: 'cid@example.com' } }])
  await project.post('/consents', { consents: [{ distinctId: 'cid', channel: 'email', purpose: 'marketing', state: 'granted' }] })
  const answer = await project.post<WhatIf>(`/segments/${id}/what-if`, { definition })
  expect(answer.reach).toEqual({ before: { email: 0, sms: 0 }, after: { email: 1, sms: 0 } })
  expect(answer).toMatchObject({ before: 2, after: 2, usedBy: [{ kind: 'segment', id: user }], alsoChanges: [{ id: user, enter: 1, leave: 1 }], tests: [] })
  expect([answer.enter.people.map(({ label }) => label), answer.leave.people.map(({ label }) => label)]).toEqual([['cid@example.com'], ['ann']])
  expect(answer.clauses.map(({ path, count }) => [path, count])).toEqual([
    ['where.any.0', 1],
    ['where.any.1', 1],
  ])
  await expect(project.post(`/segments/${id}/what-if`, { definition: { where: { in: id } } })).rejects.toThrow('segment/cycle')
}, 30_000)

test('sample people are asked about on every change, which they refuse or only warn of', async () => {
  await project.append([{ event: 'order', distinctId: 'ann', timestamp: noon - 20 * day }])
  const id = await make('Buyers', { where: { did: 'order', within: { last: '30 days' } } })
  const order = (days: number) => ({ event: 'order', at: new Date(noon - days * day).toISOString(), properties: { $browser: 'Chrome' } })
  const tests = [
    { name: 'Ann', distinctId: 'ann', expected: 'in' },
    { name: 'long ago', person: { events: [order(40)] }, expected: 'out' },
    { name: 'of today', person: { events: [order(1)] }, expected: 'in' },
    { name: 'then', person: { events: [order(40)], now: new Date(noon - 15 * day).toISOString() }, expected: 'in' },
  ]
  expect((await project.put<SegmentTests>(`/segments/${id}/tests`, { policy: 'refuse', tests })).tests).toHaveLength(4)
  const run = async (body: object = {}) =>
    (await project.post<{ results: TestResult[] }>(`/segments/${id}/tests/run`, body)).results.map(({ passed }) => passed)
  expect(await run()).toEqual([true, true, true, true])
  const definition = { where: { all: [{ did: 'order', within: { last: '7 days' }, where: [{ property: '$browser', is: 'Chrome' }] }] } }
  expect(await run({ definition })).toEqual([false, true, true, false])
  await expect(project.put(`/segments/${id}`, { name: 'Buyers', definition })).rejects.toThrow('segment/tests-failed')
  expect((await project.get<Segment>(`/segments/${id}`)).version).toBe(1)
  await project.patch(`/segments/${id}/settings`, { testPolicy: 'warn' })
  expect((await project.put<Segment>(`/segments/${id}`, { name: 'Buyers', definition })).failedTests?.map(({ name }) => name)).toEqual(['Ann', 'then'])
}, 30_000)

test('a list takes people by id, and by file with what came of every row', async () => {
  await project.append([
    { event: '$identify', distinctId: 'ann', set: { email: 'Ann@Example.org', card: 'A1' } },
    { event: '$identify', distinctId: 'bob', set: { email: 'bob@example.org', card: 'B2' } },
    { event: '$identify', distinctId: 'twin1', set: { card: 'T' } },
    { event: '$identify', distinctId: 'twin2', set: { card: 'T' } },
  ])
  const { id } = await project.post<Segment>('/segments/lists', { name: 'Guests' })
  expect(await project.post<ListChanged>(`/segments/${id}/list`, { action: 'add', distinctIds: ['ann', 'nobody'] })).toEqual({
    changed: 1,
    unknown: ['nobody'],
  })
  const first = await upload(id, 'name=guests.csv', 'email,note\nann@example.org ,x\nBOB@example.org,y\nwho@example.org,z\n,\nbob@example.org,again\n')
  expect(first.body).toMatchObject({ total: 5, added: 1, already: 1, created: 0, refused: 3 })
  const report = await project.text(`/segments/${id}/list/uploads/${first.body.id}/report`)
  expect(report.split('\n').map((line) => line.split(',').slice(0, 3).join())).toEqual([
    'line,value,outcome',
    '2,ann@example.org,already',
    '3,BOB@example.org,added',
    '4,who@example.org,unknown',
    '5,,empty',
    '6,bob@example.org,repeated',
    '',
  ])
  expect((await upload(id, 'name=cards.csv&by=card&column=Card', 'n,card\n1,T\n2,B2\n')).body).toMatchObject({ added: 0, already: 1, refused: 1 })
  expect((await upload(id, 'name=more.csv&unknown=create', 'email\nnew@example.org\n')).body).toMatchObject({ created: 1, refused: 0 })
  await membershipJobs(server.parts).idle()
  expect((await names(id)).length).toBe(3)
  for (const [action, left] of [
    ['remove', 2],
    ['add', 3],
    ['remove', 2],
  ] as const) {
    expect(await project.post<ListChanged>(`/segments/${id}/list`, { action, distinctIds: ['ann'] })).toEqual({ changed: 1, unknown: [] })
    expect((await names(id)).length).toBe(left)
  }
  expect((await upload(id, 'name=x.csv&column=nothing', 'email\na\n')).status).toBe(400)
  expect((await upload(id, 'name=x.csv&by=card&unknown=create', 'card\na\n')).status).toBe(400)
  const rule = await make('Rule', { where: { property: 'card', exists: true } })
  await expect(project.post(`/segments/${rule}/list`, { action: 'add', distinctIds: ['ann'] })).rejects.toThrow('segment/not-a-list')
}, 30_000)

test('a file that breaks after its first rows is told with what it added and why; a person named again far below is repeated', async () => {
  await project.append([
    { event: '$identify', distinctId: 'ann', set: { email: 'ann@example.org' } },
    { event: '$identify', distinctId: 'ann-too', set: { email: 'bob@example.org' } },
  ])
  const { id } = await project.post<Segment>('/segments/lists', { name: 'Half' })
  await membershipJobs(server.parts).idle()
  const nobody = Array.from({ length: 5000 }, (_, index) => `nobody-${index}`)
  const fill = (texts: string[]) =>
    uploadList(server.parts, project.project, { id, body: Readable.from(texts), author: { id: 0 }, name: 'half.csv', by: 'distinct_id', unknown: 'report' })
  await expect(fill([['id', 'ann', ...nobody, 'nobody-x', ''].join('\n'), '"broken" quotes\n'])).rejects.toThrow('cannot be read')
  const uploads = async () => (await project.get<{ results: ListUpload[] }>(`/segments/${id}/list/uploads`)).results
  const [broken] = await uploads()
  expect(broken).toMatchObject({ total: 5000, added: 1, refused: 4999, error: expect.stringContaining('cannot be read') })
  await membershipJobs(server.parts).idle()
  expect((await project.get<SegmentMembers>(`/segments/${id}/members?as=recorded`)).results.map(({ label }) => label)).toEqual(['ann@example.org'])

  expect(await fill([['id', 'ann', ...nobody, 'ann', 'ann-too', ''].join('\n')])).toMatchObject({
    total: 5003,
    added: 1,
    already: 1,
    refused: 5001,
    error: null,
  })
  const [whole] = await uploads()
  const report = (await project.text(`/segments/${id}/list/uploads/${whole?.id}/report`)).split('\n')
  expect(report.filter((line) => line.includes(',repeated,')).map((line) => line.split(',').slice(0, 3))).toEqual([['5003', 'ann', 'repeated']])
}, 60_000)

/** The catalog does not tell what signs a delivery, and without the key file nothing goes on. */
async function secretIsSealed({ id, secret }: DeliveryCreated, retry: string): Promise<void> {
  const { config, catalog } = server.parts
  const kept = await catalog.selectFrom('segment_deliveries').select('secret').where('id', '=', id).executeTakeFirstOrThrow()
  expect(kept.secret.length).toBeGreaterThan(secret.length)
  expect(Buffer.from(kept.secret, 'base64').includes(secret) || kept.secret.includes(secret)).toBe(false)
  const { keyFile } = config
  config.keyFile = `${keyFile}.other`
  await expect(project.post(retry)).rejects.toThrow('key file')
  config.keyFile = keyFile
}

test('members are exported as Parquet, and sent in signed batches that are tried again', async () => {
  await project.append(['ann', 'bob', 'cid'].map((distinctId) => ({ event: 'order', distinctId, timestamp: noon - day, set: { '`odd\\': distinctId, n: 5 } })))
  const id = await make('Buyers', { where: { did: 'order' } })
  const reply = await server.app.inject({
    url: `/api/v1/projects/${project.project.id}/segments/${id}/export?format=parquet&columns=id,distinct_id,last_seen,n,%60odd%5C`,
    headers: project.headers,
  })
  expect([reply.statusCode, reply.headers['content-type'], reply.rawPayload.subarray(0, 4).toString(), reply.rawPayload.subarray(-4).toString()]).toEqual([
    200,
    'application/vnd.apache.parquet',
    'PAR1',
    'PAR1',
  ])
  const target = await receiver([500, 200, 200])
  const { secret, ...begun } = await project.post<DeliveryCreated>(`/segments/${id}/deliveries`, { url: target.url, batch: 2, columns: 'distinct_id' })
  expect(begun).toMatchObject({ state: 'running', total: 3 })
  await deliveriesDone(server.parts)
  expect(await project.get<Delivery>(`/segments/${id}/deliveries/${begun.id}`)).toMatchObject({ state: 'done', sent: 3, batches: 2, retries: 1, error: null })
  const members = target.bodies.flatMap((body) => (JSON.parse(body) as { members: { distinct_id: string }[] }).members.map((member) => member.distinct_id))
  expect(members).toEqual(['ann', 'bob', 'cid'])
  const [, seconds = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(target.signatures[0] ?? '') ?? []
  expect(createHmac('sha256', secret).update(`${seconds}.${target.bodies[0]}`).digest('hex')).toBe(signature)
  const refusing = await receiver([403, 200])
  const refused = await project.post<DeliveryCreated>(`/segments/${id}/deliveries`, { url: refusing.url })
  await deliveriesDone(server.parts)
  expect(await project.get<Delivery>(`/segments/${id}/deliveries/${refused.id}`)).toMatchObject({
    state: 'failed',
    sent: 0,
    attempts: 1,
    answer: 'the receiver answered 403',
    error: 'batch 1 was not taken: the receiver answered 403',
  })
  await secretIsSealed(refused, `/segments/${id}/deliveries/${refused.id}/retry`)
  await project.post(`/segments/${id}/deliveries/${refused.id}/retry`)
  await deliveriesDone(server.parts)
  const again = await project.get<Delivery>(`/segments/${id}/deliveries/${refused.id}`)
  expect(again).toMatchObject({ state: 'done', sent: 3, attempts: 2, retries: 0, answer: 'the receiver answered 200', error: null })
  await expect(project.post(`/segments/${id}/deliveries/${refused.id}/retry`)).rejects.toThrow('everything was taken')
  server.parts.config.privateWebhooks = false
  await expect(project.post(`/segments/${id}/deliveries`, { url: target.url })).rejects.toThrow('segment/webhook')
  server.parts.config.privateWebhooks = true
  for (const each of [target, refusing]) each.server.close()
}, 30_000)
