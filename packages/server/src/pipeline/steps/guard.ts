import type { CapturedEvent, JsonValue, Properties } from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import type { Batch } from '../batch.ts'
import type { PropertyEntity } from '../definitions.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

const deepest = 64
const largestEvent = 1_048_576
const earliest = 0
const latest = Date.UTC(2106, 0, 1) - 1
/** Integers from here on fill more than 64 bits; JSON writes floating numbers below 1e21 as such. */
const widest = 2 ** 63
const troublesome = /[\0\ud800-\udfff]/

class TooDeep extends Error {}

/** Keeps out, or puts into a form it takes, what the store would refuse a whole batch for. */
export function guard(passage: Passage, batch: Batch): StepResult {
  const { event } = passage
  if (!(event.timestamp >= earliest && event.timestamp <= latest)) {
    return { kind: 'quarantine', reason: 'timestamp-out-of-range', detail: `${event.timestamp} ms is not within 1970 to 2105` }
  }
  if (passage.mayBeLarge) {
    const size = Buffer.byteLength(writeJson(event))
    if (size > largestEvent) return { kind: 'quarantine', reason: 'too-large', detail: `${size} bytes are more than ${largestEvent}` }
  }
  try {
    if (passage.isClean) checkDepth(event)
    else passage.event = cleanEvent(event)
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    return { kind: 'quarantine', reason: 'too-deep', detail: `a property nests deeper than ${deepest} levels` }
  }
  if (event.originalTimestamp !== undefined) passage.event.properties.$original_timestamp = cleanText(event.originalTimestamp)
  return checkNames(passage, batch)
}

/** Errors: `TooDeep`. */
function checkDepth({ properties, set, setOnce }: CapturedEvent): void {
  for (const object of [properties, set, setOnce]) if (object !== undefined) checkValue(object, 0)
}

function checkValue(value: Properties | JsonValue[], depth: number): void {
  if (depth > deepest) throw new TooDeep()
  for (const key in value) {
    const inner = (value as Properties)[key]
    if (typeof inner === 'object' && inner !== null) checkValue(inner, depth + 1)
  }
}

function cleanEvent(event: CapturedEvent): CapturedEvent {
  const cleaned: CapturedEvent = {
    ...event,
    event: cleanText(event.event),
    distinctId: cleanText(event.distinctId),
    properties: cleanObject(event.properties, 0),
  }
  if (event.otherId !== undefined) cleaned.otherId = cleanText(event.otherId)
  if (event.set !== undefined) cleaned.set = cleanObject(event.set, 0)
  if (event.setOnce !== undefined) cleaned.setOnce = cleanObject(event.setOnce, 0)
  if (event.unset !== undefined) cleaned.unset = event.unset.map(cleanKey)
  if (event.groups !== undefined) {
    cleaned.groups = Object.fromEntries(Object.entries(event.groups).map(([type, key]) => [cleanText(type), cleanText(key)]))
  }
  return cleaned
}

/** Half of a surrogate pair has no UTF-8 form, and a NUL ends texts elsewhere: both become U+FFFD. */
export function cleanText(text: string): string {
  return troublesome.test(text) ? text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') : text
}

/** The store writes the dot of a key as `%2E`, so a key that says so itself is the same key; both in one object would be refused. */
function cleanKey(key: string): string {
  const known = cleanKeys.get(key)
  if (known !== undefined) return known
  if (cleanKeys.size >= mostKeys) cleanKeys.clear()
  const cleaned = cleanText(key).replaceAll('%2E', '.')
  cleanKeys.set(key, cleaned)
  return cleaned
}

/** The same few hundred keys come millions of times. */
const cleanKeys = new Map<string, string>()
const mostKeys = 20_000

function cleanObject(object: Properties, depth: number): Properties {
  const cleaned: Properties = {}
  for (const key in object) {
    // Assigned, it would change what the object is instead of adding a key.
    if (key !== '__proto__') cleaned[cleanKey(key)] = cleanValue(object[key] ?? null, depth + 1)
  }
  return cleaned
}

function cleanValue(value: JsonValue, depth: number): JsonValue {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) >= widest && Math.abs(value) < 1e21 ? String(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) throw new TooDeep()
  return Array.isArray(value) ? value.map((item) => cleanValue(item, depth + 1)) : cleanObject(value, depth)
}

/** A project that sends ever new names (ids as keys) would fill the store with columns: above the limit such events are set aside. */
function checkNames(passage: Passage, { definitions, propertyNames }: Batch): StepResult {
  const { event, projectId } = passage
  const named: [PropertyEntity, Properties | undefined][] = [
    ['event', event.properties],
    ['person', event.set],
    ['person', event.setOnce],
  ]
  for (const [entity, properties] of named) {
    if (properties === undefined) continue
    const names = Object.keys(properties)
    const known = definitions.knownNames(projectId, entity)
    // Counting the new ones is only worth it where they might be too many.
    if (known + names.length <= propertyNames) continue
    const unknown = definitions.unknownNames(projectId, entity, names)
    if (unknown > 0 && known + unknown > propertyNames) {
      return { kind: 'quarantine', reason: 'too-many-property-names', detail: `the project has ${known} names of ${entity} properties already` }
    }
  }
  return ok
}
