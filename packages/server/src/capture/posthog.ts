import { type JsonValue, KindredError, type Properties } from '@kindred/model'
import type { RawCapture } from '../pipeline/ingest.ts'
import { bodyText } from './body.ts'
import { readPosthogEvent } from './posthog-event.ts'
import { addEntry, isObject, parseBody, type ReadRequest } from './read-request.ts'
import { sendingTime } from './time.ts'

/**
 * Reads a request of any PostHog sender: `{ api_key, batch }`, a bare list or a bare event, packed in any of their ways. A bad event becomes a rejected
 * entry, the good ones beside it stay. Errors: `capture/unreadable`, `capture/empty`, `capture/no-token`, `capture/several-tokens`, `request/too-large`.
 */
export function readPosthogRequest(request: RawCapture): ReadRequest {
  const body = parseBody(bodyText(request))
  const events = eventsOf(body)
  const token = tokenOf(body, events, request)
  if (events.length === 0) throw new KindredError('capture/empty')
  const inBody = isObject(body) ? (body.sent_at ?? body.created_at) : undefined
  const context = {
    receivedAt: request.receivedAt,
    sentAt: sendingTime(inBody, request.query),
    ip: request.ip,
    userAgent: request.userAgent,
    ...(request.path === '/engage' && { defaultName: '$identify' }),
  }
  const read: ReadRequest = { token, entries: [], dropped: {} }
  if (request.path === '/s') return { ...read, dropped: { 'replay-snapshot': events.length } }
  for (const event of events) addEntry(read, readPosthogEvent(isV1(request) ? withOptions(event) : event, context), context)
  return read
}

function eventsOf(body: JsonValue): JsonValue[] {
  if (Array.isArray(body)) return body
  if (!isObject(body)) throw new KindredError('capture/unreadable', { reason: 'it is neither a JSON object nor a list' })
  return Array.isArray(body.batch) ? body.batch : [body]
}

/** The project's token: of the request, else the one all its events carry. */
function tokenOf(body: JsonValue, events: JsonValue[], request: RawCapture): string {
  const ofRequest = isObject(body) && Array.isArray(body.batch) ? tokenIn(body) : ''
  const ofEvents = ofRequest === '' ? new Set(events.map(eventToken).filter((token) => token !== '')) : new Set([ofRequest])
  if (ofEvents.size > 1) throw new KindredError('capture/several-tokens')
  const bearer = isV1(request) ? request.authorization.replace(/^Bearer\s+/i, '') : ''
  const [token = bearer || (request.query.api_key ?? request.query.token ?? '')] = ofEvents
  // phx_ is a personal key: it must never work as a project's token, nor be kept.
  if (token.trim() === '' || token.startsWith('phx_')) throw new KindredError('capture/no-token')
  return token.trim()
}

function eventToken(event: JsonValue): string {
  if (!isObject(event)) return ''
  const inside = isObject(event.properties) ? event.properties.token : undefined
  return tokenIn(event) || (typeof inside === 'string' ? inside : '')
}

function tokenIn(value: Properties): string {
  const token = value.api_key ?? value.token ?? value.$token
  return typeof token === 'string' ? token : ''
}

function isV1(request: RawCapture): boolean {
  return request.path === '/i/v1/analytics/events'
}

/** Capture v1 keeps beside the properties what the older form keeps inside. */
function withOptions(event: JsonValue): JsonValue {
  if (!isObject(event)) return event
  const options = isObject(event.options) ? event.options : {}
  const inside: Properties = { ...(isObject(event.properties) && event.properties) }
  if (event.session_id !== undefined) inside.$session_id ??= event.session_id
  if (event.window_id !== undefined) inside.$window_id ??= event.window_id
  if (options.process_person_profile !== undefined) inside.$process_person_profile ??= options.process_person_profile
  if (options.disable_skew_correction === true) inside.$ignore_sent_at = true
  return { ...event, properties: inside }
}
