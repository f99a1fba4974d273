import type { RegularlyCondition } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { compares } from './compares.ts'
import { eventsMeant } from './events.ts'
import type { Asked, Question } from './history.ts'
import { zonedFor } from './lives.ts'
import { type CalendarUnit, length, periodsBetween } from './within.ts'

/** Every period is looked at by itself, those without any event too. */
export function regularly({ regularly: choice, where, times, periods }: RegularlyCondition, asked: Asked): boolean {
  const ages = eventsMeant(choice, { where }, asked).map((event) => ageOf(event.timestamp, periods, zonedFor(event, periods, asked)))
  const counts = Array.from({ length: periods.of }, (_, age) => ages.filter((each) => each === age).length)
  return counts.filter((count) => compares(count, times ?? { atLeast: 1 })).length >= periods.atLeast
}

/** How many periods lie between the one of an instant and the last one; negative after that. */
function ageOf(at: number, { each, calendar, wholeDays, current }: RegularlyCondition['periods'], question: Question): number {
  const { now, timezone } = question
  const [count = 1, unit = ''] = [Number(each.split(' ')[0]), each.split(' ')[1]?.replace(/s$/, '')]
  if (calendar === true) return Math.floor((periodsBetween(at, unit as CalendarUnit, question) - (current === true ? 0 : 1)) / count)
  if (wholeDays !== true) return Math.floor((now - at) / length(each))
  const day = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate()
  const end = current === true ? day(now).add({ days: 1 }) : day(now)
  if (Temporal.PlainDate.compare(day(at), end) >= 0) return -1
  const step = unit === 'quarter' ? { months: 3 * count } : { [`${unit}s`]: count }
  const back = (times: number) => end.subtract(Temporal.Duration.from(Object.fromEntries(Object.entries(step).map(([key, value]) => [key, value * times]))))
  let age = 0
  while (Temporal.PlainDate.compare(day(at), back(age + 1)) < 0) age++
  return age
}
