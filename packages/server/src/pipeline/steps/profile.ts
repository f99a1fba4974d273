import type { CapturedEvent, Properties } from '@kindred/model'
import { copiedProperties, hasCopiesOf, place } from '../../identity/copied-properties.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** Events about the person, not about something done: a copied property is refreshed by these. */
const personEvents = new Set(['$identify', '$set', '$create_alias', '$merge_dangerously'])
/** Errors and heat maps say nothing of a person. */
const neverProfile = new Set(['$exception', '$$heatmap'])

/**
 * The person's properties after the event: `$set_once` where absent, then `$set`, then `$unset`. Device, page, campaign and country are copied from the event
 * too; such a copy changes an existing property only when the event is about the person or changes something else.
 */
export function profile(passage: Passage, batch: Batch): StepResult {
  const { event, person } = passage
  if (event.personProfile === false || neverProfile.has(event.event)) return ok
  // Most events tell nothing new of their person.
  const isTouch = isNewTouch(passage)
  if (!isTouch && !saysMore(event) && hasCopiesOf(event.properties, person.properties)) return ok
  const { latest, initial } = copiedProperties(event.properties)
  const set = event.set ?? {}
  const isMissing = (key: string) => !Object.hasOwn(person.properties, key)
  const isCopied = (key: string) => !Object.hasOwn(set, key)
  const changes = [
    setAll(passage, batch, { properties: initial, where: (key) => isMissing(key) && !(event.setOnce && Object.hasOwn(event.setOnce, key)) }),
    setAll(passage, batch, { properties: event.setOnce ?? {}, where: isMissing }),
    setAll(passage, batch, { properties: set }),
    setAll(passage, batch, { properties: latest, where: (key) => isCopied(key) && isMissing(key) }),
  ]
  if (changes.includes(true) || personEvents.has(event.event)) refreshCopies(passage, batch, { latest, where: isCopied })
  if (isTouch) setAll(passage, batch, { properties: { $channel: latest.$channel ?? null }, where: isCopied })
  for (const key of event.unset ?? []) batch.people.unsetProperty(person, key, passage.cause)
  return ok
}

/** The event came by another channel than the person did last. One that arrived late, of an earlier session, is not the last touch. */
function isNewTouch({ event, person, session }: Passage): boolean {
  const { $channel: channel } = event.properties
  return channel !== undefined && channel !== person.properties.$channel && session?.isLatest !== false
}

/** Sets all that is copied. A new place takes the old one's city away even where it has none itself. */
function refreshCopies(passage: Passage, batch: Batch, { latest, where }: { latest: Properties; where: (key: string) => boolean }): void {
  setAll(passage, batch, { properties: latest, where })
  if (latest.$geoip_country_code === undefined) return
  for (const key of place) if (latest[key] === undefined && where(key)) batch.people.unsetProperty(passage.person, key, passage.cause)
}

/** Whether the event may change more of the person than what is copied where it is absent. */
function saysMore({ event, set, setOnce, unset }: CapturedEvent): boolean {
  return set !== undefined || setOnce !== undefined || unset !== undefined || personEvents.has(event)
}

/** Sets the properties whose key passes; answers whether any changed. */
function setAll(
  passage: Passage,
  { people, definitions }: Batch,
  { properties, where }: { properties: Properties; where?: (key: string) => boolean },
): boolean {
  let changed = false
  for (const key in properties) {
    const value = properties[key] ?? null
    if (where !== undefined && !where(key)) continue
    if (!people.setProperty(passage.person, { key, value }, passage.cause)) continue
    changed = true
    definitions.countProperty(passage.projectId, 'person', { name: key, value, at: passage.receivedAt })
  }
  return changed
}
