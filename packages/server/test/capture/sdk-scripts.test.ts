import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { captureRoutes } from '../../src/capture/routes.ts'
import type { Ingest } from '../../src/pipeline/ingest.ts'

const { resolve } = createRequire(import.meta.url)
const posthog = (name: string) => readFileSync(join(dirname(resolve('posthog-js')), name))
const segment = (name: string) => readFileSync(join(dirname(resolve('@segment/analytics-next/dist/umd/standalone.js')), name))
const app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
// Scripts are no events: nothing of the way in is asked.
beforeAll(() => app.register(async (capture) => captureRoutes(capture, { ingest: {} as Ingest, clock: Date.now, config: { trustedProxies: [] } })).ready())
afterAll(() => app.close())

test.each([
  ['/static/array.js', posthog('array.js')],
  ['/static/surveys.js?v=1.449.2', posthog('surveys.js')],
  ['/static/1.449.2/exception-autocapture.js', posthog('exception-autocapture.js')],
  ['/analytics.js/v1/wk_test/analytics.min.js', segment('standalone.js')],
])('%s is the script of the package, packed for whoever takes it so, for pages of any origin', async (url, script) => {
  const headers = { origin: 'https://shop.example' }
  const plain = await app.inject({ url, headers })
  expect(plain.statusCode).toBe(200)
  expect(plain.rawPayload.equals(script)).toBe(true)
  expect(plain.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': 'https://shop.example' })
  const packed = await app.inject({ url, headers: { ...headers, 'accept-encoding': 'br, gzip' } })
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'origin, accept-encoding' })
  expect(packed.rawPayload.byteLength).toBeLessThan(script.byteLength / 2)
  expect(gunzipSync(packed.rawPayload).equals(script)).toBe(true)
})

test.each([
  '/static/no-such-part.js',
  '/static/ARRAY.js',
  '/static/array.js.map',
  '/static/..%2f..%2fpackage.json',
  '/static/%2e%2e/package.json',
  '/static/',
  '/analytics-next/bundles/..%2f..%2f..%2fpackage.js',
  '/analytics-next/bundles/none.js',
])('%s is nothing', async (url) => {
  const reply = await app.inject({ url })
  expect(reply.statusCode).toBe(404)
  expect(reply.body).not.toMatch(/"name"|sourcesContent/)
})
