import type { AccountSegment, Page, Segment, SegmentAccounts, SegmentDefinition, SegmentPreview } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ roles: { events: { order: ['order_completed'] }, properties: { value: 'revenue' } } })
  const about = (key: string, set: Record<string, string | number>) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: 'company', $group_key: key, $group_set: set },
    timestamp: now - 90 * day,
  })
  const order = (distinctId: string, company: string, revenue: number) => ({
    event: 'order_completed',
    distinctId,
    groups: { company },
    properties: { revenue },
    timestamp: now - day,
  })
  await project.append([
    about('acme', { name: 'Acme Ltd', industry: 'Software', employees: 120, note: '=1+1' }),
    about('bolt', { name: 'Bolt', industry: 'Retail', employees: 5 }),
    { event: '$identify', distinctId: 'ann', set: { title: 'director' }, timestamp: now - 80 * day },
    order('ann', 'acme', 40),
    order('ann', 'acme', 2.5),
    order('bob', 'acme', 10),
    order('cat', 'bolt', 5),
    { event: 'login', distinctId: 'cat', groups: { team: 'core' }, timestamp: now - day },
  ])
}, 60_000)
afterAll(() => server.close())

const rule = (where: SegmentDefinition['where'], accountType = 'company'): SegmentDefinition => ({ unit: 'account', accountType, where })
const buyers = rule({
  all: [
    { people: { atLeast: 2 }, where: { did: { role: 'order' } } },
    { property: 'standard.employees', atLeast: 50 },
  ],
})
const save = (name: string, definition: SegmentDefinition) => project.post<Segment>('/segments', { name, definition })

test('a preview counts accounts and shows some of them with the reasons', async () => {
  const preview = await project.post<SegmentPreview>('/segments/preview', {
    definition: rule({
      all: [
        { did: 'order_completed', sum: { property: 'revenue', atLeast: 50 } },
        { property: 'industry', is: 'Software' },
      ],
    }),
  })
  expect(preview).toMatchObject({
    unit: 'account',
    count: 1,
    everyone: 2,
    people: [],
    sentence: 'Accounts that placed an order with a total revenue of at least 50, and whose industry is Software',
    clauses: [
      { path: 'where.all.0', count: 1, sentence: 'that placed an order with a total revenue of at least 50' },
      { path: 'where.all.1', count: 1 },
    ],
    accounts: [
      {
        key: 'acme',
        type: 'company',
        label: 'Acme Ltd',
        reasons: ['that placed an order with a total revenue of at least 50 (52.5)', 'whose industry is Software'],
      },
    ],
  })
})

test('members are accounts with type, key and name; files have a column for each', async () => {
  const { id, unit, count } = await save('Buyers', buyers)
  expect({ unit, count }).toEqual({ unit: 'account', count: 1 })
  expect(await project.get<SegmentAccounts>(`/segments/${id}/members`)).toMatchObject({
    unit: 'account',
    total: 1,
    results: [{ type: 'company', key: 'acme', label: 'Acme Ltd', people: 3 }],
  })
  const csv = await project.text(`/segments/${id}/export?columns=type,key,name,people,last_seen,note,standard.employees`)
  expect(csv.split('\n')).toEqual(['type,key,name,people,last_seen,note,standard.employees', `company,acme,Acme Ltd,3,2026-03-30T12:00:00Z,'=1+1,120`, ''])
  const [header] = (await project.text(`/segments/${id}/export`)).split('\n')
  expect(header).toBe('id,type,key,name,people,created_at,last_seen,employees,industry,note')
  const everyone = await save('All', { unit: 'account', where: { any: [{ property: 'x', exists: true }, { not: { property: 'x', exists: true } }] } })
  expect(JSON.parse(await project.text(`/segments/${everyone.id}/export?format=json&columns=key,industry,people`))).toEqual([
    { key: 'acme', industry: 'Software', people: 3 },
    { key: 'bolt', industry: 'Retail', people: 2 },
    { key: 'core', industry: null, people: 1 },
  ])
})

test('files of accounts leave out what is sensitive, also inside of objects, unless its column is named', async () => {
  const other = await server.createProject()
  const set = { name: 'Parish', religion: 'x', board: { religion: 'y', seats: 3 } }
  const properties = { $group_type: 'company', $group_key: 'parish', $group_set: set }
  await other.append([{ event: '$groupidentify', distinctId: 'a', properties }])
  const definition = { unit: 'account', where: { property: 'name', exists: true } }
  const { id } = await other.post<Segment>('/segments', { name: 'All', definition })
  const [account] = JSON.parse(await other.text(`/segments/${id}/export?format=json`)) as Record<string, unknown>[]
  expect(account).toMatchObject({ name: 'Parish', board: { seats: 3 } })
  expect(JSON.stringify(account)).not.toMatch(/religion/)
  expect(JSON.parse(await other.text(`/segments/${id}/export?format=json&columns=key,religion`))).toEqual([{ key: 'parish', religion: 'x' }])
})

test('a list of accounts stays as it was, and is one of accounts', async () => {
  const of = await save('Retail', rule({ property: 'industry', is: 'Retail' }))
  const list = await project.post<Segment>(`/segments/${of.id}/freeze`, { name: 'Retail in March' })
  expect(list).toMatchObject({ kind: 'frozen', unit: 'account', count: 1, sentence: 'A list of accounts, which changes by hand alone' })
  await project.put(`/segments/${of.id}`, { name: 'Retail', definition: rule({ property: 'industry', is: 'Nothing' }) })
  expect((await project.get<SegmentAccounts>(`/segments/${list.id}/members`)).results.map(({ key }) => key)).toEqual(['bolt'])
  expect(await save('In it', rule({ in: list.id }))).toMatchObject({ count: 1, sentence: 'Accounts that are in “Retail in March”' })
  await expect(save('People in it', { unit: 'person', where: { in: list.id } })).rejects.toMatchObject({ body: expect.stringContaining('segment of accounts') })
})

test('an account shows its segments and why', async () => {
  const { results } = await project.get<SegmentAccounts>('/accounts?search=acme')
  const { results: segments } = await project.get<Page<AccountSegment>>(`/accounts/${results[0]?.id}/segments`)
  expect(segments.find(({ name }) => name === 'Buyers')).toMatchObject({
    kind: 'rule',
    reasons: ['that have at least 2 people who placed an order', 'whose employees (any source) is at least 50'],
  })
  await expect(project.get('/accounts/987654/segments')).rejects.toMatchObject({ status: 404 })
})

test('where people are asked for, a segment of accounts is refused by name', async () => {
  const { id } = await save('Companies', buyers)
  const series = [{ event: 'order_completed', filters: [{ in: id }] }]
  await expect(project.post('/insights/run', { query: { series } })).rejects.toMatchObject({
    status: 400,
    body: expect.stringMatching(/segment\/unit.*Companies/),
  })
  const breakdown = { of: 'segments', ids: [id] }
  await expect(project.post('/insights/run', { query: { series: [{ event: 'order_completed' }], breakdown } })).rejects.toMatchObject({ status: 400 })
  await expect(project.put(`/segments/${id}`, { name: 'x', definition: { where: { property: 'a', exists: true } } })).rejects.toMatchObject({
    body: expect.stringContaining('stays one'),
  })
})
