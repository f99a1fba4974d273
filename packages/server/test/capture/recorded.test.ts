import { existsSync } from 'node:fs'
import type { CapturedEvent } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { readPosthogRequest } from '../../src/capture/posthog.ts'
import { rawRequest } from '../pipeline/way-in.ts'
import { bytesOf, type Recorded, readRecorded, recordedFile } from './recorded.ts'

type WireEvent = { event: string; uuid?: string; distinct_id?: string; timestamp?: string; properties: Record<string, unknown> }

const eventPaths = new Set(['/batch', '/e', '/i/v0/e', '/i/v1/analytics/events'])

function eventsOf(body: Recorded['body']): WireEvent[] {
  if (Array.isArray(body)) return body as WireEvent[]
  return (Array.isArray(body?.batch) ? body.batch : [body]) as WireEvent[]
}

describe.skipIf(!existsSync(recordedFile))('requests recorded from real SDKs', () => {
  const captures = readRecorded().filter(({ method, url }) => method === 'POST' && eventPaths.has(url.split('?')[0]?.replace(/\/$/, '') ?? ''))

  test('there are enough of them', () => {
    expect(captures.length).toBeGreaterThan(50)
  })

  test.each(captures)('$source: $label', (request) => {
    const url = new URL(request.url, 'http://localhost')
    const read = readPosthogRequest(
      rawRequest({
        path: url.pathname.replace(/\/$/, ''),
        query: Object.fromEntries(url.searchParams),
        contentType: request.headers['content-type'] ?? '',
        contentEncoding: request.headers['content-encoding'] ?? '',
        authorization: request.headers.authorization ?? '',
        receivedAt: Date.parse(request.at),
        body: bytesOf(request),
      }),
    )
    expect(read.token).toMatch(/^phc_/)
    const sent = eventsOf(request.body)
    const events = read.entries.map(({ json }) => JSON.parse(json) as CapturedEvent)
    expect(events.map(({ event }) => event)).toEqual(sent.map(({ event }) => event))
    for (const [index, event] of events.entries()) {
      const wire = sent[index]
      if (wire === undefined) continue
      expect(event.uuid).toBe(wire.uuid ?? event.uuid)
      expect(event.distinctId).toBe(String(wire.distinct_id ?? wire.properties.distinct_id))
      expect(event.properties).not.toHaveProperty('$set')
      expect(event.properties).not.toHaveProperty('token')
      expect(event.otherId).toBe(otherIdOf(wire))
      expect(event.personProfile).toBe(profileOf(wire))
    }
  })
})

function otherIdOf({ event, properties }: WireEvent): unknown {
  if (event === '$identify') return properties.$anon_distinct_id
  return event === '$create_alias' ? properties.alias : undefined
}

function profileOf(wire: WireEvent & { options?: { process_person_profile?: boolean } }): boolean | undefined {
  return wire.properties.$process_person_profile === false || wire.options?.process_person_profile === false ? false : undefined
}
