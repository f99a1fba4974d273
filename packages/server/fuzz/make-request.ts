import { gzipSync } from 'node:zlib'
import { writeAnyJson } from '../src/capture/deep-json.ts'
import { changeValue, rawForm } from './change-value.ts'
import { Draw } from './random.ts'
import type { Seed } from './seeds.ts'

export interface FuzzRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Buffer
  /** How many events it holds, should it be taken; null where only the server can say. */
  events: number | null
}

export interface Tokens {
  /** Of requests whose events can be counted: their bodies are whole JSON, however strange. */
  counted: string
  /** Of requests that are damaged as text or as bytes. */
  damaged: string
}

const contentTypes = [
  'application/json',
  'text/plain',
  'application/json; charset=utf-8',
  'application/octet-stream',
  'x',
  'application/json; charset=utf-16',
  'multipart/form-data; boundary=x',
]
const otherPaths = [
  '/s/',
  '/flags/?v=2',
  '/decide/?v=3',
  '/array/TOKEN/config',
  '/array/%00/config.js',
  '/batch/%2e%2e/x',
  '/static/x.js',
  '/v1/projects/TOKEN/settings',
  '/e//',
  '/%ff',
  '/api/surveys/?token=TOKEN',
  '/v1/m',
  '/E/',
  '/batch?api_key=TOKEN&data=%00',
]
const queries = [
  'compression=gzip-js',
  'compression=base64',
  'compression=lz64',
  '_=1',
  '_=1767323045678',
  '_=x',
  'ip=1',
  'sent_at=nonsense',
  'sent_at=9e999',
  'token=',
  '__proto__=1',
  'data=',
  'a[]=1&a[]=2',
  '%ff=%00',
]
const headerNames = [
  'x-forwarded-for',
  'user-agent',
  'content-encoding',
  'origin',
  'authorization',
  'cookie',
  'accept-encoding',
  'expect-nothing',
  'x-request-id',
]
const headerValues = ['', ' ', 'gzip', 'deflate', 'Bearer x', 'Basic !!!!', 'Bearer é', '::1', '1.2.3.4, 5.6.7.8', 'null', 'x'.repeat(4000), 'é\u00ff', '{}']

/** Request `index` of a seed: the same each time. */
export function makeRequest(seeds: readonly Seed[], { seed, index, tokens }: { seed: string; index: number; tokens: Tokens }): FuzzRequest {
  const draw = new Draw(`${seed}:${index}`)
  const isDamaged = draw.chance(0.25)
  const chosen = JSON.parse(JSON.stringify(draw.one(seeds)).replaceAll('TOKEN', isDamaged ? tokens.damaged : tokens.counted)) as Seed
  const authorization = chosen.headers.authorization?.startsWith('Basic')
    ? `Basic ${Buffer.from(`${isDamaged ? tokens.damaged : tokens.counted}:`).toString('base64')}`
    : chosen.headers.authorization
  const headers: Record<string, string> = { 'content-type': 'application/json', ...chosen.headers, ...(authorization !== undefined && { authorization }) }
  if (draw.chance(0.7)) freshIds(draw, chosen.body)
  for (let changes = draw.below(4); changes > 0; changes--) changeValue(draw, chosen.body)
  if (draw.chance(0.05)) headers[draw.one(headerNames.filter((name) => name !== 'authorization' || isDamaged))] = draw.one(headerValues)
  if (draw.chance(0.1)) headers['content-type'] = draw.one(contentTypes)
  const text = writeAnyJson(chosen.body).replace(rawForm, '$1')
  if (isDamaged) return damaged(draw, { url: chosen.url, headers, text, token: tokens.damaged })
  return { method: 'POST', url: chosen.url, headers, body: packed(draw, headers, text), events: eventsIn(chosen.body) }
}

/** Of the forms that senders use, one that loses nothing. */
function packed(draw: Draw, headers: Record<string, string>, text: string): Buffer {
  const form = draw.below(6)
  if (form === 1) return gzipSync(text)
  if (form === 2) {
    headers['content-encoding'] = 'gzip'
    return gzipSync(text)
  }
  if (form === 3) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    return Buffer.from(`data=${encodeURIComponent(Buffer.from(text).toString('base64'))}`)
  }
  return Buffer.from(form === 4 ? Buffer.from(text).toString('base64') : text)
}

function damaged(draw: Draw, { url, headers, text, token }: { url: string; headers: Record<string, string>; text: string; token: string }): FuzzRequest {
  const kind = draw.below(12)
  const request = { method: 'POST', url, headers, body: Buffer.from(text), events: null }
  if (kind === 0) return { ...request, body: cut(draw, request.body) }
  if (kind === 1) return { ...request, body: cut(draw, gzipSync(text)) }
  if (kind === 2) return { ...request, body: garbled(draw, gzipSync(text)) }
  if (kind === 3) return { ...request, body: garbled(draw, request.body) }
  if (kind === 4) return { ...request, body: Buffer.from(text, draw.one(['utf16le', 'latin1'] as const)) }
  if (kind === 5) return { ...request, body: Buffer.from(`data=${cut(draw, Buffer.from(Buffer.from(text).toString('base64')))}`) }
  if (kind === 6) return { ...request, body: gzipSync(gzipSync(text)) }
  if (kind === 7)
    return { ...request, body: Buffer.from(text.replace(/"(\w+)":/, draw.one(['"$1":null,"$1":', '"__proto__":{"polluted":1},"$1":', '$1:', "'$1':"]))) }
  if (kind === 8) return { ...request, url: `${url}${url.includes('?') ? '&' : '?'}${draw.one(queries)}` }
  if (kind === 9) return { ...request, method: draw.one(['GET', 'POST', 'OPTIONS', 'HEAD']), url: draw.one(otherPaths).replaceAll('TOKEN', token) }
  if (kind === 10 && text.length < 4000)
    return { ...request, method: 'GET', url: `${url.split('?')[0]}?data=${encodeURIComponent(Buffer.from(text).toString('base64'))}`, body: Buffer.alloc(0) }
  if (kind === 11 && draw.chance(0.02)) return { ...request, body: gzipSync(Buffer.alloc(draw.one([19, 21, 60]) * 1024 * 1024, draw.one([32, 91]))) }
  return { ...request, body: draw.chance(0.5) ? Buffer.alloc(0) : garbled(draw, Buffer.alloc(draw.below(200), 123)) }
}

function cut(draw: Draw, bytes: Buffer): Buffer {
  return bytes.subarray(0, draw.below(bytes.byteLength + 1))
}

function garbled(draw: Draw, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let flips = 1 + draw.below(8); flips > 0 && copy.byteLength > 0; flips--) copy[draw.below(copy.byteLength)] = draw.below(256)
  return copy
}

/** Otherwise most would be repeats of each other. */
function freshIds(draw: Draw, body: unknown): void {
  for (const event of listOf(body)) {
    if (typeof event !== 'object' || event === null) continue
    if ('uuid' in event) event.uuid = draw.uuid()
    if ('messageId' in event) event.messageId = draw.uuid()
  }
}

/** How many events a body holds: a list, a batch or one by itself. */
function eventsIn(body: unknown): number {
  return listOf(body).length
}

function listOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body
  return typeof body === 'object' && body !== null && 'batch' in body && Array.isArray(body.batch) ? body.batch : [body]
}
