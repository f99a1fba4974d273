import { readDuration, startOfDay } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'

interface Clock {
  now: number
  timezone: string
}

/** Epoch milliseconds: so long before now, to the millisecond. Errors: RangeError for a length of the calendar. */
export function instantAgo(length: string, { now }: Clock): number {
  return now - readDuration(length).milliseconds
}

/** The day, in the zone, so many days, weeks, months, quarters or years before today; in a shorter month its last one. Errors: RangeError beyond the calendar. */
export function dayAgo(length: string, { now, timezone }: Clock): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate().subtract(calendarLength(length))
}

/** 00:00 of that day, epoch milliseconds. */
export function startOfDayAgo(length: string, clock: Clock): number {
  return startOfDay(dayAgo(length, clock), clock.timezone)
}

/** The last millisecond of that day. */
export function endOfDayAgo(length: string, clock: Clock): number {
  return startOfDay(dayAgo(length, clock).add({ days: 1 }), clock.timezone) - 1
}

/** The same time of day, in the zone, on the day so long before today, epoch milliseconds. */
export function sameTimeAgo(length: string, { now, timezone }: Clock): number {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).subtract(calendarLength(length)).epochMilliseconds
}

/** The full hour, in the zone, at or before so many hours ago. */
export function startOfHourAgo(length: string, clock: Clock): number {
  return Temporal.Instant.fromEpochMilliseconds(instantAgo(length, clock))
    .toZonedDateTimeISO(clock.timezone)
    .round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds
}

/** `3 quarters` as nine months. */
export function calendarLength(length: string): { days: number } | { weeks: number } | { months: number } | { years: number } {
  const [count = '', name = ''] = length.split(' ')
  const unit = name.replace(/s$/, '')
  if (unit === 'day') return { days: Number(count) }
  if (unit === 'week') return { weeks: Number(count) }
  if (unit === 'month') return { months: Number(count) }
  if (unit === 'quarter') return { months: 3 * Number(count) }
  if (unit === 'year') return { years: Number(count) }
  throw new RangeError(`${length} is no length of the calendar`)
}
