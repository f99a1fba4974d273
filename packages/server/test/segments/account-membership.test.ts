import type { Segment, SegmentAccounts, SegmentHistory, WhatIf } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { membershipJobs } from '../../src/segments/membership/jobs.ts'
import { replaceTests } from '../../src/segments/tests/tests.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 5, 15, 12)
let server: TestServer
let project: TestProject

const order = (distinctId: string, company: string, timestamp: number) => ({ event: 'order', distinctId, groups: { company }, timestamp })
const buyers = { unit: 'account', accountType: 'company', where: { did: 'order', within: { last: '30 days' } } }

beforeAll(async () => {
  server = await startTestServer({ now: noon })
  project = await server.createProject()
  await project.append([order('ann', 'acme', noon - 29 * day), order('bob', 'bolt', noon - day), order('cid', 'core', noon - 40 * day)])
}, 180_000)
afterAll(() => server.close())

const idle = () => membershipJobs(server.parts).idle()
const make = async (name: string, definition: object) => {
  const { id } = await project.post<Segment>('/segments', { name, definition })
  await idle()
  return id
}
const members = (id: number, query = '') => project.get<SegmentAccounts>(`/segments/${id}/members${query}`)
const keys = async (id: number, query = '') => {
  const { unit, results } = await members(id, query)
  expect(unit).toBe('account')
  return results.map(({ key }) => key)
}

test('accounts are recorded, told and chosen by hand as people are, and a list of them is kept', async () => {
  const id = await make('Buying companies', buyers)
  expect(await keys(id, '?as=recorded')).toEqual(['acme', 'bolt'])
  server.setNow(noon + 2 * day)
  await project.append([order('cid', 'core', noon + 2 * day)])
  await project.post(`/segments/${id}/recompute`)
  const { results } = await project.get<SegmentHistory>(`/segments/${id}/history`)
  expect(
    results
      .slice(0, 2)
      .map(({ label, entered, cause }) => [label, entered, cause])
      .sort(),
  ).toEqual([
    ['acme', false, 'time'],
    ['core', true, 'data'],
  ])
  expect(await keys(id, `?as=recorded&at=${noon}`)).toEqual(['acme', 'bolt'])
  await expect(members(id, `?as=recomputed&at=${noon}`)).rejects.toThrow('segment/no-history')

  const newcomers = await make('New ones', { unit: 'account', where: { in: id, joinedWithin: '1 day' } })
  expect(await keys(newcomers)).toEqual(['core'])
  expect(await make('People of new ones', { where: { account: 'any', where: { in: id, joinedWithin: '1 day' } } })).toBeGreaterThan(0)

  const [{ id: acme } = { id: 0 }] = (await members(id, `?as=recorded&at=${noon}`)).results
  await project.put(`/segments/${id}/people/${acme}`, { choice: 'include', reason: 'a contract by hand' })
  await idle()
  expect(await keys(id)).toEqual(['acme', 'bolt', 'core'])
  expect(await keys(id, '?as=recorded')).toEqual(['acme', 'bolt', 'core'])
  expect(await keys(await make('The others', { unit: 'account', accountType: 'company', where: { not: { in: id } } }))).toEqual([])

  const list = await project.post<Segment>(`/segments/${id}/freeze`, { name: 'Kept' })
  await idle()
  expect(list).toMatchObject({ kind: 'frozen', unit: 'account', count: 3 })
  expect(await keys(list.id)).toEqual(['acme', 'bolt', 'core'])
  expect(await keys(list.id, '?as=recorded')).toEqual(['acme', 'bolt', 'core'])
  await expect(project.post(`/segments/${list.id}/list`, { action: 'add', distinctIds: ['ann'] })).rejects.toThrow('segment/unit')
  await project.put(`/segments/${list.id}/people/${acme}`, { choice: 'exclude' })
  await idle()
  expect(await keys(list.id)).toEqual(['bolt', 'core'])
})

test('a changed rule of accounts is told before it is saved, and its accounts go out as Parquet', async () => {
  const id = await make('All companies', { unit: 'account', accountType: 'company', where: { did: 'order' } })
  const answer = await project.post<WhatIf>(`/segments/${id}/what-if`, { definition: buyers })
  expect(answer).toMatchObject({ before: 3, after: 2, reach: null, enter: { count: 0 }, leave: { count: 1, people: [] } })
  const reply = await project.text(`/segments/${id}/export?format=parquet&columns=id,key`)
  expect(reply.slice(0, 4)).toBe('PAR1')
})

test('sample people are refused of a segment of accounts, and those kept before that stand in no way', async () => {
  const id = await make('Companies with samples', buyers)
  const sample = { name: 'Ann', distinctId: 'ann', expected: 'in' as const }
  const tests = { policy: 'refuse', tests: [sample] }
  await expect(project.put(`/segments/${id}/tests`, tests)).rejects.toThrow('the segment holds accounts')
  const people = await make('Buying people', { where: { did: 'order' } })
  await project.put(`/segments/${people}/tests`, tests)
  await expect(project.post(`/segments/${people}/tests/run`, { definition: buyers })).rejects.toThrow('segment/invalid')

  await replaceTests(server.parts.catalog, { projectId: project.project.id, id, tests: [{ ...sample, expected: 'out' }] })
  await project.patch(`/segments/${id}/settings`, { testPolicy: 'refuse' })
  const wider = { ...buyers, where: { did: 'order', within: { last: '60 days' } } }
  expect((await project.post<WhatIf>(`/segments/${id}/what-if`, { definition: wider })).tests).toEqual([])
  expect(await project.put<Segment>(`/segments/${id}`, { name: 'Companies with samples', definition: wider })).toMatchObject({ version: 2 })
  expect(await project.put(`/segments/${id}/tests`, { policy: 'refuse', tests: [] })).toMatchObject({ tests: [] })
})

test('a segment that a trait asks about is archived only by force', async () => {
  const id = await make('Asked about', { where: { did: 'order' } })
  const definition = { unit: 'account', accountType: 'company', people: { of: 'count', where: { in: id } } }
  await project.post('/traits', { name: 'loyal', label: 'Loyal', definition })
  await expect(project.post(`/segments/${id}/archive`, {})).rejects.toThrow('“Loyal”')
  expect(await project.post(`/segments/${id}/archive`, { force: true })).toMatchObject({ archivedAt: expect.any(Number) })
})
