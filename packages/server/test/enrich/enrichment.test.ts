import type { EventRow, Page, PersonSession, Project, Status } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestEvent, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 10, 12)
const minute = 60_000
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now, config: { trustedProxies: ['loopback'] } })
})
afterAll(() => server.close())

async function personId(project: TestProject, distinctId: string): Promise<number> {
  const row = await server.parts.catalog
    .selectFrom('distinct_ids')
    .select('person_id')
    .where('project_id', '=', project.project.id)
    .where('distinct_id', '=', distinctId)
    .executeTakeFirstOrThrow()
  return row.person_id
}
const sessionsOf = async (project: TestProject, distinctId: string, query = '') =>
  project.get<Page<PersonSession>>(`/people/${await personId(project, distinctId)}/sessions${query}`)
const propertiesOf = async (project: TestProject, distinctId: string) =>
  (await project.get<{ properties: Record<string, unknown> }>(`/people/${await personId(project, distinctId)}`)).properties
const eventsOf = async (project: TestProject, distinctId: string) =>
  (await project.get<Page<EventRow>>(`/people/${await personId(project, distinctId)}/events`)).results

const url = 'https://shop.example/'
const view = (distinctId: string, at: number, { path = '/', ...properties }: Record<string, string> = {}): TestEvent => ({
  event: '$pageview',
  distinctId,
  timestamp: now + at * minute,
  properties: { $current_url: `https://shop.example${path}`, $pathname: path, $host: 'shop.example', ...properties },
})
const deed = (distinctId: string, at: number, event = 'order_completed'): TestEvent => ({ event, distinctId, timestamp: now + at * minute })

test('events without a session join the one within 30 minutes, others open their own; late ones and people who become one count as if always there', async () => {
  const project = await server.createProject()
  await project.append([
    view('ada', -300, { $referrer: 'https://www.google.com/', path: '/shoes' }),
    view('ada', -299, { $referrer: url, path: '/shoes/1' }),
    deed('ada', -271),
    view('ada', -240, { utm_medium: 'email', path: '/sale' }),
    deed('ada', -100, '$set'),
  ])
  const [second, first] = (await sessionsOf(project, 'ada')).results
  expect(first).toMatchObject({ visitNumber: 1, pages: 2, events: 3, entryPage: '/shoes', exitPage: '/shoes/1', channel: 'Organic Search', bounced: false })
  expect(first).toMatchObject({ milliseconds: 29 * minute, landingUrl: 'https://shop.example/shoes' })
  expect(second).toMatchObject({ visitNumber: 2, pages: 1, entryPage: '/sale', channel: 'Email', bounced: true, milliseconds: 0 })

  // Late: before the first of all, at its edge, and a whole earlier visit by the id of another device.
  await project.append([
    view('ada', -329, { $referrer: '$direct', path: '/late' }),
    view('ada-phone', -900, { $session_id: 'phone', $referrer: 'https://t.co/x', path: '/app' }),
    { event: '$identify', distinctId: 'ada', otherId: 'ada-phone', timestamp: now },
  ])
  const after = (await sessionsOf(project, 'ada')).results.reverse()
  expect(after.map(({ visitNumber, entryPage, channel }) => [visitNumber, entryPage, channel])).toEqual([
    [1, '/app', 'Organic Social'],
    [2, '/late', 'Organic Search'],
    [3, '/sale', 'Email'],
  ])
  expect(after[1]).toMatchObject({ id: first?.id, pages: 3, milliseconds: 58 * minute })

  const page = await sessionsOf(project, 'ada', '?limit=2')
  const rest = await sessionsOf(project, 'ada', `?limit=2&cursor=${page.next}`)
  expect([page.results.length, rest.results.map(({ id }) => id), rest.next]).toEqual([2, ['phone'], null])
  const between = await sessionsOf(project, 'ada', `?from=${now - 250 * minute}&to=${now - 200 * minute}`)
  expect(between.results.map(({ entryPage }) => entryPage)).toEqual(['/sale'])
})

test('a server’s event joins the visit that the SDK has open, and what was imported opens none', async () => {
  const project = await server.createProject()
  await project.append([
    view('bob', -60, { $session_id: 's-1', utm_source: 'bing', utm_medium: 'cpc' }),
    // The same id counts however long it was quiet.
    view('bob', 60, { $session_id: 's-1', $referrer: url }),
    deed('bob', 70),
  ])
  const orders = (await eventsOf(project, 'bob')).filter(({ event }) => event === 'order_completed')
  expect(orders[0]?.properties).toMatchObject({ $session_id: 's-1', $channel: 'Paid Search' })
})

test('first and last touch: a page of the same site is none, a visit that arrived late is not the last', async () => {
  const project = await server.createProject()
  await project.append([
    view('eve', -500, { $referrer: 'https://www.google.com/' }),
    view('eve', -499, { $referrer: url }),
    view('eve', -100, { utm_source: 'klaviyo', utm_medium: 'email' }),
    view('eve', -99, { $referrer: url }),
  ])
  expect(await propertiesOf(project, 'eve')).toMatchObject({ $initial_channel: 'Organic Search', $channel: 'Email' })
  await project.append([view('eve', -300, { $referrer: 'https://chatgpt.com/' })])
  expect(await propertiesOf(project, 'eve')).toMatchObject({ $initial_channel: 'Organic Search', $channel: 'Email' })
  expect((await sessionsOf(project, 'eve')).results.map(({ channel }) => channel)).toEqual(['Email', 'AI Assistant', 'Organic Search'])
})

async function capture(project: TestProject, properties: object, headers = {}): Promise<Record<string, unknown>> {
  const distinctId = crypto.randomUUID()
  const reply = await server.app.inject({
    method: 'POST',
    url: '/i/v0/e',
    headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ...headers },
    payload: { api_key: project.project.token, event: '$pageview', distinct_id: distinctId, properties },
  })
  expect(reply.statusCode).toBe(200)
  await server.parts.ingest.drained()
  return (await eventsOf(project, distinctId))[0]?.properties ?? {}
}

test('the address gives the country and goes no further; a project switches each step, at once', async () => {
  const project = await server.createProject()
  const page = { $ip: '81.2.69.142', $current_url: url, $referrer: 'https://duckduckgo.com/' }
  const all = await capture(project, page)
  expect(all).toMatchObject({ $geoip_country_code: 'GB', $browser: 'Firefox', $os: 'Linux', $device_type: 'Desktop', $channel: 'Organic Search' })
  expect(all.$session_id).toBeTypeOf('string')
  expect(all).not.toHaveProperty('$ip')

  const behindProxy = await capture(project, { $current_url: url }, { 'x-forwarded-for': '1.1.1.1, 8.8.8.8' })
  expect(behindProxy.$geoip_country_code).toBe('US')

  const switched = await project.patch<Project>('', { enrichment: { geography: false, technology: false, channel: false } })
  expect(switched.enrichment).toEqual({ geography: false, technology: false, channel: false, sessions: true, keepIp: false })
  const some = await capture(project, page)
  for (const key of ['$geoip_country_code', '$browser', '$channel', '$ip']) expect(some).not.toHaveProperty([key])
  expect(some.$session_id).toBeTypeOf('string')

  await project.patch('', { enrichment: { geography: true, sessions: false, keepIp: true } })
  const kept = await capture(project, { ...page, $ip: undefined }, { 'x-forwarded-for': '8.8.8.8' })
  expect(kept).toMatchObject({ $ip: '8.8.8.8', $geoip_country_code: 'US' })
  expect(kept).not.toHaveProperty('$session_id')
  expect(kept).not.toHaveProperty('$browser')

  await expect(project.patch('', { enrichment: { weather: true } })).rejects.toMatchObject({ status: 400 })
  expect((await project.get<Status>('/status')).geography).toMatchObject({ problem: null, database: 'the country database that comes along' })
})

test('a robot is marked also where the SDK named its browser', async () => {
  const project = await server.createProject()
  const seen = await capture(project, { $browser: 'Chrome', $raw_user_agent: 'Mozilla/5.0 Chrome/134.0.0.0 (compatible; Googlebot/2.1)' })
  expect(seen).toMatchObject({ $is_bot: true, $browser: 'Chrome' })
})

test('a new place takes the old city away', async () => {
  const project = await server.createProject()
  const place = (properties: Record<string, string>): TestEvent => ({ event: '$identify', distinctId: 'zoe', properties })
  await project.append([place({ $geoip_country_code: 'GB', $geoip_city_name: 'London' })])
  await project.append([place({ $geoip_country_code: 'FR' })])
  const properties = await propertiesOf(project, 'zoe')
  expect(properties).toMatchObject({ $geoip_country_code: 'FR', $initial_geoip_country_code: 'GB', $initial_geoip_city_name: 'London' })
  expect(properties).not.toHaveProperty('$geoip_city_name')
})
