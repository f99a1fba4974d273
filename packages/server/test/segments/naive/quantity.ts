import type { During, EventChoice, EventMeasure, JsonValue, Properties, PropertyCondition, Within } from '@kindred/model'
import { numberOf, textOf } from '@kindred/model'
import { isNamed, itemReadings, meetsFilters } from './events.ts'
import type { Asked, Event } from './history.ts'
import { isDuring, livesOfEvent, zonedFor } from './lives.ts'
import { isWithin } from './within.ts'

interface Meant {
  did: EventChoice
  where?: PropertyCondition[] | undefined
  within?: Within | undefined
  during?: During | undefined
}

/** Events of the kind in the window, whatever they hold. */
export function eventsAmong({ did, within }: Meant, asked: Asked): Event[] {
  return asked.events.filter((event) => isNamed(event.event, did, asked.question.roles) && isWithin(event.timestamp, within, zonedFor(event, within, asked)))
}

/** Those of them that meet the filters and lie in the part of the year, the week or the day. */
export function eventsCounted(meant: Meant, asked: Asked): Event[] {
  const { question } = asked
  return eventsAmong(meant, asked).filter(
    (event) =>
      itemReadings(event, question.roles).some((item) => meetsFilters(meant.where ?? [], { event, item }, question)) &&
      isDuring(event.timestamp, meant.during, { lives: livesOfEvent(event, asked), question }),
  )
}

/** A measure of a property over the events that count; null where there is no value. */
export function measured({ name, property }: { name: EventMeasure; property: string }, meant: Meant, asked: Asked): number | null {
  const events = eventsCounted(meant, asked)
  const values = events.flatMap((event) => valuesOf(event, { ...meant, property }, asked))
  if (name === 'distinct')
    return new Set(values.flatMap((value) => (Array.isArray(value) ? value.map(textOf) : [textOf(value)])).filter((text) => text !== null)).size
  const numbers = values.flatMap((value) => numberOf(value) ?? []).sort((one, other) => one - other)
  const total = numbers.reduce((sum, number) => sum + Math.round(number * 100), 0) / 100
  if (name === 'sum') return total
  if (numbers.length === 0) return null
  if (name === 'avg') return total / numbers.length
  const at = (index: number) => numbers[index] ?? Number.NaN
  if (name === 'min') return at(0)
  if (name === 'max') return at(numbers.length - 1)
  const middle = (numbers.length - 1) / 2
  return at(Math.floor(middle)) + (middle - Math.floor(middle)) * (at(Math.ceil(middle)) - at(Math.floor(middle)))
}

/** What an event tells of a property: its own value, or those of the items that meet the filters. */
function valuesOf(event: Event, { where = [], property }: Meant & { property: string }, { question }: Asked): (JsonValue | undefined)[] {
  if (event.properties[property] !== undefined) return [event.properties[property]]
  return itemReadings(event, question.roles)
    .filter((item: Properties) => meetsFilters(where, { event, item }, question))
    .map((item: Properties) => item[property])
}
