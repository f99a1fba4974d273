import type { CapturedEvent, JsonValue, Properties, QuarantineReason } from '@kindred/model'
import { type EventContext, idText, isObject, nameText, type ReadEvent, rejectEvent } from './read-request.ts'
import { contextProperties, pageProperties, senderOf } from './segment-context.ts'
import { eventTime, sendingTime } from './time.ts'
import { uuidV5, uuidV7 } from './uuid.ts'

/** Message ids are hashed within this space, so that the same id is the same event after a restart too. */
const messageSpace = '6f0c1c1e-5a1b-4d0e-9a53-2f6b8a7c4d10'
/** A Segment group has no type; accounts of this name come from PostHog senders too. */
const defaultAccountType = 'company'

export interface SegmentContext extends EventContext {
  /** The call that the path names: one message sent alone may leave out its `type`. */
  defaultType?: string
}

/** What one call adds to the event that all calls share; a reason where the message cannot be read. */
type CallPart = Pick<CapturedEvent, 'event'> & Partial<CapturedEvent>
type Refusal = { reason: QuarantineReason; detail: string }

const calls: Readonly<Record<string, (message: Properties) => CallPart | Refusal>> = { track, identify, page, screen, group, alias }

/** One message of a Segment sender as an event. `value` is parsed JSON. */
export function readSegmentMessage(value: unknown, context: SegmentContext): ReadEvent {
  if (!isObject(value)) return rejectEvent(value, null, { reason: 'not-an-object', detail: 'a message is a JSON object' })
  const messageId = idText(value.messageId)
  const uuid = messageId === '' ? null : uuidV5(messageSpace, messageId)
  const part = readCall(value, context)
  if ('reason' in part) return rejectEvent(value, uuid, part)
  const distinctId = idText(value.userId) || idText(value.anonymousId)
  if (distinctId === '') return rejectEvent(value, uuid, { reason: 'missing-distinct-id', detail: 'the message has neither userId nor anonymousId' })
  const time = eventTime({
    timestamp: value.timestamp ?? value.originalTimestamp,
    offset: undefined,
    sentAt: sendingTime(value.sentAt, {}) ?? context.sentAt,
    ignoreSentAt: false,
    receivedAt: context.receivedAt,
  })
  const said = objectOf(value.context)
  const event: CapturedEvent = {
    uuid: uuid ?? uuidV7(context.receivedAt),
    distinctId,
    timestamp: time.at,
    ...part,
    properties: { ...contextProperties(said), ...part.properties },
    ...senderOf(said, context),
  }
  if (time.original !== undefined) event.originalTimestamp = time.original
  const account = accountOf(said)
  if (account !== undefined) event.groups = { ...account, ...part.groups }
  addKnownTraits(event, objectOf(said.traits))
  return { event }
}

function readCall(message: Properties, { defaultType }: SegmentContext): CallPart | Refusal {
  const type = nameText(message.type ?? defaultType).toLowerCase()
  const read = Object.hasOwn(calls, type) ? calls[type] : undefined
  if (read !== undefined) return read(message)
  const detail = type === '' ? 'the message has no type' : `${type} is none of track, identify, page, screen, group and alias`
  return { reason: 'unknown-message-type', detail }
}

function track(message: Properties): CallPart | Refusal {
  const event = nameText(message.event)
  if (event === '') return { reason: 'missing-event-name', detail: 'a track message names its event' }
  return { event, properties: ownProperties(message.properties) }
}

/** Joins the anonymous id to the user's; only this call and `alias` do. */
function identify(message: Properties): CallPart {
  const given = isObject(message.traits) ? message.traits : objectOf(objectOf(message.context).traits)
  const set = ownProperties(given)
  const anonymous = idText(message.userId) === '' ? '' : idText(message.anonymousId)
  return { event: '$identify', properties: {}, ...(Object.keys(set).length > 0 && { set }), ...(anonymous !== '' && { otherId: anonymous }) }
}

function page(message: Properties): CallPart {
  const own = ownProperties(message.properties)
  return { event: '$pageview', properties: { ...named(message, 'name'), ...withoutPage(own), ...pageProperties(own) } }
}

function screen(message: Properties): CallPart {
  return { event: '$screen', properties: { ...named(message, '$screen_name'), ...ownProperties(message.properties) } }
}

/** A person belongs to an account; the traits are the account's. */
function group(message: Properties): CallPart | Refusal {
  const key = idText(message.groupId)
  if (key === '') return { reason: 'missing-group-id', detail: 'a group message names its group' }
  const { groupType, group_type, ...traits } = ownProperties(message.traits)
  const type = idText(groupType ?? group_type) || defaultAccountType
  return { event: '$groupidentify', properties: { $group_type: type, $group_key: key, $group_set: traits }, groups: { [type]: key } }
}

function alias(message: Properties): CallPart {
  const previous = idText(message.previousId) || idText(message.anonymousId)
  return { event: '$create_alias', properties: {}, ...(previous !== '' && { otherId: previous }) }
}

/** The name and category of a page or screen, which stand beside the properties. */
function named({ name, category }: Properties, key: string): Properties {
  return { ...(typeof name === 'string' && name !== '' && { [key]: name }), ...(typeof category === 'string' && category !== '' && { category }) }
}

/** What `pageProperties` reads has names of its own. */
function withoutPage({ url, path, referrer, title, search, ...rest }: Properties): Properties {
  return rest
}

/** The account that a message says it was sent for. */
function accountOf({ groupId, groupType }: Properties): Record<string, string> | undefined {
  const key = idText(groupId)
  return key === '' ? undefined : { [idText(groupType) || defaultAccountType]: key }
}

/**
 * Traits that travel with every message repeat what an `identify` said earlier, and may be older than what is known by now: they fill gaps only.
 */
function addKnownTraits(event: CapturedEvent, traits: Properties): void {
  if (event.event === '$identify') return
  const { anonymousId, userId, ...known } = ownProperties(traits)
  if (Object.keys(known).length > 0) event.setOnce = known
}

function objectOf(value: JsonValue | undefined): Properties {
  return isObject(value) ? value : {}
}

/** `__proto__` cannot be assigned as a key, and nobody means it. */
function ownProperties(value: JsonValue | undefined): Properties {
  return Object.fromEntries(Object.entries(objectOf(value)).filter(([key]) => key !== '__proto__'))
}
