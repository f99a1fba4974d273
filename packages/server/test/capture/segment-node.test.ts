import type { AddressInfo } from 'node:net'
import { Analytics } from '@segment/analytics-node'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { captureRoutes } from '../../src/capture/routes.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'

let wayIn: WayIn
let app: FastifyInstance
let host: string

beforeAll(async () => {
  wayIn = await openWayIn()
  app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  await app.register(async (capture) => captureRoutes(capture, { ingest: wayIn.ingest, clock: Date.now, config: { trustedProxies: [] } }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  host = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await wayIn.close()
})

test('the real analytics-node: all six calls arrive as they were meant', async () => {
  const project = wayIn.project()
  const errors: unknown[] = []
  const analytics = new Analytics({ writeKey: `token-${project}`, host, flushAt: 20 })
  analytics.on('error', (error) => errors.push(error))
  analytics.page({ anonymousId: 'anon-1', name: 'Home', properties: { url: 'https://shop.example/' } })
  analytics.identify({ userId: 'ann', anonymousId: 'anon-1', traits: { email: 'ann@example.com', plan: 'pro' } })
  analytics.track({ userId: 'ann', event: 'Order Completed', properties: { revenue: 12.5 }, context: { ip: '129.187.0.1' } })
  analytics.screen({ userId: 'ann', name: 'Main' })
  analytics.group({ userId: 'ann', groupId: 'acme', traits: { seats: 5 } })
  analytics.alias({ userId: 'ann', previousId: 'old-ann' })
  analytics.track({ userId: 'ann', event: 'once', messageId: 'mine' })
  analytics.track({ userId: 'ann', event: 'once', messageId: 'mine' })
  await analytics.closeAndFlush()
  await wayIn.ingest.drained()
  expect(errors).toEqual([])
  const events = await wayIn.rows<{ event: string; person: string; country: string; source: string }>(
    `select event, toString(if(o.to_id = 0, e.person_id, o.to_id)) as person, country_code as country, source from kindred.events e
     left join kindred.person_overrides o on o.from_id = e.person_id where e.project_id = ${project} order by position`,
  )
  expect(events.map(({ event }) => event)).toEqual(['$pageview', '$identify', 'Order Completed', '$screen', '$groupidentify', '$create_alias', 'once'])
  expect(new Set(events.map(({ person }) => person)).size).toBe(1)
  expect(events.map(({ country }) => country)).toEqual(['', '', 'DE', '', '', '', ''])
  expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['segment']))
  const people = await wayIn.rows(
    `select arraySort(distinct_ids) as ids, is_identified, properties.plan as plan from kindred.persons final where project_id = ${project}`,
  )
  expect(people).toEqual([{ ids: ['ann', 'anon-1', 'old-ann'], is_identified: 1, plan: 'pro' }])
})

test('a browser may ask first, and is told to send here', async () => {
  const asked = await fetch(`${host}/v1/t`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-headers': 'authorization' },
  })
  expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-headers')]).toEqual([
    200,
    'https://shop.example',
    'authorization',
  ])
  const settings = await (
    await fetch(`${host}/v1/projects/wk/settings`, { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'data.shop.example' } })
  ).json()
  expect(settings).toMatchObject({ integrations: { 'Segment.io': { apiKey: 'wk', apiHost: 'data.shop.example/v1', protocol: 'https' } } })
  const own = await (await fetch(`${host}/v1/projects/wk/settings/`)).json()
  expect(own).toMatchObject({ integrations: { 'Segment.io': { apiHost: `${new URL(host).host}/v1`, protocol: 'http' } } })
})

test('a wrong key is refused, a request that cannot be read too, both for any origin', async () => {
  const send = (path: string, body: string) =>
    fetch(`${host}${path}`, { method: 'POST', headers: { origin: 'https://shop.example', 'content-type': 'text/plain' }, body })
  const wrong = await send('/v1/track', JSON.stringify({ writeKey: 'nobody', userId: 'u', event: 'x' }))
  expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([401, 'https://shop.example'])
  expect((await send('/v1/batch', '{"batch":')).status).toBe(400)
  expect(await (await send('/v1/track', JSON.stringify({ writeKey: `token-${wayIn.project()}`, userId: 'u', event: 'x' }))).json()).toEqual({ success: true })
})
