import type { FirstCondition, LastCondition } from '@kindred/model'
import type { Asked, Event } from './history.ts'
import { eventsAmong, eventsCounted } from './quantity.ts'

/** The events come in the order of (time, position): the first and the last by name are at the ends, and are then asked alone. */
export function first({ first: did, ...rest }: FirstCondition, asked: Asked): boolean {
  return isMeant(eventsAmong({ did }, asked)[0], { ...rest, did }, asked)
}

export function last({ last: did, ...rest }: LastCondition, asked: Asked): boolean {
  return isMeant(eventsAmong({ did }, asked).at(-1), { ...rest, did }, asked)
}

function isMeant(event: Event | undefined, meant: Parameters<typeof eventsCounted>[0], asked: Asked): boolean {
  return event !== undefined && eventsCounted(meant, { ...asked, events: [event] }).length === 1
}
