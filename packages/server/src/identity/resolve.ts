import type { CapturedEvent } from '@kindred/model'
import { isIllegalId } from './illegal-ids.ts'
import type { ChangeCause, People } from './people.ts'
import type { Person } from './person.ts'

const mergingEvents = new Set(['$identify', '$create_alias', '$merge_dangerously'])

export interface Arrival {
  projectId: number
  event: CapturedEvent
  cause: ChangeCause
}

/** Whose event it is: the person of its distinct id, made when new, after joining the two ids of a merging event. Rules in order of arrival. */
export function resolvePerson(people: People, { projectId, event, cause }: Arrival): Person {
  const person =
    joinIds(people, { projectId, event, cause }) ?? people.find(projectId, event.distinctId) ?? people.create(projectId, event.distinctId, event.timestamp)
  if (event.personProfile !== false && !person.hasProfile) {
    person.hasProfile = true
    person.changed = true
  }
  return person
}

/** Joins the ids of `$identify`, `$create_alias` and `$merge_dangerously`; the person of the distinct id, or undefined where there is nothing to join. */
function joinIds(people: People, { projectId, event, cause }: Arrival): Person | undefined {
  const { event: name, distinctId, otherId } = event
  if (otherId === undefined || otherId === distinctId || !mergingEvents.has(name) || event.personProfile === false) return undefined
  if (isIllegalId(distinctId) || isIllegalId(otherId)) return undefined
  const source = people.find(projectId, otherId)
  const target = people.find(projectId, distinctId) ?? source ?? people.create(projectId, distinctId, event.timestamp)
  if (people.find(projectId, distinctId) === undefined) people.attach(target, distinctId)
  if (source === undefined) people.attach(target, otherId)
  // A person who is known already is not swallowed by another, unless the sender insists.
  else if (source !== target && (!source.isIdentified || name === '$merge_dangerously')) people.merge(source, target, cause)
  if (!target.isIdentified) {
    target.isIdentified = true
    target.changed = true
  }
  return target
}
