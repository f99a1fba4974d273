import type { OptOut, PersonConsents, Retention } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { privacyJobs } from '../../src/privacy/jobs.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 5, 1, 12)
let server: TestServer
let project: TestProject

beforeAll(async () => {
  server = await startTestServer({ now: noon })
  project = await server.createProject()
})
afterAll(() => server.close())

const personOf = async (search: string) => (await project.get<{ results: { id: number; events: number }[] }>(`/people?search=${search}`)).results[0]
const problem = async (reason: string) =>
  (await project.get<{ problems: { reason: string; count: number }[] }>('/status')).problems.find((each) => each.reason === reason)?.count

test('who opted out is not followed any more, under any of their ids, until it is lifted', async () => {
  await project.append([
    { event: 'view', distinctId: 'olga-browser' },
    { event: '$identify', distinctId: 'olga', otherId: 'olga-browser' },
  ])
  const olga = await personOf('olga')
  const made = await project.post<OptOut>('/opt-outs', { distinctId: 'olga', reason: 'wrote a letter' })
  expect(made).toMatchObject({ distinctId: 'olga', personId: olga?.id, by: 'API key', reason: 'wrote a letter', liftedAt: null })
  await project.append([
    { event: 'view', distinctId: 'olga-browser' },
    { event: 'view', distinctId: 'olga' },
    { event: '$identify', distinctId: 'somebody-new', otherId: 'olga' },
    { event: 'view', distinctId: 'orla' },
  ])
  expect(await problem('opted-out')).toBe(3)
  expect((await personOf('olga'))?.events).toBe(2)
  expect((await personOf('orla'))?.events).toBe(1)
  expect((await project.get<{ results: OptOut[] }>(`/opt-outs?personId=${olga?.id}&active=true`)).results).toHaveLength(1)
  await project.delete(`/opt-outs/${made.id}`)
  await expect(project.delete(`/opt-outs/${made.id}`)).rejects.toThrow('opt-out/not-found')
  await project.append([{ event: 'view', distinctId: 'olga' }])
  expect((await personOf('olga'))?.events).toBe(3)
  expect((await project.get<{ results: OptOut[] }>('/opt-outs?active=true')).results).toEqual([])
})

test('consents come by events and by the API, survive a merge, and the newest by time holds', async () => {
  const consent = (distinctId: string, properties: object, at: number) => ({ event: '$consent', distinctId, properties: properties as never, timestamp: at })
  await project.append([
    consent('cora-browser', { channel: ['email', 'sms'], purpose: 'marketing', state: 'granted', source: 'checkout' }, noon - 5 * day),
    { event: 'view', distinctId: 'cora' },
    { event: '$identify', distinctId: 'cora', otherId: 'cora-browser' },
    // It arrives last and is older: it does not hold.
    consent('cora', { channel: 'sms', purpose: 'marketing', granted: false }, noon - 9 * day),
    consent('cora', { channel: 'pigeon', purpose: 'marketing', granted: true }, noon),
  ])
  expect(await problem('consent-unreadable')).toBe(1)
  const id = (await personOf('cora'))?.id
  const noted = await project.post('/consents', {
    consents: [
      { distinctId: 'cora', channel: 'email', purpose: 'marketing', state: 'withdrawn', source: 'letter', at: noon - day },
      { distinctId: 'nobody', channel: 'email', purpose: 'marketing', state: 'granted' },
    ],
  })
  expect(noted).toEqual({ noted: 1, unknown: ['nobody'] })
  const { current, history } = await project.post<PersonConsents>(`/people/${id}/consents`, {
    consents: [{ channel: 'post', purpose: 'research', state: 'granted' }],
  })
  expect(current.map(({ channel, purpose, state, source }) => [channel, purpose, state, source])).toEqual([
    ['email', 'marketing', 'withdrawn', 'letter'],
    ['post', 'research', 'granted', 'api'],
    ['sms', 'marketing', 'granted', 'checkout'],
  ])
  expect(history).toHaveLength(5)
  // Segments read the same at once: what came by events, by the API, and before the merge.
  const members = async (channel: string, is: string) =>
    (await project.post<{ count: number }>('/segments/preview', { definition: { where: { consent: channel, purpose: 'marketing', is } } })).count
  expect([await members('email', 'refused'), await members('email', 'given'), await members('sms', 'given'), await members('post', 'given')]).toEqual([
    1, 0, 1, 0,
  ])
  await project.post('/consents', { consents: [{ distinctId: 'cora', channel: 'email', purpose: 'marketing', state: 'granted' }] })
  expect([await members('email', 'refused'), await members('email', 'given')]).toEqual([0, 1])
  await expect(project.post('/consents', { consents: [{ distinctId: 'cora', channel: 'fax', purpose: 'x', state: 'granted' }] })).rejects.toThrow(
    'request/invalid',
  )
})

test('a copy of one’s data holds all of it and nothing of anybody else', async () => {
  await project.append([
    { event: 'view', distinctId: 'dora', properties: { product: 'lamp', big: 12345678901234567890n as never }, groups: { company: 'acme' } },
    { event: '$set', distinctId: 'dora', set: { plan: 'free' } },
    { event: '$set', distinctId: 'dora', set: { plan: 'paid' } },
    { event: 'view', distinctId: 'emil', properties: { product: 'sofa' } },
  ])
  const definition = { unit: 'person', where: { property: 'plan', is: 'paid' } }
  const { id: segment } = await project.post<{ id: number }>('/segments', { name: 'Paying', definition })
  const id = (await personOf('dora'))?.id
  const copy = JSON.parse(await project.text(`/people/${id}/export`))
  expect(copy.person).toMatchObject({ id, distinctIds: ['dora'], properties: { plan: 'paid' } })
  expect(copy.propertyHistory.filter(({ key }: { key: string }) => key === 'plan').map(({ value }: { value: string }) => value)).toEqual(['free', 'paid'])
  expect(copy.events.map(({ event }: { event: string }) => event)).toEqual(['$set', '$set', 'view'])
  expect(copy.events[2].properties.product).toBe('lamp')
  expect(copy.segments).toEqual([{ id: segment, name: 'Paying', kind: 'rule' }])
  expect(copy.accounts).toMatchObject([{ key: 'acme' }])
  expect(JSON.stringify(copy)).not.toMatch(/emil|sofa|cora/)
  await expect(project.text('/people/999999/export')).rejects.toThrow('person/not-found')
})

test('events older than the project keeps them go from the store and the log, day by day', async () => {
  const kept = await server.createProject()
  await kept.append([
    { event: 'view', distinctId: 'rita', timestamp: noon - 40 * day, properties: { page: 'ancient-page' } },
    { event: 'view', distinctId: 'rita', timestamp: noon - 31 * day, properties: { page: 'ancient-page' } },
    { event: 'view', distinctId: 'rita', timestamp: noon - 29 * day },
    { event: 'view', distinctId: 'rita', timestamp: noon },
  ])
  await project.append([{ event: 'view', distinctId: 'rita-elsewhere', timestamp: noon - 40 * day }])
  expect(await kept.get('/retention')).toEqual({ days: null, nextAt: null, due: 0, runs: [] })
  expect(await kept.get('/retention/due?days=30')).toEqual({ events: 2 })
  const admin = await kept.put<Retention>('/retention', { days: 30 })
  expect(admin).toMatchObject({ days: 30, nextAt: noon + day })
  await privacyJobs(server.parts).idle()
  const { runs, due } = await kept.get<Retention>('/retention')
  expect(due).toBe(0)
  expect(runs).toMatchObject([
    {
      state: 'done',
      days: 30,
      removed: [
        { place: 'store: events', removed: 2, left: 0 },
        { place: 'log', removed: 2, left: 0 },
      ],
    },
  ])
  const rita = (await kept.get<{ results: { id: number; events: number }[] }>('/people')).results[0]
  expect(rita?.events).toBe(2)
  expect((await kept.get<{ results: unknown[] }>(`/people/${rita?.id}/events`)).results).toHaveLength(2)
  expect((await personOf('rita-elsewhere'))?.events).toBe(1)

  // The schedule: nothing within a day, then the day that has become old.
  server.setNow(noon + 2 * day)
  privacyJobs(server.parts).wake()
  await privacyJobs(server.parts).idle()
  const later = await kept.get<Retention>('/retention')
  expect(later.runs[0]).toMatchObject({
    by: 'schedule',
    state: 'done',
    removed: [
      { removed: 1, left: 0 },
      { removed: 1, left: 0 },
    ],
  })
  server.setNow(noon)
  await kept.put('/retention', { days: null })
})
