import type { Event, History, Question } from './history.ts'

/** What a person did, and those did who were merged into them, in the order of (time, position). */
export function personEvents(personId: number, { events, merges }: History, { watermark }: Question): Event[] {
  return events
    .filter((event) => (merges.get(event.personId) ?? event.personId) === personId && event.position <= watermark)
    .sort((one, other) => one.timestamp - other.timestamp || one.position - other.position)
}
