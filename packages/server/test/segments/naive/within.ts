import type { Within } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import type { Question } from './history.ts'

const lengths: Record<string, number> = { minute: 60e3, hour: 3600e3, day: 86400e3, week: 7 * 86400e3 }
export const length = (text: string) => Number(text.split(' ')[0]) * (lengths[(text.split(' ')[1] ?? '').replace(/s$/, '')] ?? Number.NaN)

function monthsBefore(end: number, { last, wholeMonths }: { last: string; wholeMonths?: true | undefined }, timezone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(timezone).subtract(lengthOfCalendar(last))
  return (wholeMonths === true ? day.with({ day: 1 }) : day).startOfDay().epochMilliseconds
}

export function isWithin(at: number, within: Within | undefined, question: Question): boolean {
  const { now, timezone } = question
  if (at > now) return false
  if (within === undefined) return true
  const day = (date: string, days = 0) => Temporal.PlainDate.from(date).add({ days }).toZonedDateTime(timezone).epochMilliseconds
  const isDate = (moment: string) => moment.length === 10
  const start = (moment: string) => (isDate(moment) ? day(moment) : Date.parse(moment))
  const isOver = (moment: string) => (isDate(moment) ? at >= day(moment, 1) : at > Date.parse(moment))
  if ('period' in within) {
    const [which, unit] = within.period === 'today' ? ['this', 'day'] : within.period === 'yesterday' ? ['last', 'day'] : within.period.split(' ')
    return periodsBetween(at, unit as CalendarUnit, question) === (which === 'this' ? 0 : 1)
  }
  if ('last' in within && within.full === true) {
    const [count, unit = ''] = within.last.split(' ')
    const before = periodsBetween(at, unit.replace(/s$/, '') as CalendarUnit, question)
    return before >= 1 && before <= Number(count)
  }
  if ('ago' in within && within.wholeDays === true) {
    const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate()
    const [from, to] = within.ago.map((text) => today.subtract(lengthOfCalendar(text)).toString())
    const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString()
    return date >= (from ?? '') && date <= (to ?? '')
  }
  if ('ago' in within) return at > now - length(within.ago[0]) && at <= now - length(within.ago[1])
  if ('last' in within) {
    const end = within.before === undefined ? now : start(within.before)
    if (within.sameTime === true) {
      const local = Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(timezone)
      const start = local.toPlainDateTime().subtract(lengthOfCalendar(within.last)).toZonedDateTime(timezone)
      return at <= end && at > start.epochMilliseconds
    }
    // Every zone of these tests is whole hours away from UTC.
    if (within.wholeHours === true) return at <= end && at >= Math.floor((end - length(within.last)) / 3600e3) * 3600e3
    if (within.wholeMonths === true || /month|quarter|year/.test(within.last)) return at <= end && at >= monthsBefore(end, within, timezone)
    if (within.wholeDays !== true) return at > end - length(within.last) && at <= end
    const days = length(within.last) / 86400e3
    return at <= end && at >= Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(timezone).subtract({ days }).startOfDay().epochMilliseconds
  }
  return !('from' in within && at < start(within.from)) && !(within.to !== undefined && isOver(within.to))
}

/** `1 quarter` as three months. */
function lengthOfCalendar(text: string): Temporal.Duration {
  const [count, unit = ''] = [Number(text.split(' ')[0]), text.split(' ')[1]?.replace(/s$/, '')]
  return Temporal.Duration.from(unit === 'quarter' ? { months: 3 * count } : { [`${unit}s`]: count })
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** How many days, weeks… of the calendar lie between the one of an instant and the running one. */
export function periodsBetween(at: number, unit: CalendarUnit, { now, timezone, weekStart }: Question): number {
  const number = (instant: number) => {
    const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate()
    const days = Math.round(Date.UTC(day.year, day.month - 1, day.day) / 86400e3)
    // 1970-01-01 was a Thursday: 1970-01-05 the first Monday, 1970-01-04 the first Sunday.
    if (unit === 'week') return Math.floor((days - (weekStart === 'monday' ? 4 : 3)) / 7)
    return { day: days, month: day.year * 12 + day.month - 1, quarter: day.year * 4 + Math.floor((day.month - 1) / 3), year: day.year }[unit]
  }
  return number(now) - number(at)
}
