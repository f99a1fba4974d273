import type { Properties } from '@kindred/model'
import { copiedProperties } from '../../identity/copied-properties.ts'
import type { Person } from '../../identity/people.ts'
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
  const copied = copiedProperties(event.properties)
  const changed = [
    setMissing(passage, batch, { ...copied.initial, ...event.setOnce }),
    setAll(passage, batch, event.set ?? {}),
    setMissing(passage, batch, without(copied.latest, event.set)),
  ].some(Boolean)
  if (changed || personEvents.has(event.event)) setAll(passage, batch, without(copied.latest, event.set))
  for (const key of event.unset ?? []) batch.people.unsetProperty(person, key, passage.cause)
  return ok
}

function setMissing(passage: Passage, batch: Batch, properties: Properties): boolean {
  const { person } = passage
  return setAll(passage, batch, missing(person, properties))
}

function setAll(passage: Passage, { people, definitions }: Batch, properties: Properties): boolean {
  let changed = false
  for (const [key, value] of Object.entries(properties)) {
    if (!people.setProperty(passage.person, { key, value }, passage.cause)) continue
    changed = true
    definitions.countProperty(passage.projectId, 'person', { name: key, value, at: passage.receivedAt })
  }
  return changed
}

function missing(person: Person, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !Object.hasOwn(person.properties, key)))
}

function without(properties: Properties, others: Properties | undefined): Properties {
  if (others === undefined) return properties
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !Object.hasOwn(others, key)))
}
