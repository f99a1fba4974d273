import type { DidCondition, JsonValue } from '@kindred/model'
import { compares } from './compares.ts'
import { eventsMeant, itemReadings, meetsFilters } from './events.ts'
import type { Asked, Event } from './history.ts'

export function did(condition: DidCondition, asked: Asked): boolean {
  const events = eventsMeant(condition.did, condition, asked)
  if (condition.sum === undefined) return compares(events.length, condition.count ?? { atLeast: 1 })
  const cents = events.reduce((total, event) => total + contribution(event, condition, asked), 0)
  return compares(cents / 100, condition.sum)
}

/** Cents: of the event itself, or of those of its items that meet the filters. */
function contribution(event: Event, condition: DidCondition, { question }: Asked): number {
  const property = condition.sum?.property ?? ''
  const cents = (value: JsonValue | undefined) => (typeof value === 'number' ? Math.round(value * 100) : 0)
  if (event.properties[property] !== undefined) return cents(event.properties[property])
  return itemReadings(event, question.roles)
    .filter((item) => meetsFilters(condition.where ?? [], { event, item }, question))
    .reduce((total, item) => total + cents(item[property]), 0)
}
