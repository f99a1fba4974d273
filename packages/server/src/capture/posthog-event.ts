import type { CapturedEvent, JsonValue, Properties, QuarantineReason } from '@kindred/model'
import { type EventContext, idText, isObject, nameText, type ReadEvent, rejectEvent } from './read-request.ts'
import { eventTime, sendingTime } from './time.ts'
import { readUuid, uuidV7 } from './uuid.ts'

interface PosthogContext extends EventContext {
  /** `/engage` may leave out the event's name. */
  defaultName?: string
}

const aliasEvents = new Set(['$create_alias', '$merge_dangerously'])
const serverLibraries = /^posthog-(node|python|php|ruby|go|java|dotnet|elixir|rust)$/
/** Keys of the wire that the parsed form holds elsewhere. */
const wireKeys = new Set([
  '$set',
  '$set_once',
  '$unset',
  '$groups',
  '$anon_distinct_id',
  '$process_person_profile',
  '$ignore_sent_at',
  'distinct_id',
  'token',
  '__proto__',
])

/** One event of a PostHog sender, in any of the forms its versions write. `value` is parsed JSON. */
export function readPosthogEvent(value: unknown, context: PosthogContext): ReadEvent {
  if (!isObject(value)) return reject('not-an-object', 'an event is a JSON object', value)
  const properties = isObject(value.properties) ? value.properties : {}
  const name = nameText(value.event ?? context.defaultName)
  if (name === '') return reject('missing-event-name', 'the event has no name', value)
  if (name === '$snapshot') return { dropped: 'replay-snapshot' }
  const distinctId = idText(value.distinct_id ?? value.$distinct_id ?? properties.distinct_id)
  if (distinctId === '') return reject('missing-distinct-id', 'the event has no distinct_id', value)
  const uuid = eventUuid(value.uuid, context.receivedAt)
  if (uuid === null) return reject('invalid-uuid', `${idText(value.uuid).slice(0, 100)} is not a uuid`, value)
  const time = eventTime({
    timestamp: value.timestamp,
    offset: value.offset,
    sentAt: context.sentAt ?? sendingTime(value.sent_at, {}),
    ignoreSentAt: properties.$ignore_sent_at === true,
    receivedAt: context.receivedAt,
  })
  const event: CapturedEvent = { uuid, event: name, distinctId, timestamp: time.at, properties: ownProperties(properties, name) }
  if (time.original !== undefined) event.originalTimestamp = time.original
  addPersonChanges(event, value, properties)
  const other = idText(name === '$identify' ? properties.$anon_distinct_id : aliasEvents.has(name) ? properties.alias : undefined)
  if (other !== '') event.otherId = other
  const groups = readGroups(properties.$groups)
  if (groups !== undefined) event.groups = groups
  if (properties.$process_person_profile === false) event.personProfile = false
  addSender(event, properties, context)
  return { event }
}

/** The uuid given, dashed and in lower case; a new one where none is; null where it is not a uuid. */
function eventUuid(given: unknown, receivedAt: number): string | null {
  if (given === undefined || given === null || given === '') return uuidV7(receivedAt)
  return typeof given === 'string' ? readUuid(given) : null
}

function ownProperties(properties: Properties, name: string): Properties {
  const own: Properties = {}
  for (const [key, value] of Object.entries(properties)) {
    // `__proto__` cannot be assigned as a key, and nobody means it.
    if (!wireKeys.has(key)) own[key] = value
  }
  if (aliasEvents.has(name)) delete own.alias
  return own
}

/** `$set` and its kind stand beside the properties, inside them, or both: beside wins. */
function addPersonChanges(event: CapturedEvent, value: Properties, properties: Properties): void {
  let set = merged(properties.$set, value.$set)
  let setOnce = merged(properties.$set_once, value.$set_once)
  if (isObject(set.$set) || isObject(set.$set_once)) {
    // posthog.identify(id, { $set: {…} }): the keys were meant, not a property named $set.
    const { $set: inner, $set_once: innerOnce, ...rest } = set
    set = { ...rest, ...(isObject(inner) && inner) }
    setOnce = { ...setOnce, ...(isObject(innerOnce) && innerOnce) }
    event.hints = ['nested-set']
  }
  const unset = [...unsetKeys(properties.$unset), ...unsetKeys(value.$unset)]
  if (Object.keys(set).length > 0) event.set = set
  if (Object.keys(setOnce).length > 0) event.setOnce = setOnce
  if (unset.length > 0) event.unset = unset
}

function merged(inside: JsonValue | undefined, beside: JsonValue | undefined): Properties {
  return { ...(isObject(inside) && inside), ...(isObject(beside) && beside) }
}

function unsetKeys(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.filter((key) => typeof key === 'string')
  return isObject(value) ? Object.keys(value) : []
}

function readGroups(value: JsonValue | undefined): Record<string, string> | undefined {
  if (!isObject(value)) return undefined
  const groups = Object.entries(value).map(([type, key]) => [type, idText(key)] as const)
  const named = groups.filter(([, key]) => key !== '')
  return named.length > 0 ? Object.fromEntries(named) : undefined
}

/** The address and browser the event came from. A server sends for others: its own say nothing of the person. */
function addSender(event: CapturedEvent, properties: Properties, context: EventContext): void {
  const isServer = properties.$is_server === true || serverLibraries.test(idText(properties.$lib))
  const ip = typeof properties.$ip === 'string' ? properties.$ip : isServer ? '' : context.ip
  const given = properties.$raw_user_agent ?? properties.$user_agent
  const userAgent = typeof given === 'string' ? given : isServer ? '' : context.userAgent
  if (ip !== '') event.ip = ip
  if (userAgent !== '') event.userAgent = userAgent
}

function reject(reason: QuarantineReason, detail: string, value: unknown): ReadEvent {
  const uuid = isObject(value) && typeof value.uuid === 'string' ? readUuid(value.uuid) : null
  return rejectEvent(value, uuid, { reason, detail })
}
