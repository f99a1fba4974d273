import { existsSync } from 'node:fs'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureRoutes } from '../../src/capture/routes.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'
import { bytesOf, readRecorded, recordedFile } from './recorded.ts'

describe.skipIf(!existsSync(recordedFile))('every recorded request of an SDK, sent again', () => {
  const recorded = readRecorded()
  let wayIn: WayIn
  let app: FastifyInstance
  let project: number
  let segmentProject: number
  beforeAll(async () => {
    wayIn = await openWayIn()
    project = wayIn.project()
    const setToken = wayIn.catalog.prepare('update projects set token = ? where id = ?')
    setToken.run('phc_test_key', project)
    segmentProject = wayIn.project()
    setToken.run('wk_test', segmentProject)
    app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
    await app.register(async (capture) => captureRoutes(capture, { ingest: wayIn.ingest, clock: Date.now, config: { trustedProxies: [] } }))
  })
  afterAll(async () => {
    await app.close()
    await wayIn.close()
  })

  test.each(recorded)('$method $url: $label', async (request) => {
    const { method, url, headers } = request
    const { 'content-length': _, ...kept } = headers
    const reply = await app.inject({
      method: method as 'GET' | 'POST' | 'OPTIONS',
      url,
      headers: { ...kept, origin: 'https://shop.example' },
      ...(request.body !== null && { payload: bytesOf(request) }),
    })
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['access-control-allow-origin']).toBe('https://shop.example')
    if (method === 'POST') expect(reply.json()).toBeTypeOf('object')
  })

  test('and what they held is in the store', async () => {
    await wayIn.ingest.drained()
    const [row] = await wayIn.rows<{ n: string; names: string }>(
      `select count() as n, uniqExact(event) as names from kindred.events where project_id = ${project}`,
    )
    expect(Number(row?.n)).toBeGreaterThan(60)
    expect(Number(row?.names)).toBeGreaterThan(8)
    // Requests that were tried again count once; the two who were aliased are one person.
    const segment = await wayIn.rows<{ event: string; n: string }>(
      `select event, toString(count()) as n from kindred.events where project_id = ${segmentProject} group by event order by event`,
    )
    expect(segment.filter(({ n }) => n !== '1')).toEqual([
      { event: '$create_alias', n: '2' },
      { event: '$groupidentify', n: '2' },
      { event: '$identify', n: '6' },
      { event: '$pageview', n: '2' },
      { event: '$screen', n: '2' },
      { event: 'Order Completed', n: '2' },
    ])
    const [person] = await wayIn.rows(
      `select arraySort(distinct_ids) as ids, properties.email as email, properties.x as x from kindred.persons final where project_id = ${segmentProject} and has(distinct_ids, 'u1')`,
    )
    expect(person).toEqual({ ids: ['anon1', 'u1'], email: 'a@x.io', x: '1' })
    expect(wayIn.catalog.prepare('select reason, detail from quarantine').all()).toEqual([])
  })
})
