import { existsSync } from 'node:fs'
import type { CapturedEvent } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { readSegmentRequest, segmentPaths } from '../../src/capture/segment.ts'
import { rawRequest } from '../pipeline/way-in.ts'
import { bytesOf, type Recorded, readRecorded, recordedFile } from './recorded.ts'

interface Message {
  type: keyof typeof eventOf
  event?: string
  userId?: string | null
  anonymousId?: string
  previousId?: string
  groupId?: string
  messageId: string
  timestamp: string
  traits?: object
  properties?: Record<string, unknown>
  context: { ip?: string; library: { name: string }; page?: { url: string; path: string } }
}

const eventOf = { track: undefined, identify: '$identify', page: '$pageview', screen: '$screen', group: '$groupidentify', alias: '$create_alias' }
const messagesOf = ({ body }: Recorded) => ((body as { batch?: unknown[] }).batch ?? [body]) as Message[]

function read(request: Recorded): CapturedEvent[] {
  const { entries } = readSegmentRequest(
    rawRequest({
      path: request.url,
      contentType: request.headers['content-type'] ?? '',
      authorization: request.headers.authorization ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      receivedAt: Date.parse(request.at),
      body: bytesOf(request),
    }),
  )
  return entries.map(({ uuid, json }) => ({ ...(JSON.parse(json) as CapturedEvent), uuid: uuid ?? '' }))
}

describe.skipIf(!existsSync(recordedFile))('requests recorded from real Segment SDKs', () => {
  const captures = readRecorded().filter(({ method, url }) => method === 'POST' && segmentPaths.includes(url))

  test('each of the six calls is among them', () => {
    expect(new Set(captures.flatMap(messagesOf).map(({ type }) => type))).toEqual(new Set(Object.keys(eventOf)))
  })

  test.each(captures)('$source: $label, $url', (request) => {
    const events = read(request)
    const sent = messagesOf(request)
    expect(events).toHaveLength(sent.length)
    for (const [index, message] of sent.entries()) {
      const event = events[index] as CapturedEvent
      expect(event.event).toBe(eventOf[message.type] ?? message.event)
      expect(event.distinctId).toBe(message.userId ?? message.anonymousId)
      expect(event.otherId).toBe(message.type === 'identify' && message.userId ? message.anonymousId : message.previousId)
      expect(event.set).toEqual(message.type === 'identify' ? message.traits : undefined)
      expect(event.groups).toEqual(message.groupId === undefined ? undefined : { company: message.groupId })
      expect(event.properties.$lib).toBe(message.context.library.name)
      expect(event.properties.$current_url).toBe(message.context.page?.url ?? message.properties?.url)
      expect(event.ip).toBe(message.context.ip ?? (message.context.library.name === 'analytics.js' ? '127.0.0.1' : undefined))
      // The clocks were right and the requests quick, so that the corrected time is the event's own.
      expect(Math.abs(event.timestamp - Date.parse(message.timestamp))).toBeLessThan(2000)
      if (message.type === 'track') expect(event.properties).toMatchObject(message.properties ?? {})
    }
  })

  test('the same message sent again has the same uuid, though its sending time differs', () => {
    const retried = captures.filter(({ label }) => label.startsWith('segment-node 500')).map((request) => read(request).map(({ uuid }) => uuid))
    expect(retried).toHaveLength(2)
    expect(retried[0]).toEqual(retried[1])
  })
})
