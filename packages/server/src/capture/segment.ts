import { type JsonValue, KindredError, type Properties } from '@kindred/model'
import type { RawCapture } from '../pipeline/ingest.ts'
import { bodyText } from './body.ts'
import { addEntry, isObject, parseBody, type ReadRequest } from './read-request.ts'
import { readSegmentMessage } from './segment-message.ts'
import { sendingTime } from './time.ts'

/** The calls by the paths that senders of one message use: in full, and by their first letters as the browser SDK does. */
const callOfPath: Readonly<Record<string, string>> = {
  '/v1/track': 'track',
  '/v1/t': 'track',
  '/v1/identify': 'identify',
  '/v1/i': 'identify',
  '/v1/page': 'page',
  '/v1/p': 'page',
  '/v1/screen': 'screen',
  '/v1/s': 'screen',
  '/v1/group': 'group',
  '/v1/g': 'group',
  '/v1/alias': 'alias',
  '/v1/a': 'alias',
}

/** Every path that Segment senders post messages to. */
export const segmentPaths = [...Object.keys(callOfPath), '/v1/batch', '/v1/b', '/v1/import']

/**
 * Reads a request of any Segment sender: one message, `{ batch }` or a bare list. A bad message becomes a rejected entry, the good ones beside it stay.
 * Errors: `capture/unreadable`, `capture/empty`, `capture/no-token`, `capture/several-tokens`, `request/too-large`.
 */
export function readSegmentRequest(request: RawCapture): ReadRequest {
  const body = parseBody(bodyText(request))
  const messages = messagesOf(body)
  const token = writeKeyOf(body, messages, request)
  if (messages.length === 0) throw new KindredError('capture/empty')
  const around = isObject(body) ? body : {}
  const context = {
    receivedAt: request.receivedAt,
    sentAt: sendingTime(around.sentAt, {}),
    ip: request.ip,
    userAgent: request.userAgent,
    ...(callOfPath[request.path] !== undefined && { defaultType: callOfPath[request.path] }),
  }
  const read: ReadRequest = { token, entries: [], dropped: {} }
  for (const message of messages) addEntry(read, readSegmentMessage(withShared(message, around), context), context)
  return read
}

function messagesOf(body: JsonValue): JsonValue[] {
  if (Array.isArray(body)) return body
  if (!isObject(body)) throw new KindredError('capture/unreadable', { reason: 'it is neither a JSON object nor a list' })
  return Array.isArray(body.batch) ? body.batch : [body]
}

/** A batch may say once what holds for all of its messages. */
function withShared(message: JsonValue, { batch, context }: Properties): JsonValue {
  if (!Array.isArray(batch) || !isObject(context) || !isObject(message)) return message
  return { ...message, context: { ...context, ...(isObject(message.context) && message.context) } }
}

/** The write key: of the Authorization header, else of the body, else the one that all messages carry. */
function writeKeyOf(body: JsonValue, messages: readonly JsonValue[], { authorization, query }: RawCapture): string {
  const ofRequest = basicUser(authorization) || textOf(isObject(body) ? body.writeKey : undefined) || (query.writeKey ?? '')
  const keys = ofRequest === '' ? new Set(messages.map((message) => textOf(isObject(message) ? message.writeKey : undefined))) : new Set([ofRequest])
  keys.delete('')
  if (keys.size > 1) throw new KindredError('capture/several-tokens')
  const [key = ''] = keys
  if (key === '') throw new KindredError('capture/no-token')
  return key
}

/** The user name of Basic authorization; '' where there is none. */
function basicUser(authorization: string): string {
  const packed = /^Basic\s+(\S+)$/i.exec(authorization.trim())?.[1] ?? ''
  return Buffer.from(packed, 'base64').toString('utf8').split(':', 1)[0]?.trim() ?? ''
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value.trim() : '')
