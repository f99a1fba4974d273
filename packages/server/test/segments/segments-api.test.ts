import type { Page, Segment, SegmentDefinition, SegmentForms, SegmentMembers, SegmentPreview, SegmentVersion } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ roles: { events: { order: ['order_completed'] }, properties: { value: 'revenue', items: 'items' } } })
  const order = (distinctId: string, days: number, { revenue, category }: { revenue: number; category: string }) => ({
    event: 'order_completed',
    distinctId,
    timestamp: now - days * day,
    properties: {
      revenue,
      items: [
        { category, price: revenue },
        { category: 'gift wrap', price: 0 },
      ],
    },
  })
  const person = (distinctId: string, set: Record<string, string | number | boolean | string[]>) => ({
    event: '$identify',
    distinctId,
    timestamp: now - 400 * day,
    set,
  })
  await project.append([
    person('ann', { email: 'ann@example.com', name: 'Ann', country: 'Ireland', visits: 12, tags: ['vip', 'early'] }),
    person('bob', { email: 'bob@example.com', country: 'Ireland', note: '=1+1', balance: -5 }),
    person('cat', { country: 'Germany', 'a.b': 'dotted' }),
    { event: '$pageview', distinctId: 'dan', timestamp: now - day },
    order('ann', 1, { revenue: 40, category: 'shoes' }),
    order('ann', 2, { revenue: 30.5, category: 'shoes' }),
    order('ann', 3, { revenue: 20, category: 'hats' }),
    order('ann', 45, { revenue: 20, category: 'shoes' }),
    order('bob', 5, { revenue: 10.1, category: 'hats' }),
    order('cat', 6, { revenue: 99, category: 'shoes' }),
    order('cat', 6.5, { revenue: 1, category: 'shoes' }),
  ])
}, 60_000)
afterAll(() => server.close())

const loyal: SegmentDefinition = {
  unit: 'person',
  where: {
    all: [
      { did: { role: 'order' }, where: [{ property: 'category', is: 'shoes' }], count: { atLeast: 2 }, within: { last: '30 days' } },
      { not: { property: 'country', is: 'Germany' } },
    ],
  },
}
const preview = (where: SegmentDefinition['where']) => project.post<SegmentPreview>('/segments/preview', { definition: { where } })

test('a preview counts everyone, the members and each clause, and tells why people are in', async () => {
  const answer = await preview(loyal.where)
  expect(answer).toMatchObject({
    count: 1,
    everyone: 4,
    sentence: 'People who placed an order at least 2 times in the last 30 days where category is shoes, and whose country is not Germany',
    clauses: [
      { path: 'where.all.0', count: 2, sentence: 'who placed an order at least 2 times in the last 30 days where category is shoes' },
      { path: 'where.all.1', count: 3, sentence: 'whose country is not Germany' },
      { path: 'where.all.1.not', count: 1, sentence: 'whose country is Germany' },
    ],
  })
  expect(answer.people).toHaveLength(1)
  expect(answer.people[0]).toMatchObject({
    label: 'Ann',
    kind: 'customer',
    events: 5,
    reasons: ['who placed an order at least 2 times in the last 30 days where category is shoes (2 times)', 'whose country is not Germany (Ireland)'],
  })
})

test('sums are exact, and those without any event have a sum of 0', async () => {
  expect(await preview({ did: { role: 'order' }, sum: { property: 'revenue', equals: 90.5 }, within: { last: '30 days' } })).toMatchObject({
    count: 1,
    clauses: [{ path: 'where', count: 1 }],
  })
  expect(await preview({ did: { role: 'order' }, sum: { property: 'revenue', atMost: 10.1 } })).toMatchObject({ count: 2 })
  expect(await preview({ did: 'order_completed', where: [{ property: 'category', is: 'hats' }], sum: { property: 'price', equals: 20 } })).toMatchObject({
    count: 1,
  })
})

test('a definition reads alike as YAML and as JSON', async () => {
  const { yaml, json } = await project.post<SegmentForms>('/segments/read', { text: JSON.stringify(loyal), form: 'json' })
  expect(yaml).toContain('    - did:\n        role: order\n')
  for (const [form, text] of [
    ['yaml', yaml],
    ['json', json],
  ] as const) {
    expect((await project.post<SegmentForms>('/segments/read', { text, form })).definition).toEqual(loyal)
  }
})

test.each([
  ['where:\n  all:\n    - property: country\n      iss: Ireland\n', 'where.all.0'],
  ['where:\n  did: order\n  within: { last: 30 fortnights }\n', 'where.within'],
  ['where:\n  - [', 'line'],
  ['where: { property: a, is: b, contains: c }', 'operator'],
  ['a: &a [1]\nb: *a\n', 'text'],
])('a mistake in a text is told with its place: %s', async (text, place) => {
  await expect(project.post('/segments/read', { text, form: 'yaml' })).rejects.toMatchObject({
    status: 400,
    body: expect.stringMatching(new RegExp(`segment/invalid.*${place}`)),
  })
})

test.each<[SegmentDefinition['where'], RegExp]>([
  [{ property: 'name', matches: 'a(' }, /where\.matches.*pattern/],
  [{ all: [{ did: 'x', where: [{ property: 'v', versionAtLeast: 'latest' }] }] }, /where\.all\.0\.where\.0\.versionAtLeast/],
  [{ did: 'x', within: { ago: ['30 days', '60 days'] } }, /where\.within.*longer/],
  [{ did: 'x', within: { from: '2026-02-02', to: '2026-02-01' } }, /where\.within.*ends before/],
  [{ in: 987654 }, /segment\/not-found/],
  [
    { any: Array.from({ length: 501 }, () => ({ property: 'a', exists: true as const })) },
    /segment\/too-large.*At where\.any\.499 the definition has more than 500/s,
  ],
])('what no reading could answer is refused by name: %j', async (where, words) => {
  await expect(preview(where)).rejects.toMatchObject({ body: expect.stringMatching(words) })
})

test('saving makes versions with their differences; use and cycles are seen', async () => {
  const save = (definition: SegmentDefinition, name = 'Loyal') => ({ name, description: 'Buys shoes', definition })
  const made = await project.post<Segment>('/segments', save(loyal))
  expect(made).toMatchObject({ name: 'Loyal', version: 1, count: 1, kind: 'rule', usedBy: [], definition: loyal })

  const wider: SegmentDefinition = {
    unit: 'person',
    where: {
      all: [
        { did: { role: 'order' }, count: { atLeast: 1 } },
        { property: 'visits', atLeast: 10 },
      ],
    },
  }
  const changed = await project.put<Segment>(`/segments/${made.id}`, save(wider))
  expect(changed).toMatchObject({ version: 2, count: 1 })
  expect(await project.put<Segment>(`/segments/${made.id}`, save(wider, 'Loyal people'))).toMatchObject({ version: 2, name: 'Loyal people' })
  const { results: versions } = await project.get<Page<SegmentVersion>>(`/segments/${made.id}/versions`)
  expect(versions.map(({ version, changes }) => ({ version, changes }))).toEqual([
    {
      version: 2,
      changes: [
        'Changed: who placed an order at least 2 times in the last 30 days where category is shoes → who placed an order at least 1 time',
        'Removed: whose country is not Germany',
        'Added: whose visits is at least 10',
      ],
    },
    { version: 1, changes: [] },
  ])

  const user = await project.post<Segment>('/segments', save({ unit: 'person', where: { not: { in: made.id } } }, 'Others'))
  expect(user).toMatchObject({ count: 3, sentence: 'People who are not in “Loyal people”' })
  expect(await project.get(`/segments/${made.id}`)).toMatchObject({ usedBy: [{ id: user.id, name: 'Others' }] })
  await expect(project.delete(`/segments/${made.id}`)).rejects.toMatchObject({ status: 409, body: expect.stringContaining('Others') })
  await expect(project.put(`/segments/${made.id}`, save({ unit: 'person', where: { in: user.id } }))).rejects.toMatchObject({
    body: expect.stringMatching(/segment\/cycle.*Loyal → Others → Loyal/),
  })
  await project.delete(`/segments/${user.id}`)
  await project.delete(`/segments/${made.id}`)
  await expect(project.get(`/segments/${made.id}`)).rejects.toMatchObject({ status: 404 })
})

test('a change of a version that is no longer the newest is refused, and an earlier rule is brought back as a version of its own', async () => {
  const save = (visits: number) => ({ name: 'Visitors', definition: { unit: 'person', where: { property: 'visits', atLeast: visits } } })
  const { id } = await project.post<Segment>('/segments', save(1))
  expect(await project.put<Segment>(`/segments/${id}`, { ...save(2), version: 1 })).toMatchObject({ version: 2 })
  await expect(project.put(`/segments/${id}`, { ...save(3), version: 1 })).rejects.toMatchObject({
    status: 409,
    body: expect.stringContaining('segment/changed'),
  })
  expect(await project.get<Segment>(`/segments/${id}`)).toMatchObject({ version: 2, definition: save(2).definition })
  expect(await project.put<Segment>(`/segments/${id}`, { ...save(1), version: 2 })).toMatchObject({ version: 3, definition: save(1).definition })
  await project.delete(`/segments/${id}`)
})

test('members come in pages by id, and files carry every one of them with types and harmless texts', async () => {
  const { id } = await project.post<Segment>('/segments', { name: 'Everyone with a country', definition: { where: { property: 'country', exists: true } } })
  const first = await project.get<SegmentMembers>(`/segments/${id}/members?limit=2`)
  const second = await project.get<SegmentMembers>(`/segments/${id}/members?limit=2&offset=2`)
  expect(first.total).toBe(3)
  expect([...first.results, ...second.results].map(({ label }) => label)).toEqual(['Ann', 'bob@example.com', 'cat'])
  expect(await project.get<SegmentMembers>(`/segments/${id}/members?offset=50`)).toMatchObject({ total: 3, results: [] })

  const csv = await project.text(`/segments/${id}/export?columns=${encodeURIComponent('distinct_id,email,note,balance,tags,a.b,last_seen')}`)
  const seen = (days: number) => new Date(now - days * day).toISOString().slice(0, 19)
  expect(csv.split('\n')).toEqual([
    'distinct_id,email,note,balance,tags,a.b,last_seen',
    `ann,ann@example.com,,,"[""vip"",""early""]",,${seen(1)}Z`,
    `bob,bob@example.com,'=1+1,-5,,,${seen(5)}Z`,
    `cat,,,,,dotted,${seen(6)}Z`,
    '',
  ])
  const json = JSON.parse(await project.text(`/segments/${id}/export?format=json&columns=visits,tags,country`)) as unknown
  expect(json).toEqual([
    { visits: 12, tags: ['vip', 'early'], country: 'Ireland' },
    { visits: null, tags: null, country: 'Ireland' },
    { visits: null, tags: null, country: 'Germany' },
  ])
  const [header] = (await project.text(`/segments/${id}/export`)).split('\n')
  expect(header).toMatch(/^id,distinct_id,email,created_at,last_seen,country/)
  await expect(project.text(`/segments/${id}/export?columns=,`)).rejects.toMatchObject({ status: 400 })
})

test('an empty segment is an empty file', async () => {
  const { id } = await project.post<Segment>('/segments', { name: 'Nobody', definition: { where: { property: 'country', is: [] } } })
  expect(JSON.parse(await project.text(`/segments/${id}/export?format=json`))).toEqual([])
  expect((await project.text(`/segments/${id}/export?columns=id`)).trim()).toBe('id')
})

test('the exported file holds the same people after two of a project were merged', async () => {
  const merged = await server.createProject()
  const at = now - day
  await merged.append([
    { event: 'paid', distinctId: '01a20502-129e-75a9-8c7e-c822ec54f2ec', timestamp: at },
    { event: '$pageview', distinctId: 'eve', timestamp: at },
    { event: '$identify', distinctId: 'eve', otherId: '01a20502-129e-75a9-8c7e-c822ec54f2ec', timestamp: at + 1, set: { email: 'eve@example.com' } },
    { event: 'paid', distinctId: 'fay', timestamp: at },
    { event: '$identify', distinctId: 'gus', timestamp: at },
  ])
  const { id, count } = await merged.post<Segment>('/segments', { name: 'Paid', definition: { where: { did: 'paid', within: { last: '2 days' } } } })
  const rows = JSON.parse(await merged.text(`/segments/${id}/export?format=json&columns=distinct_id,email,last_seen`)) as unknown
  expect(count).toBe(2)
  expect(rows).toEqual([
    { distinct_id: 'eve', email: 'eve@example.com', last_seen: new Date(at + 1).toISOString().replace(/\.\d+/, '') },
    { distinct_id: 'fay', email: null, last_seen: new Date(at).toISOString().replace(/\.\d+/, '') },
  ])
})

test('the list tells the size as it was a week ago, and finds segments by their numbers', async () => {
  const shop = await server.createProject()
  const paid = (distinctId: string, days: number) => ({ event: 'paid', distinctId, timestamp: now - days * day })
  await shop.append([paid('ann', 20), paid('bob', 25)])
  const save = { name: 'Paid', definition: { where: { did: 'paid', within: { last: '30 days' } } } }
  const [payers, others] = await Promise.all([shop.post<Segment>('/segments', save), shop.post<Segment>('/segments', { ...save, name: 'Others' })])
  const listed = async (query: string) => (await shop.get<Page<Segment>>(`/segments?${query}`)).results
  const weekAgo = async () => (await listed(`ids=${payers.id}`)).map((segment) => [segment.id, segment.count, segment.weekAgo])
  await shop.post(`/segments/${payers.id}/recompute`)
  expect(await weekAgo()).toEqual([[payers.id, 2, null]])
  server.setNow(now + 8 * day)
  await shop.append([paid('cid', -7)])
  await shop.post(`/segments/${payers.id}/recompute`)
  expect(await weekAgo()).toEqual([[payers.id, 2, { size: 2, newRule: false }]])
  await shop.append([paid('dee', -7.5)])
  await shop.post(`/segments/${payers.id}/recompute`)
  expect(await weekAgo()).toEqual([[payers.id, 3, { size: 2, newRule: false }]])
  await shop.put(`/segments/${payers.id}`, { ...save, definition: { where: { did: 'paid' } } })
  expect(await weekAgo()).toEqual([[payers.id, 4, { size: 2, newRule: true }]])
  expect((await listed(`ids=${payers.id},${others.id}`)).map(({ id }) => id).sort()).toEqual([payers.id, others.id].sort())
  await expect(listed('ids=1;2')).rejects.toMatchObject({ status: 400 })
  server.setNow(now)
})
