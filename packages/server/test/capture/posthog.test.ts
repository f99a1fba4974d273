import { gzipSync } from 'node:zlib'
import { type CapturedEvent, KindredError } from '@kindred/model'
import { expect, test } from 'vitest'
import { bodyLimit } from '../../src/capture/body.ts'
import { readPosthogRequest } from '../../src/capture/posthog.ts'
import type { RejectedEvent } from '../../src/log/log.ts'
import type { RawCapture } from '../../src/pipeline/ingest.ts'
import { rawRequest } from '../pipeline/way-in.ts'

const token = 'phc_test'

function read(body: unknown, request: Partial<RawCapture> = {}) {
  const { entries, ...rest } = readPosthogRequest(rawRequest({ body: Buffer.from(JSON.stringify(body)), ...request }))
  return { ...rest, entries, events: entries.map(({ json }) => JSON.parse(json) as CapturedEvent & Partial<RejectedEvent>) }
}
function one(event: object, request: Partial<RawCapture> = {}): CapturedEvent & Partial<RejectedEvent> {
  const [found] = read({ api_key: token, batch: [event] }, request).events
  if (found === undefined) throw new Error('no event was read')
  return found
}
function refusal(request: Partial<RawCapture>): string {
  try {
    readPosthogRequest(rawRequest(request))
  } catch (error) {
    if (error instanceof KindredError) return error.code
    throw error
  }
  throw new Error('the request was read')
}
const text = (body: unknown) => Buffer.from(JSON.stringify(body))
const simple = { event: 'x', distinct_id: 'a', properties: {} }

test.each<[string, Partial<RawCapture>]>([
  ['plain JSON', { body: text([{ ...simple, token }]) }],
  ['gzip that nobody announced', { body: gzipSync(JSON.stringify({ ...simple, token })), contentType: 'text/plain' }],
  ['gzip announced as gzip', { body: gzipSync(JSON.stringify({ ...simple, api_key: token })), contentEncoding: 'gzip' }],
  [
    'a form with base64',
    { body: Buffer.from(`data=${encodeURIComponent(text({ ...simple, token }).toString('base64'))}`), contentType: 'application/x-www-form-urlencoded' },
  ],
  [
    'a form whose plus signs were not escaped',
    { body: Buffer.from(`data=${text({ ...simple, token, pad: '>>>???' }).toString('base64')}`), contentType: 'application/x-www-form-urlencoded' },
  ],
  [
    'a form with plain JSON',
    { body: Buffer.from(`data=${encodeURIComponent(JSON.stringify({ ...simple, token }))}`), contentType: 'application/x-www-form-urlencoded' },
  ],
  ['base64 of gzip in the query', { method: 'GET', query: { data: gzipSync(JSON.stringify({ ...simple, token })).toString('base64') } }],
  ['the token among the properties', { body: text({ ...simple, properties: { token } }) }],
  ['the token in the query', { body: text(simple), query: { api_key: token } }],
])('%s is read', (_, request) => {
  const { token: found, entries } = readPosthogRequest(rawRequest(request))
  expect([found, entries.length]).toEqual([token, 1])
})

test.each<[string, string, Partial<RawCapture>]>([
  ['an empty body', 'capture/unreadable', {}],
  ['broken gzip', 'capture/unreadable', { body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]) }],
  ['broken JSON', 'capture/unreadable', { body: Buffer.from('{"event":') }],
  ['a bare number', 'capture/unreadable', { body: Buffer.from('12') }],
  ['no token', 'capture/no-token', { body: text(simple) }],
  ['a blank token', 'capture/no-token', { body: text({ ...simple, token: ' ' }) }],
  ['a personal key', 'capture/no-token', { body: text({ ...simple, token: 'phx_secret' }) }],
  [
    'two tokens in one list',
    'capture/several-tokens',
    {
      body: text([
        { ...simple, token: 'phc_a' },
        { ...simple, token: 'phc_b' },
      ]),
    },
  ],
  ['an empty batch', 'capture/empty', { body: text({ api_key: token, batch: [] }) }],
  ['a small body that unpacks to a huge one', 'request/too-large', { body: gzipSync(Buffer.alloc(bodyLimit + 1, 32)) }],
])('%s is refused as %s', (_, code, request) => {
  expect(refusal(request)).toBe(code)
})

test('nothing but brackets is refused before it is read: that would take a hundred bytes of memory for each', () => {
  expect(() => readPosthogRequest(rawRequest({ body: gzipSync(Buffer.alloc(bodyLimit, '[')) }))).toThrow(/nests deeper than 200,000 levels/)
})

test('bad events are set aside by name, the good ones beside them stay', () => {
  const uuid = 'aaaaaaaa-0000-4000-8000-000000000000'
  const { entries, events, dropped } = read({
    api_key: token,
    batch: [
      simple,
      { ...simple, event: '' },
      { ...simple, distinct_id: null },
      'text',
      { ...simple, uuid: 'zzz' },
      { event: 'x', uuid },
      { ...simple, event: '$snapshot' },
    ],
  })
  expect(events.map(({ reject, event }) => reject?.reason ?? event)).toEqual([
    'x',
    'missing-event-name',
    'missing-distinct-id',
    'not-an-object',
    'invalid-uuid',
    'missing-distinct-id',
  ])
  expect(JSON.parse(events[1]?.reject?.body ?? '')).toEqual({ ...simple, event: '' })
  expect(entries[5]?.uuid).toBe(uuid)
  expect(dropped).toEqual({ 'replay-snapshot': 1 })
})

test.each<[object, string]>([
  [{ event: 'x', distinct_id: 'top', properties: { distinct_id: 'inside' } }, 'top'],
  [{ event: 'x', properties: { distinct_id: 'inside' } }, 'inside'],
  [{ event: 'x', $distinct_id: 'dollar' }, 'dollar'],
  [{ event: 'x', distinct_id: 23 }, '23'],
  [{ event: 'x', distinct_id: { a: 1 } }, '{"a":1}'],
  [{ event: 'x', distinct_id: `  ${'y'.repeat(300)} ` }, 'y'.repeat(200)],
  [{ event: 'x', distinct_id: `${'y'.repeat(199)}😀` }, 'y'.repeat(199)],
])('%j is of %s', (event, id) => {
  expect(one(event).distinctId).toBe(id)
})

test('an event without a uuid gets one of version 7 with its time of arrival; one without dashes gets them', () => {
  const receivedAt = 1_700_000_000_000
  expect(one(simple, { receivedAt }).uuid).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab]/)
  expect(one({ ...simple, uuid: 'AAAAAAAA000040008000000000000000' }).uuid).toBe('aaaaaaaa-0000-4000-8000-000000000000')
})

test('$set stands beside the properties, inside, or both; $unset is a list or keys; groups and ids leave the properties', () => {
  const event = one({
    ...simple,
    properties: {
      own: 1,
      token,
      distinct_id: 'a',
      $set: { a: 1, b: 1 },
      $set_once: { c: 1 },
      $unset: { d: 0 },
      $groups: { company: 7, none: null },
      $process_person_profile: false,
    },
    $set: { b: 2 },
    $unset: ['e', 4],
  })
  expect(event).toMatchObject({
    set: { a: 1, b: 2 },
    setOnce: { c: 1 },
    unset: ['d', 'e'],
    groups: { company: '7' },
    personProfile: false,
    properties: { own: 1 },
  })
  expect(Object.keys(event.properties)).toEqual(['own'])
})

test('a $set inside $set is unwrapped and named', () => {
  const event = one({ ...simple, event: '$identify', $set: { plan: 'pro', $set: { 'age-group': '20 - 30' }, $set_once: { first: 1 } } })
  expect(event).toMatchObject({ set: { plan: 'pro', 'age-group': '20 - 30' }, setOnce: { first: 1 }, hints: ['nested-set'] })
})

test('the other id of a merging event is kept apart; alias of any other event is a property', () => {
  expect(one({ ...simple, event: '$identify', properties: { $anon_distinct_id: 'anon' } }).otherId).toBe('anon')
  expect(one({ ...simple, event: '$create_alias', properties: { alias: 5 } })).toMatchObject({ otherId: '5', properties: {} })
  expect(one({ ...simple, properties: { alias: 'nick' } })).toMatchObject({ properties: { alias: 'nick' } })
})

test('a server sends for others: neither its address nor its agent is the person’s', () => {
  const sender = { ip: '81.2.69.142', userAgent: 'Mozilla' }
  expect(one(simple, sender)).toMatchObject(sender)
  const fromServer = one({ ...simple, properties: { $lib: 'posthog-python', $ip: '1.2.3.4' } }, sender)
  expect([fromServer.ip, fromServer.userAgent]).toEqual(['1.2.3.4', undefined])
})

test('an old sender’s list carries offsets, /engage needs no name, capture v1 keeps options beside', () => {
  const receivedAt = 1_700_000_000_000
  expect(read([{ ...simple, token, offset: 6000 }], { receivedAt }).events[0]?.timestamp).toBe(receivedAt - 6000)
  expect(read({ token, distinct_id: 'a', $set: { a: 1 } }, { path: '/engage' }).events[0]).toMatchObject({ event: '$identify', set: { a: 1 } })
  const v1 = read(
    { created_at: new Date(receivedAt).toISOString(), batch: [{ ...simple, session_id: 's', options: { process_person_profile: false } }] },
    {
      path: '/i/v1/analytics/events',
      authorization: `Bearer ${token}`,
    },
  )
  expect(v1.token).toBe(token)
  expect(v1.events[0]).toMatchObject({ personProfile: false, properties: { $session_id: 's' } })
})

test('an event that nests without end is set aside, not a fault', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const body = Buffer.from(`{"api_key":"${token}","batch":[{"event":"deep","distinct_id":"a","properties":${deep}},${JSON.stringify(simple)}]}`)
  const { entries } = readPosthogRequest(rawRequest({ body }))
  expect(entries.map(({ json }) => (JSON.parse(json) as Partial<RejectedEvent>).reject?.reason)).toEqual(['too-deep', undefined])
})
