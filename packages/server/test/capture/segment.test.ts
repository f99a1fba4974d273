import { gzipSync } from 'node:zlib'
import type { CapturedEvent } from '@kindred/model'
import { expect, test } from 'vitest'
import { readSegmentRequest } from '../../src/capture/segment.ts'
import { readSegmentMessage, type SegmentContext } from '../../src/capture/segment-message.ts'
import { uuidV5 } from '../../src/capture/uuid.ts'
import type { RawCapture } from '../../src/pipeline/ingest.ts'
import { rawRequest } from '../pipeline/way-in.ts'

const receivedAt = Date.UTC(2026, 5, 1, 12)
const context: SegmentContext = { receivedAt, sentAt: null, ip: '129.187.0.1', userAgent: 'python-requests/2' }

function message(value: object, around: Partial<SegmentContext> = {}): CapturedEvent {
  const read = readSegmentMessage({ type: 'track', event: 'x', userId: 'u', ...value }, { ...context, ...around })
  if (!('event' in read)) throw new Error(JSON.stringify(read))
  return read.event
}

const request = (body: unknown, given: Partial<RawCapture> = {}) =>
  readSegmentRequest(rawRequest({ path: '/v1/track', body: Buffer.from(JSON.stringify(body)), ...given }))
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })

test('a uuid of version 5 is the one the standard gives', () => {
  // RFC 9562, appendix A.4.
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

test('what the context says becomes the standard properties; what is nobody’s stays under $context', () => {
  const { properties, ip, userAgent, groups } = message({
    properties: { plan: 'pro' },
    context: {
      ip: '134.226.0.1',
      userAgent: 'Mozilla/5.0 (iPhone)',
      locale: 'de-AT',
      timezone: 'Europe/Vienna',
      page: {
        url: 'https://shop.example:8080/boots?utm_term=red&gclid=g1',
        path: '/boots',
        referrer: 'https://www.google.com/',
        title: 'Boots',
        search: '?gclid=g1',
      },
      campaign: { name: 'Spring', source: 'news', medium: 'email', content: 'top' },
      os: { name: 'iOS', version: '17.1' },
      device: { id: 'D1', type: 'ios', model: 'iPhone15,2', manufacturer: 'Apple' },
      app: { name: 'Shop', version: '2.1', build: '77', namespace: 'com.shop' },
      library: { name: 'analytics-ios', version: '4.1.2' },
      screen: { width: 390, height: 844, density: 3 },
      groupId: 'acme',
      experiment: { arm: 'b' },
    },
  })
  expect(properties).toEqual({
    plan: 'pro',
    $current_url: 'https://shop.example:8080/boots?utm_term=red&gclid=g1',
    $pathname: '/boots',
    $host: 'shop.example:8080',
    $referrer: 'https://www.google.com/',
    $referring_domain: 'www.google.com',
    $title: 'Boots',
    gclid: 'g1',
    utm_campaign: 'Spring',
    utm_source: 'news',
    utm_medium: 'email',
    utm_content: 'top',
    $os: 'iOS',
    $os_version: '17.1',
    $device: 'iPhone15,2',
    $device_id: 'D1',
    $device_manufacturer: 'Apple',
    $device_type: 'Mobile',
    $app_name: 'Shop',
    $app_version: '2.1',
    $app_build: '77',
    $app_namespace: 'com.shop',
    $lib: 'analytics-ios',
    $lib_version: '4.1.2',
    $screen_width: 390,
    $screen_height: 844,
    $locale: 'de-AT',
    $browser_language: 'de-AT',
    $timezone: 'Europe/Vienna',
    $context: { experiment: { arm: 'b' } },
  })
  expect({ ip, userAgent, groups }).toEqual({ ip: '134.226.0.1', userAgent: 'Mozilla/5.0 (iPhone)', groups: { company: 'acme' } })
})

test('the request’s own address is the person’s only where their device sent it', () => {
  const browser = { userAgent: 'Mozilla/5.0 (X11)' }
  expect(message({ context: { library: { name: 'analytics.js' } } }, browser)).toMatchObject({ ip: '129.187.0.1', userAgent: 'Mozilla/5.0 (X11)' })
  expect(message({}, browser).ip).toBe('129.187.0.1')
  expect(message({ context: { library: { name: 'analytics-python' } } }).ip).toBeUndefined()
  expect(message({}).ip).toBeUndefined()
})

test('times are corrected by the sender’s clock, of the message or of the batch', () => {
  const at = (minutes: number) => new Date(receivedAt + minutes * 60_000).toISOString()
  expect(message({ timestamp: at(50), sentAt: at(60) }).timestamp).toBe(receivedAt - 600_000)
  expect(message({ timestamp: at(50) }, { sentAt: receivedAt + 3_600_000 }).timestamp).toBe(receivedAt - 600_000)
  expect(message({ timestamp: '2020-01-01' }).timestamp).toBe(Date.UTC(2020, 0, 1))
  expect(message({}).timestamp).toBe(receivedAt)
})

test('a page call keeps its own properties beside the page’s', () => {
  const page = { type: 'page', event: undefined, name: 'Pricing', category: 'Docs' }
  const { event, properties } = message({
    ...page,
    properties: { url: 'https://a.example/p?utm_source=x', path: '/p', referrer: '', title: 'P', search: '?utm_source=x', theme: 'dark' },
  })
  expect(event).toBe('$pageview')
  expect(properties).toEqual({
    name: 'Pricing',
    category: 'Docs',
    theme: 'dark',
    $current_url: 'https://a.example/p?utm_source=x',
    $pathname: '/p',
    $host: 'a.example',
    $referrer: '$direct',
    $referring_domain: '$direct',
    $title: 'P',
    utm_source: 'x',
  })
  expect(message({ type: 'screen', name: 'Main', category: 'Home' }).properties).toEqual({ $screen_name: 'Main', category: 'Home' })
})

test('traits: of identify they are set, of a context they fill gaps, of a group they are the account’s', () => {
  const identified = message({ type: 'identify', traits: { plan: 'pro' }, anonymousId: 'a', context: { traits: { plan: 'old' } } })
  expect(identified).toMatchObject({ event: '$identify', distinctId: 'u', otherId: 'a', set: { plan: 'pro' } })
  expect(identified.setOnce).toBeUndefined()
  expect(message({ anonymousId: 'a', context: { traits: { plan: 'old', userId: 'u' } } })).toMatchObject({ distinctId: 'u', setOnce: { plan: 'old' } })
  expect(message({ anonymousId: 'a' }).otherId).toBeUndefined()
  const group = message({ type: 'group', groupId: 42, traits: { seats: 3, groupType: 'team' } })
  expect(group).toMatchObject({
    event: '$groupidentify',
    groups: { team: '42' },
    properties: { $group_type: 'team', $group_key: '42', $group_set: { seats: 3 } },
  })
  expect(message({ type: 'alias', userId: 'new', previousId: 'old' })).toMatchObject({ event: '$create_alias', distinctId: 'new', otherId: 'old' })
})

test.each([
  [{ type: 'track', userId: 'u' }, 'missing-event-name'],
  [{ type: 'identify', userId: null, anonymousId: '' }, 'missing-distinct-id'],
  [{ type: 'group', userId: 'u' }, 'missing-group-id'],
  [{ type: 'constructor', userId: 'u' }, 'unknown-message-type'],
  [{ userId: 'u' }, 'unknown-message-type'],
  ['text', 'not-an-object'],
])('%j is set aside: %s', (value, reason) => {
  const once = readSegmentMessage(typeof value === 'object' ? { ...value, messageId: 'm1' } : value, context)
  expect(once).toMatchObject({ rejected: { reason } })
  if (typeof value === 'object') expect(once).toHaveProperty('uuid', (readSegmentMessage({ ...value, messageId: 'm1' }, context) as { uuid: string }).uuid)
})

test('the write key: of Basic authorization before the body before the messages; in any packing; never two', () => {
  const single = { event: 'x', userId: 'u', writeKey: 'in-body' }
  expect(request(single, basic('in-header')).token).toBe('in-header')
  expect(request(single, { authorization: 'Bearer oauth' }).token).toBe('in-body')
  expect(request({ batch: [{ ...single, type: 'track' }] }, { path: '/v1/batch' }).token).toBe('in-body')
  expect(request(null, { body: gzipSync(JSON.stringify(single)), contentType: 'text/plain' }).entries).toHaveLength(1)
  expect(() => request({ batch: [single, { ...single, writeKey: 'other' }] }, { path: '/v1/b' })).toThrow(
    expect.objectContaining({ code: 'capture/several-tokens' }),
  )
  expect(() => request({ event: 'x', userId: 'u' })).toThrow(expect.objectContaining({ code: 'capture/no-token' }))
  expect(() => request({ writeKey: 'k', batch: [] })).toThrow(expect.objectContaining({ code: 'capture/empty' }))
  expect(() => request('text')).toThrow(expect.objectContaining({ code: 'capture/unreadable' }))
})
