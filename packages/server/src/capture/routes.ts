import { KindredError } from '@kindred/model'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'
import type { RawCapture } from '../pipeline/ingest.ts'
import { bodyLimit, bodyLimitText } from './body.ts'
import { clientAddress } from './client-address.ts'
import { decideAnswer, flagsAnswer, remoteConfig, remoteConfigScript, segmentSettings } from './sdk-answers.ts'
import { posthogScript, type SdkScript, segmentPart, segmentScript } from './sdk-scripts.ts'
import { segmentPaths } from './segment.ts'

/** Every path that senders of any age post events to. */
const eventPaths = ['/batch', '/e', '/i/v0/e', '/i/v1/analytics/events', '/capture', '/track', '/engage', ...segmentPaths]
/** Parts of the SDK that are loaded late, and questions about features that are not here: answered with nothing. */
const emptyLists: Record<string, object> = {
  '/api/surveys': { surveys: [] },
  '/api/product_tours': { product_tours: [] },
  '/api/web_experiments': { experiments: [] },
  '/api/early_access_features': { earlyAccessFeatures: [] },
  '/flags/definitions': { flags: [], group_type_mapping: {}, cohorts: {} },
  '/api/feature_flag/local_evaluation': { flags: [], group_type_mapping: {}, cohorts: {} },
}

/** Seconds until a sender that was refused may come back. */
const retryAfter = '2'

type CaptureParts = Pick<Parts, 'ingest' | 'clock'> & { config: Pick<Parts['config'], 'trustedProxies'> }

/**
 * The wire of the PostHog and Segment SDKs. These routes, and only these, answer any origin; they never read a cookie. Bodies are handed on as bytes.
 */
export async function captureRoutes(app: FastifyInstance, parts: CaptureParts): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  app.setErrorHandler(replyTooLarge)
  app.addHook('onRequest', async (request, reply) => allowOrigin(request, reply))
  eventRoutes(app, parts)
  answerRoutes(app, parts)
  scriptRoutes(app)
}

function eventRoutes(app: FastifyInstance, { ingest, clock, config }: CaptureParts): void {
  const addressOf = clientAddress(config.trustedProxies)
  const ipOf = ({ ip, headers }: FastifyRequest) => addressOf(ip, headers['x-forwarded-for'])
  for (const path of eventPaths) {
    route(app, { method: ['GET', 'POST'], path }, async (request, reply) => {
      const { status, body } = await ingest.capture(rawCapture(request, { path, receivedAt: clock(), ip: ipOf(request) }))
      if (status === 503) reply.header('retry-after', retryAfter)
      return reply.status(status).send(body)
    })
  }
  // Recordings are counted and not kept. Whatever comes, the sender is told that all is well: otherwise it would send megabytes again.
  route(app, { method: ['GET', 'POST'], path: '/s' }, async (request, reply) => {
    await ingest.capture(rawCapture(request, { path: '/s', receivedAt: clock(), ip: ipOf(request) }))
    return reply.send({ status: 1 })
  })
}

function answerRoutes(app: FastifyInstance, { clock }: CaptureParts): void {
  route(app, { method: ['GET', 'POST'], path: '/flags' }, async (_request, reply) => reply.send(flagsAnswer(clock())))
  route(app, { method: ['GET', 'POST'], path: '/decide' }, async (_request, reply) => reply.send(decideAnswer()))
  route(app, { method: ['GET'], path: '/array/:token/config' }, async (request, reply) => reply.send(remoteConfig(tokenOf(request))))
  route(app, { method: ['GET'], path: '/array/:token/config.js' }, async (request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(remoteConfigScript(tokenOf(request))),
  )
  route(app, { method: ['GET'], path: '/v1/projects/:token/settings' }, async (request, reply) =>
    reply.send(segmentSettings(tokenOf(request), reachedAt(request))),
  )
  // The SDK's measurements of itself.
  route(app, { method: ['POST'], path: '/v1/m' }, async (_request, reply) => reply.send({ success: true }))
  for (const [path, answer] of Object.entries(emptyLists)) {
    route(app, { method: ['GET'], path }, async (_request, reply) => reply.send(answer))
  }
}

/** The SDKs themselves, so that a page needs no other server than this one. */
function scriptRoutes(app: FastifyInstance): void {
  const rest = (request: FastifyRequest) => String((request.params as Record<string, string>)['*'])
  route(app, { method: ['GET'], path: '/static/*' }, async (request, reply) => sendScript(request, reply, await posthogScript(rest(request))))
  route(app, { method: ['GET'], path: '/analytics.js/v1/:token/analytics.min.js' }, async (request, reply) => sendScript(request, reply, await segmentScript()))
  route(app, { method: ['GET'], path: '/analytics-next/bundles/*' }, async (request, reply) => sendScript(request, reply, await segmentPart(rest(request))))
}

/** What is not there is answered without a body: the SDKs go on without it. */
function sendScript({ headers }: FastifyRequest, reply: FastifyReply, script: SdkScript | null): FastifyReply {
  void reply.type('text/javascript; charset=utf-8')
  if (script === null) return reply.status(404).send('')
  void reply.header('cache-control', 'public, max-age=3600').header('vary', 'origin, accept-encoding')
  if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(script.plain)
  return reply.header('content-encoding', 'gzip').send(script.gzipped)
}

interface CaptureRoute {
  method: ('GET' | 'POST')[]
  path: string
}
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** The route, and the question a browser asks before it sends. The server takes each path with a slash at its end too. */
function route(app: FastifyInstance, { method, path }: CaptureRoute, handler: Handler): void {
  app.route({ method, url: path, bodyLimit, handler })
  app.options(path, async (_request, reply) => reply.status(200).send())
}

/** The only error of these routes that is not an answer of the log's. */
function replyTooLarge(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error
  const known = new KindredError('request/too-large', { limit: bodyLimitText }, { cause: error })
  void reply.status(known.status).send(known.toJSON())
}

/** Mirrors the origin: with credentials allowed, `*` would be refused by browsers. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  if (origin === undefined) return
  reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true').header('vary', 'origin')
  if (request.method !== 'OPTIONS') return
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS').header('access-control-max-age', '86400')
  const asked = request.headers['access-control-request-headers']
  if (asked !== undefined) reply.header('access-control-allow-headers', asked)
}

function rawCapture(request: FastifyRequest, { path, receivedAt, ip }: { path: string; receivedAt: number; ip: string }): RawCapture {
  const { headers, body } = request
  return {
    path,
    method: request.method,
    query: textsOf(request.query),
    contentType: headers['content-type'] ?? '',
    contentEncoding: headers['content-encoding'] ?? '',
    authorization: headers.authorization ?? '',
    ip,
    userAgent: headers['user-agent'] ?? '',
    receivedAt,
    body: body instanceof Uint8Array ? body : new Uint8Array(),
  }
}

/** A key given twice counts once, the last. */
function textsOf(query: unknown): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [key, value] of Object.entries(query ?? {})) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    if (typeof last === 'string') texts[key] = last
  }
  return texts
}

/** Where the browser reached this server; behind a proxy, that says so in the customary headers. */
function reachedAt({ headers, host, protocol }: FastifyRequest): { host: string; protocol: string } {
  const first = (header: string | string[] | undefined) =>
    String(header ?? '')
      .split(',', 1)[0]
      ?.trim()
  return { host: first(headers['x-forwarded-host']) || host, protocol: first(headers['x-forwarded-proto']) || protocol }
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.params as { token?: string }
  return token ?? ''
}
