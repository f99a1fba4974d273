import type {
  EventDefinition,
  EventRow,
  InsightAnswer,
  Page,
  PeoplePage,
  PersonBackground,
  PersonProfile,
  PropertyChangeRow,
  PropertyDefinition,
  SegmentPreview,
  SourceRow,
  StandardFieldRow,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
const hour = 3_600_000

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject()
  await project.append([
    {
      event: '$pageview',
      distinctId: 'browser-1',
      timestamp: now - 9 * hour,
      properties: { $lib: 'web', $os: 'iOS', $device_type: 'Mobile', $browser: 'Safari' },
    },
    { event: '$identify', distinctId: 'ann', otherId: 'browser-1', timestamp: now - 8 * hour, set: { email: 'ann@example.com', plan: 'free', size: 40 } },
    {
      event: 'upgraded',
      distinctId: 'ann',
      timestamp: now - 7 * hour,
      properties: { $lib: 'posthog-node', amount: 5, religion: 'none' },
      set: { plan: 'pro', size: '41' },
    },
    { event: '$set', distinctId: 'ann', timestamp: now - 6 * hour, set: { Religion: 'Quaker', about: { religion: 'Quaker', likes: 'tea' }, team: 'red' } },
    { event: '$set', distinctId: 'ann', timestamp: now - 5 * hour, unset: ['size'] },
    { event: '$pageview', distinctId: 'browser-2', timestamp: now - 5 * hour },
    { event: '$identify', distinctId: 'ann', otherId: 'browser-2', timestamp: now - 4.5 * hour },
    { event: '$identify', distinctId: 'bob', timestamp: now - 4 * hour, set: { email: 'bob@example.com', team: 'blue' } },
  ])
}, 60_000)
afterAll(() => server.close())

const person = async (search: string) => (await project.get<PeoplePage>(`/people?search=${search}`)).results[0]
const properties = (query = '') => project.get<Page<PropertyDefinition>>(`/data/properties?${query}`)
const status = (sent: Promise<unknown>) =>
  sent.then(
    () => 200,
    (error: { status: number }) => error.status,
  )

test('sensitive properties are left out of people, profiles, events, values, breakdowns and files until somebody asks', async () => {
  const ann = await person('ann@')
  expect(ann).toMatchObject({ masked: ['Religion'], properties: { about: { likes: 'tea' }, team: 'red' } })
  const profile = await project.get<PersonProfile>(`/people/${ann?.id}`)
  expect(profile.facts.find(({ key }) => key === 'Religion')).toMatchObject({ masked: true, value: null, event: '$set' })
  const history = await project.get<Page<PropertyChangeRow>>(`/people/${ann?.id}/history`)
  const { results: events } = await project.get<Page<EventRow>>(`/people/${ann?.id}/events`)
  expect(events.find(({ event }) => event === 'upgraded')).toMatchObject({ masked: ['religion'] })
  const preview = await project.post<SegmentPreview>('/segments/preview', { definition: { where: { property: 'team', is: 'red' } } })
  const { results: names } = await properties()
  const segment = await project.post<{ id: number }>('/segments', { name: 'All', definition: { where: { property: 'email', exists: true } } })
  const file = await project.text(`/segments/${segment.id}/export`)
  expect(file).toContain('ann@example.com')
  for (const reply of [ann, profile, history, events, preview, names]) expect(JSON.stringify(reply)).not.toContain('Quaker')
  expect(file.split('\n')[0]).not.toContain('Religion')

  expect(await status(project.get('/data/values?of=person&property=Religion'))).toBe(403)
  expect(await status(project.get('/data/values?of=person&property=standard.religion'))).toBe(403)
  expect(await project.get('/data/values?of=person&property=Religion&reveal=true')).toMatchObject({ results: [{ value: 'Quaker', count: 1 }] })
  const query = (reveal: object) => ({
    query: { series: [{ event: 'upgraded' }], breakdown: { of: 'person', property: 'Religion', ...reveal }, display: 'table', range: { from: '-2d' } },
  })
  expect(await status(project.post('/insights/run', query({})))).toBe(403)
  const answer = await project.post<InsightAnswer>('/insights/run', query({ reveal: true }))
  expect(answer.rows.map(({ breakdown }) => breakdown)).toEqual([{ kind: 'value', value: 'Quaker' }])
  expect(await project.post(`/people/${ann?.id}/reveal`, { keys: ['Religion'] })).toEqual({ values: { Religion: 'Quaker' } })
  expect(await project.text(`/segments/${segment.id}/export?columns=email,Religion`)).toContain('Quaker')

  await project.patch('/data/properties', { of: 'person', name: 'team', sensitive: true })
  expect((await person('bob@'))?.masked).toEqual(['team'])
  expect((await properties('search=team')).results[0]).toMatchObject({ sensitive: true, samples: [] })
  await project.patch('/data/properties', { of: 'person', name: 'team', sensitive: null })
  expect((await person('bob@'))?.masked).toEqual([])
})

test('a history tells every value of a property, what set it and what took it away', async () => {
  const ann = await person('ann@')
  const changes = async (query: string) => (await project.get<Page<PropertyChangeRow>>(`/people/${ann?.id}/history?${query}`)).results
  expect(await changes('key=plan')).toMatchObject([
    { value: 'pro', event: 'upgraded', at: now - 7 * hour, source: 'api', unset: false, mergedPersonId: null },
    { value: 'free', event: '$identify', at: now - 8 * hour },
  ])
  expect((await changes('key=size')).map(({ value, unset }) => [value, unset])).toEqual([
    [null, true],
    ['41', false],
    [40, false],
  ])
  expect((await changes('key=%24initial_os'))[0]).toMatchObject({ value: 'iOS', event: '$pageview' })
  const first = await project.get<Page<PropertyChangeRow>>(`/people/${ann?.id}/history?limit=3`)
  const second = await project.get<Page<PropertyChangeRow>>(`/people/${ann?.id}/history?limit=500&cursor=${first.next}`)
  expect([...first.results, ...second.results]).toEqual(await changes('limit=500'))
  const profile = await project.get<PersonProfile>(`/people/${ann?.id}`)
  expect(profile.gone).toMatchObject([{ key: 'size', changes: 3, event: '$set' }])
  expect(await status(project.get('/people/987654/history'))).toBe(404)
})

test('a profile tells who was found to be this person, by which event, and with which devices', async () => {
  const ann = await person('ann@')
  const background = await project.get<PersonBackground>(`/people/${ann?.id}/background`)
  expect(background.merges).toEqual([{ personId: expect.any(Number), distinctIds: ['browser-2'], events: 1, at: now - 4.5 * hour, event: '$identify' }])
  expect(background.ids.map(({ distinctId, event, events }) => [distinctId, event, events])).toEqual([
    ['browser-1', '$pageview', 1],
    ['ann', '$identify', 5],
    ['browser-2', '$pageview', 1],
  ])
  expect(background.devices).toEqual([{ device: 'Mobile', os: 'iOS', browser: 'Safari', events: 1, firstAt: now - 9 * hour, lastAt: now - 9 * hour }])
})

test('events and properties can be described, hidden, searched and paged', async () => {
  const events = async (query: string) => (await project.get<Page<EventDefinition>>(`/data/events?${query}`)).results.map(({ name }) => name)
  expect(
    await project.patch<EventDefinition>('/data/events', { name: 'upgraded', label: 'Bought more', description: 'Of the billing team', verified: true }),
  ).toMatchObject({
    label: 'Bought more',
    verified: true,
    hidden: false,
  })
  expect(await events('search=billing')).toEqual(['upgraded'])
  expect(await events('search=viewed%20a%20page')).toEqual(['$pageview'])
  await project.patch('/data/events', { name: 'upgraded', hidden: true })
  expect(await events('')).not.toContain('upgraded')
  expect(await events('show=hidden')).toEqual(['upgraded'])
  expect(await project.patch<EventDefinition>('/data/events', { name: 'upgraded', hidden: false, label: null })).toMatchObject({
    label: 'Upgraded',
    description: 'Of the billing team',
  })
  const first = await properties('of=person&limit=2&search=a')
  const rest = await properties(`of=person&limit=50&search=a&cursor=${first.next}`)
  expect([...first.results, ...rest.results]).toEqual((await properties('of=person&search=a')).results)
  expect(await status(project.patch('/data/events', { name: 'never seen', hidden: true }))).toBe(404)
  expect(await status(project.patch('/data/properties', { of: 'person', name: 'plan', color: 'red' }))).toBe(400)
  const other = await server.createProject()
  expect(await status(other.patch('/data/events', { name: 'upgraded', hidden: true }))).toBe(404)
})

test('the live stream is narrowed by person, property and sender; senders and standard fields are listed', async () => {
  const live = async (query: string) => (await project.get<Page<EventRow>>(`/data/live?${query}`)).results.map(({ event }) => event)
  expect(await live('distinctId=browser-1')).toHaveLength(7)
  expect(await live('property=amount')).toEqual(['upgraded'])
  expect(await live('property=%24os&value=iOS')).toEqual(['$pageview'])
  expect(await live('property=amount&value=6')).toEqual([])
  expect(await live('lib=posthog-node')).toEqual(['upgraded'])
  expect(await live('lib=none&event=%24set')).toHaveLength(2)
  expect(await live('source=import')).toEqual([])
  const { results: senders } = await project.get<Page<SourceRow>>('/data/sources')
  expect(senders.map(({ source, lib, events }) => [source, lib, events])).toEqual([
    ['api', '', 6],
    ['api', 'posthog-node', 1],
    ['api', 'web', 1],
  ])
  expect((await project.get<Page<SourceRow>>(`/data/sources?after=${server.parts.ingest.watermark()}`)).results).toEqual([])
  const { results: fields } = await project.get<Page<StandardFieldRow>>('/data/standard-fields?known=true')
  expect(fields.find(({ name }) => name === 'standard.email')).toMatchObject({ known: 2, found: ['email'], sensitive: false })
  expect(fields.find(({ name }) => name === 'standard.religion')).toMatchObject({ found: ['Religion'], sensitive: true })
  expect(fields.find(({ name }) => name === 'standard.phone')).toMatchObject({ known: 0, found: [] })
})
