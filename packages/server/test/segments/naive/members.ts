import type { SegmentDefinition } from '@kindred/model'
import type { Event, History, Question } from './history.ts'
import { meets } from './kinds.ts'

/** The ids of all who meet a definition, in no order. */
export function naiveMembers({ where }: SegmentDefinition, history: History, question: Question): number[] {
  return history.people
    .filter((person) => !person.deleted && meets(where, { subject: person, unit: 'person', events: eventsOf(person.id, history, question), history, question }))
    .map(({ id }) => id)
}

/** What a person of today did, in the order of time. */
export function eventsOf(personId: number, { events, merges }: History, { watermark }: Question): Event[] {
  return events
    .filter((event) => (merges.get(event.personId) ?? event.personId) === personId && event.position <= watermark)
    .sort((one, other) => one.timestamp - other.timestamp || one.position - other.position)
}
