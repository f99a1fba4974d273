import type { FirstCondition, LastCondition } from '@kindred/model'
import { eventsMeant } from './events.ts'
import type { Asked, Event } from './history.ts'

/** The events come in the order of (time, position): the first and the last by name are at the ends, and are then asked alone. */
export function first({ first: choice, ...rest }: FirstCondition, asked: Asked): boolean {
  return isMeant(eventsMeant(choice, {}, asked)[0], choice, { rest, asked })
}

export function last({ last: choice, ...rest }: LastCondition, asked: Asked): boolean {
  return isMeant(eventsMeant(choice, {}, asked).at(-1), choice, { rest, asked })
}

function isMeant(event: Event | undefined, choice: FirstCondition['first'], { rest, asked }: { rest: Omit<FirstCondition, 'first'>; asked: Asked }): boolean {
  return event !== undefined && eventsMeant(choice, rest, { ...asked, events: [event] }).length === 1
}
