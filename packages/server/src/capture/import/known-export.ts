import type { ImportMapping, JsonValue, Properties } from '@kindred/model'
import { readPosthogEvent } from '../posthog-event.ts'
import { isObject, type ReadEvent } from '../read-request.ts'
import { readSegmentMessage } from '../segment-message.ts'
import { readInstant } from '../time.ts'

type KnownExport = NonNullable<ImportMapping['export']>

/** One record of an export as the event that its sender meant. `now`: when it is read, epoch milliseconds. */
export type ReadRecord = (record: Properties, now: number) => ReadEvent

/** The same readers as of live events, so that an event and its export are one: its uuid, or the hash of its messageId, is the same. */
export const recordReaders: Record<KnownExport, ReadRecord> = {
  posthog: (record, now) => readPosthogEvent(posthogWire(record), aroundOf(record, now)),
  segment: (record, now) => readSegmentMessage(segmentWire(record), aroundOf(record, now)),
}

/** What a record needs to have a time and an identity of its own. */
export const timeOfRecord: Record<KnownExport, (record: Properties) => JsonValue | undefined> = {
  posthog: ({ timestamp }) => timestamp,
  segment: ({ timestamp, originalTimestamp }) => timestamp ?? originalTimestamp,
}
export const idOfRecord: Record<KnownExport, (record: Properties) => JsonValue | undefined> = {
  posthog: ({ uuid, id }) => uuid ?? id,
  segment: ({ messageId }) => messageId,
}

const segmentTypes = new Set(['track', 'identify', 'page', 'screen', 'group', 'alias'])

/** The product whose export begins with these records; undefined where they are nobody's. */
export function knownExportOf(records: readonly Properties[]): KnownExport | undefined {
  if (records.length === 0) return undefined
  const all = (test: (record: Properties) => boolean) => records.every(test)
  if (all((record) => has(record, 'event', 'distinct_id', 'timestamp', 'properties') && (has(record, 'uuid') || has(record, 'id')))) return 'posthog'
  const isCall = (record: Properties) =>
    segmentTypes.has(String(record.type)) && has(record, 'messageId') && (has(record, 'userId') || has(record, 'anonymousId'))
  return all(isCall) ? 'segment' : undefined
}

function has(record: Properties, ...keys: string[]): boolean {
  return keys.every((key) => Object.hasOwn(record, key))
}

/** The times of an export are corrected already; the server that wrote it says nothing of the person's address or browser. */
function aroundOf(record: Properties, now: number) {
  const receivedAt = readInstant(record.receivedAt ?? record.created_at ?? record.inserted_at) ?? now
  return { receivedAt, sentAt: null, ip: '', userAgent: '' }
}

/**
 * Batch exports write objects as text in some formats, `set` and `set_once` as columns, the address beside the properties, and may carry the person as
 * known at the time of the export: that fills gaps only.
 */
function posthogWire(record: Properties): Properties {
  const person = objectOf(record.person)
  const properties = objectOf(record.properties)
  const chain = record.elements_chain ?? record.elements
  return {
    uuid: record.uuid ?? record.id ?? null,
    event: record.event ?? null,
    distinct_id: record.distinct_id ?? null,
    timestamp: record.timestamp ?? null,
    properties: {
      ...(typeof chain === 'string' && chain !== '' && { $elements_chain: chain }),
      ...(typeof record.ip === 'string' && record.ip !== '' && { $ip: record.ip }),
      ...properties,
    },
    $set: objectOf(record.$set ?? record.set ?? record.people_set),
    $set_once: {
      ...objectOf(person.properties),
      ...objectOf(record.person_properties),
      ...objectOf(record.$set_once ?? record.set_once ?? record.people_set_once),
    },
  }
}

/** `sentAt` would correct the time a second time. */
function segmentWire({ sentAt, context, traits, properties, ...record }: Properties): Properties {
  return { ...record, context: objectOf(context), traits: objectOf(traits), properties: objectOf(properties) }
}

function objectOf(value: JsonValue | undefined): Properties {
  if (typeof value !== 'string') return isObject(value) ? value : {}
  try {
    const parsed: unknown = JSON.parse(value)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
