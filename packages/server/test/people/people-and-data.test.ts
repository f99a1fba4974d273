import type { EventDefinition, EventRow, JsonValue, LiveEvents, Page, PeoplePage, PersonProfile, PropertyDefinition, Status, ValueCount } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
const hour = 3_600_000

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ roles: { events: { order: ['Order Completed'] }, properties: { items: 'items' } } })
  await project.append([
    {
      event: '$pageview',
      distinctId: 'browser-1',
      timestamp: now - 5 * hour,
      properties: { $current_url: 'https://shop.example/', $browser: 'Chrome', width: 1440, 'a.b': { 'c.d': 1.5 } },
    },
    {
      event: '$identify',
      distinctId: 'ann',
      otherId: 'browser-1',
      timestamp: now - 4 * hour,
      set: { email: 'Ann@Example.com', name: 'Ann Ó Sé', country: 'Ireland', $kindred_demo_type: 'loyal' },
    },
    {
      event: 'Order Completed',
      distinctId: 'ann',
      timestamp: now - 3 * hour,
      properties: { total: 12, items: [{ category: 'shoes' }, { category: 'hats' }, { category: 'shoes' }] },
    },
    { event: '$identify', distinctId: 'bob', timestamp: now - 2 * hour, set: { email: 'bob@example.com', tags: ['new', 'trial'] } },
    { event: '$pageview', distinctId: 'nobody', timestamp: now - hour, properties: { coupon: 'SPRING', $browser: 'Safari' } },
  ])
}, 60_000)
afterAll(() => server.close())

const people = async (query: string) => (await project.get<PeoplePage>(`/people?${query}`)).results.map(({ label }) => label)

test('people are customers, known or anonymous, and are found, sorted and paged', async () => {
  expect(await project.get<PeoplePage>('/people')).toMatchObject({
    total: 3,
    results: [
      { label: 'nobody', kind: 'anonymous', events: 1, lastSeenAt: now - hour, email: null },
      { label: 'bob@example.com', kind: 'known', events: 1 },
      { label: 'Ann Ó Sé', kind: 'customer', events: 3, lastSeenAt: now - 3 * hour, email: 'Ann@Example.com' },
    ],
  })
  expect(await people('kind=known')).toEqual(['bob@example.com'])
  expect(await people('country=Ireland')).toEqual(['Ann Ó Sé'])
  expect(await people('search=ANN%20%C3%B3')).toEqual(['Ann Ó Sé'])
  expect(await people('search=browser-1')).toEqual(['Ann Ó Sé'])
  expect(await people('search=%25')).toEqual([])
  expect(await people('sort=events&limit=1')).toEqual(['Ann Ó Sé'])
  expect(await people('limit=2&offset=2')).toEqual(['Ann Ó Sé'])
  expect(await project.get<Status>('/status')).toMatchObject({ people: { all: 3, customers: 1, known: 1, anonymous: 1 } })
})

test('a profile says where each property came from, and keeps to itself what the product hides', async () => {
  const [ann] = (await project.get<PeoplePage>('/people?search=ann')).results
  const profile = await project.get<PersonProfile>(`/people/${ann?.id}`)
  expect(profile).toMatchObject({ identified: true, distinctIds: expect.arrayContaining(['ann', 'browser-1']) })
  expect(profile.facts).toEqual(
    expect.arrayContaining([
      { key: 'country', label: 'Country', value: 'Ireland', masked: false, source: 'api', at: now - 4 * hour, event: '$identify', changes: 1 },
      { key: 'email', label: 'E-mail', value: 'Ann@Example.com', masked: false, source: 'api', at: now - 4 * hour, event: '$identify', changes: 1 },
      { key: 'name', label: 'Name', value: 'Ann Ó Sé', masked: false, source: 'api', at: now - 4 * hour, event: '$identify', changes: 1 },
    ]),
  )
  expect(profile.facts.map(({ key }) => key)).not.toContain('$kindred_demo_type')
  expect(Object.keys(profile.properties)).not.toContain('$kindred_demo_type')
  await expect(project.get('/people/987654321')).rejects.toMatchObject({ status: 404 })
})

test('a timeline and the live stream show events whole, newest first', async () => {
  const [ann] = (await project.get<PeoplePage>('/people?search=ann')).results
  const { results: events } = await project.get<Page<EventRow>>(`/people/${ann?.id}/events`)
  expect(events.map(({ event }) => event)).toEqual(['Order Completed', '$identify', '$pageview'])
  expect(events[2]?.properties).toMatchObject({ $current_url: 'https://shop.example/', $browser: 'Chrome', width: 1440, 'a.b': { 'c.d': 1.5 } })
  expect(events[0]?.properties).toMatchObject({ total: 12, items: [{ category: 'shoes' }, { category: 'hats' }, { category: 'shoes' }] })
  const first = await project.get<Page<EventRow>>(`/people/${ann?.id}/events?limit=1`)
  const second = await project.get<Page<EventRow>>(`/people/${ann?.id}/events?limit=1&cursor=${first.next}`)
  expect(second.results.map(({ event }) => event)).toEqual(['$identify'])
  const live = await project.get<LiveEvents>('/data/live?limit=3')
  expect(live.results.map(({ event, person }) => [event, person])).toEqual([
    ['$pageview', 'nobody'],
    ['$identify', 'bob@example.com'],
    ['Order Completed', 'Ann Ó Sé'],
  ])
})

test('values are counted among events, items, lists and people', async () => {
  const values = async (query: string) => (await project.get<Page<ValueCount>>(`/data/values?${query}`)).results
  expect(await values('of=event&property=category')).toEqual([
    { value: 'shoes', count: 2 },
    { value: 'hats', count: 1 },
  ])
  expect(await values('of=event&property=%24browser&search=saf')).toEqual([{ value: 'Safari', count: 1 }])
  expect(await values('of=person&property=tags')).toEqual([
    { value: 'new', count: 1 },
    { value: 'trial', count: 1 },
  ])
  expect(await values('of=person&property=%24kindred_demo_type')).toEqual([])
})

test('events and properties are listed with labels, roles and types', async () => {
  const { results: events } = await project.get<Page<EventDefinition>>('/data/events')
  expect(events.find(({ name }) => name === 'Order Completed')).toMatchObject({ role: 'order', count: 1 })
  const { results: properties } = await project.get<Page<PropertyDefinition>>('/data/properties')
  expect(properties.find(({ name }) => name === 'width')).toMatchObject({ of: 'event', label: 'Width', types: { number: 1 }, samples: ['1440'] })
  expect(properties.map(({ name }) => name)).not.toContain('$kindred_demo_type')
})

test('the questions of surveys and their answers are counted however an event carries them, and hidden where they are sensitive', async () => {
  const asking = await server.createProject()
  const asked = [
    { id: 'q1', question: 'What matters most?' },
    { id: 'q2', question: 'Which sports?' },
  ]
  const answer = (distinctId: string, properties: Record<string, JsonValue>) => ({ event: 'survey sent', distinctId, properties, timestamp: now - hour })
  await asking.append([
    answer('ann', { $survey_id: 's', $survey_questions: asked, $survey_response: 'Quality', $survey_response_q2: ['Skiing', 'Running'] }),
    answer('bob', { $survey_id: 's', $survey_questions: asked, $survey_response_q1: 'Price', $survey_response_1: ['Skiing'] }),
    { ...answer('cas', { survey_name: 'Short', 'What matters most?': 'Quality', 'v1.nps': 9 }), event: 'survey_answered' },
    { ...answer('dee', { 'What matters most?': 'Novelty' }), event: 'no survey' },
  ])
  const rows = async (path: string) => (await asking.get<Page<ValueCount>>(path)).results.map(({ value, count }) => [value, count])
  const answers = (question: string, rest = '') => rows(`/data/values?of=survey&property=${encodeURIComponent(question)}${rest}`)
  expect(await rows('/data/survey-questions')).toEqual([
    ['What matters most?', 3],
    ['Which sports?', 2],
    ['v1.nps', 1],
  ])
  expect(await rows('/data/survey-questions?search=SPORT')).toEqual([['Which sports?', 2]])
  expect(await answers('What matters most?')).toEqual([
    ['Quality', 2],
    ['Price', 1],
  ])
  expect(await answers('Which sports?', '&search=run')).toEqual([['Running', 1]])
  expect(await answers('v1.nps')).toEqual([['9', 1]])
  await expect(answers('religion')).rejects.toThrow('sensitive')
  await asking.patch('/data/properties', { of: 'event', name: '$survey_response_q2', sensitive: true })
  await expect(answers('Which sports?')).rejects.toThrow('sensitive')
})
