import type { Within } from '@kindred/model'
import { type EventChoice, matches, operatorOf, type Properties, type PropertyCondition, type Roles } from '@kindred/model'
import type { Asked, Event, Question } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin } from './within.ts'

/** Events that are of the kind meant, meet the filters, and happened in the window. */
export function eventsMeant(
  choice: EventChoice,
  { where = [], within }: { where?: PropertyCondition[] | undefined; within?: Within | undefined },
  asked: Asked,
): Event[] {
  const { question } = asked
  return asked.events.filter(
    (event) =>
      isNamed(event.event, choice, question.roles) &&
      isWithin(event.timestamp, within, zonedFor(event, within, asked)) &&
      itemReadings(event, question.roles).some((item) => meetsFilters(where, { event, item }, question)),
  )
}

/** The items of an event; an event without any is read alone, as one item that holds nothing. */
export function itemReadings(event: Event, roles: Roles): Properties[] {
  const list = roles.properties.items === undefined ? undefined : event.properties[roles.properties.items]
  return Array.isArray(list) && list.length > 0 ? (list as Properties[]) : [{}]
}

export function meetsFilters(where: readonly PropertyCondition[], { event, item }: { event: Event; item: Properties }, question: Question): boolean {
  return where.every((filter) => matches(event.properties[filter.property] ?? item[filter.property], operatorOf(filter), question))
}

export function isNamed(name: string, choice: EventChoice, roles: Roles): boolean {
  if (typeof choice === 'string') return name === choice
  if ('any' in choice) return true
  return ('role' in choice ? (roles.events[choice.role] ?? []) : choice.anyOf).includes(name)
}
