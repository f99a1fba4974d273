import { existsSync } from 'node:fs'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureRoutes } from '../../src/capture/routes.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'
import { bytesOf, readRecorded, recordedFile } from './recorded.ts'

describe.skipIf(!existsSync(recordedFile))('every recorded request of a PostHog SDK, sent again', () => {
  const recorded = readRecorded().filter(({ url }) => !url.startsWith('/v1/'))
  let wayIn: WayIn
  let app: FastifyInstance
  let project: number
  beforeAll(async () => {
    wayIn = await openWayIn()
    project = wayIn.project()
    wayIn.catalog.prepare(`update projects set token = 'phc_test_key' where id = ?`).run(project)
    app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
    await app.register(async (capture) => captureRoutes(capture, { ingest: wayIn.ingest, clock: Date.now }))
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
    expect(reply.statusCode).toBe(url.startsWith('/static/') ? 404 : 200)
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
    expect(wayIn.catalog.prepare('select reason, detail from quarantine').all()).toEqual([])
  })
})
