import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { PostHog } from 'posthog-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { captureRoutes } from '../../src/capture/routes.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'

let wayIn: WayIn
let app: FastifyInstance
let host: string

beforeAll(async () => {
  wayIn = await openWayIn()
  app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  const parts = { ingest: wayIn.ingest, clock: Date.now, config: { trustedProxies: [] } }
  await app.register(async (capture) => captureRoutes(capture, parts))
  await app.listen({ port: 0, host: '127.0.0.1' })
  host = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await wayIn.close()
})

test('the real posthog-node: capture, identify, alias and group arrive as they were meant', async () => {
  const project = wayIn.project()
  const errors: unknown[] = []
  const posthog = new PostHog(`token-${project}`, { host, flushAt: 20 })
  posthog.on('error', (error) => errors.push(error))
  posthog.capture({ distinctId: 'anon-1', event: 'page seen', properties: { path: '/', $process_person_profile: false } })
  posthog.identify({ distinctId: 'ann', properties: { $set: { plan: 'pro' }, $set_once: { source: 'ad' }, $anon_distinct_id: 'anon-1' } })
  posthog.alias({ distinctId: 'ann', alias: 'ann@example.com' })
  posthog.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { size: 12 } })
  posthog.capture({ distinctId: 'ann@example.com', event: 'purchase', properties: { amount: 9007199254740993n.toString() }, groups: { company: 'acme' } })
  await posthog.shutdown()
  await wayIn.ingest.drained()
  expect(errors).toEqual([])
  const events = await wayIn.rows<{ event: string; person: string; groups: object }>(
    `select event, toString(if(o.to_id = 0, e.person_id, o.to_id)) as person, groups from kindred.events e
     left join kindred.person_overrides o on o.from_id = e.person_id where e.project_id = ${project} order by position`,
  )
  expect(events.map(({ event }) => event)).toEqual(['page seen', '$identify', '$create_alias', '$groupidentify', 'purchase'])
  const [seen, identified, aliased, , bought] = events.map(({ person }) => person)
  expect([identified, aliased, bought]).toEqual([seen, seen, seen])
  expect(events[4]?.groups).toEqual({ company: 'acme' })
  const [person] = await wayIn.rows(`select arraySort(distinct_ids) as ids, is_identified, properties.plan as plan from kindred.persons final
    where project_id = ${project} and has(distinct_ids, 'ann')`)
  expect(person).toEqual({ ids: ['ann', 'ann@example.com', 'anon-1'], is_identified: 1, plan: 'pro' })
})

test('a browser of another origin may ask and send, and gets exactly 200 with JSON', async () => {
  const project = wayIn.project()
  const origin = 'https://shop.example'
  const asked = await fetch(`${host}/e/?ip=1`, { method: 'OPTIONS', headers: { origin, 'access-control-request-headers': 'content-type' } })
  expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-headers')]).toEqual([
    200,
    origin,
    'content-type',
  ])
  const body = JSON.stringify({ event: 'x', properties: { token: `token-${project}`, distinct_id: 'a' } })
  const sent = await fetch(`${host}/e/`, { method: 'POST', headers: { origin, 'content-type': 'text/plain' }, body })
  expect([sent.status, sent.headers.get('access-control-allow-origin'), await sent.json()]).toEqual([200, origin, { status: 1 }])
  const bad = await fetch(`${host}/e/`, { method: 'POST', headers: { origin }, body: '{"event":' })
  expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([400, origin])
})

test.each([
  ['POST', '/flags/?v=2', { flags: {}, errorsWhileComputingFlags: false }],
  ['POST', '/decide/?v=3', { featureFlags: {}, supportedCompression: ['gzip', 'gzip-js'] }],
  ['GET', '/array/phc_x/config', { token: 'phc_x', hasFeatureFlags: false }],
  ['POST', '/s/', { status: 1 }],
  ['GET', '/api/surveys/?token=phc_x', { surveys: [] }],
])('%s %s is answered so that the SDK is content', async (method, path, expected) => {
  const reply = await fetch(`${host}${path}`, { method, ...(method === 'POST' && { body: '{}' }) })
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject(expected)
})

test('the configuration as a script cannot be ended by the token in its address', async () => {
  const script = await (await fetch(`${host}/array/${encodeURIComponent('</script>"')}/config.js`)).text()
  expect(script).not.toContain('</script>')
  const window: Record<string, unknown> = {}
  new Function('window', script)(window)
  expect(window._POSTHOG_REMOTE_CONFIG).toHaveProperty(['</script>"', 'config', 'supportedCompression'])
})
