import { Temporal } from 'temporal-polyfill'
import { textOf, type Value } from './value.ts'
import { dateOf, momentRange, readDuration } from './value-date.ts'
import type { Of, PositiveOperator } from './value-negation.ts'

/** The moment and the zone that a date is read in. `now` in epoch milliseconds. */
export interface MatchContext {
  now: number
  timezone: string
}

export type DateOperator = Of<'before' | 'after' | 'on' | 'betweenDates' | 'withinLast' | 'withinNext' | 'moreThanAgo' | 'moreThanAhead'>
export type AnniversaryOperator = Of<'anniversaryWithinNext' | 'anniversaryWithinLast'>

/** The milliseconds that a date operator takes, both ends included. */
export function dateBounds(operator: DateOperator, { now, timezone }: MatchContext): { from: number; to: number } {
  const range = (moment: string) => momentRange(moment, timezone)
  switch (operator.name) {
    case 'before':
      return { from: -Infinity, to: range(operator.operand).start - 1 }
    case 'after':
      return { from: range(operator.operand).end + 1, to: Infinity }
    case 'on':
      return { from: range(operator.operand).start, to: range(operator.operand).end }
    case 'betweenDates':
      return { from: range(operator.operand[0]).start, to: range(operator.operand[1]).end }
    case 'withinLast':
      return { from: now - readDuration(operator.operand).milliseconds + 1, to: now }
    case 'withinNext':
      return { from: now + 1, to: now + readDuration(operator.operand).milliseconds }
    case 'moreThanAgo':
      return { from: -Infinity, to: now - readDuration(operator.operand).milliseconds }
    case 'moreThanAhead':
      return { from: now + readDuration(operator.operand).milliseconds + 1, to: Infinity }
  }
}

export function meetsDate(value: Value, operator: DateOperator, context: MatchContext): boolean {
  const at = dateOf(textOf(value), context.timezone)
  if (at === null) return false
  const { from, to } = dateBounds(operator, context)
  return at >= from && at <= to
}

/** So many days from any day on reach every day of the year. */
const wholeYear = 366

/**
 * The days of the year, as month × 100 + day, whose anniversary lies in the calendar days that are meant, today included. In a year without
 * 29 February its anniversary is 1 March.
 */
export function anniversaryDays({ name, operand }: AnniversaryOperator, { now, timezone }: MatchContext): number[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate()
  const { count, unit } = readDuration(operand)
  const days = Math.min(wholeYear, unit === 'week' ? 7 * count : count)
  const sign = name === 'anniversaryWithinNext' ? 1 : -1
  const found = new Set<number>()
  for (let offset = 0; offset <= days; offset++) {
    const { month, day, inLeapYear } = today.add({ days: sign * offset })
    found.add(month * 100 + day)
    if (month === 3 && day === 1 && !inLeapYear) found.add(229)
  }
  return [...found].sort((one, other) => one - other)
}

/** By the day that the date has in the zone, whatever its year. */
export function meetsAnniversary(value: Value, operator: AnniversaryOperator, context: MatchContext): boolean {
  const at = dateOf(textOf(value), context.timezone)
  if (at === null) return false
  const { month, day } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(context.timezone)
  return anniversaryDays(operator, context).includes(month * 100 + day)
}

/** What keeps a date operator from being used, in words; null where nothing does. */
export function dateProblem(operator: PositiveOperator): string | null {
  if (operator.name === 'anniversaryWithinNext' || operator.name === 'anniversaryWithinLast')
    return /day|week/.test(operator.operand) ? null : 'an anniversary is counted in calendar days: write days or weeks'
  if (operator.name !== 'before' && operator.name !== 'after' && operator.name !== 'on' && operator.name !== 'betweenDates') return null
  try {
    for (const moment of [operator.operand].flat()) momentRange(moment, 'UTC')
    return null
  } catch (error) {
    return error instanceof RangeError ? error.message : 'the date cannot be read'
  }
}
