import { type MomentRange, momentRange, type Period, readDuration, startOfDay, type Within } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { calendarLength, endOfDayAgo, sameTimeAgo, startOfDayAgo, startOfHourAgo } from './ago.ts'
import { bind, type Sql, sql } from './sql.ts'

/** Epoch milliseconds, both ends included; without `from`, since ever. */
export interface TimeWindow {
  from?: number
  to: number
}

interface Clock {
  now: number
  timezone: string
  weekStart: 'sunday' | 'monday'
}

/**
 * The milliseconds of a definition's window. No event counts before its time comes, so no window reaches past now.
 * Errors: RangeError for a day the calendar does not have, or an end before the start.
 */
export function timeWindow(within: Within | undefined, clock: Clock): TimeWindow {
  const window = openWindow(within, clock)
  return { ...window, to: Math.min(window.to, clock.now) }
}

function openWindow(within: Within | undefined, clock: Clock): TimeWindow {
  const { now, timezone } = clock
  if (within === undefined) return { to: now }
  if ('period' in within) return periodWindow(within.period, clock)
  if ('last' in within && within.full === true) return fullWindow(within.last, clock)
  if ('last' in within) {
    const to = within.before === undefined ? now : momentRange(within.before, timezone).start
    // A window (to − n, to] in whole milliseconds starts one later.
    const whole = within.wholeDays === true || within.wholeMonths === true
    if (within.sameTime === true) return { from: sameTimeAgo(within.last, { now: to, timezone }) + 1, to }
    if (within.wholeHours === true) return { from: startOfHourAgo(within.last, { now: to, timezone }), to }
    return { from: whole ? startOfWhole(within, to, timezone) : to - readDuration(within.last).milliseconds + 1, to }
  }
  if ('ago' in within) {
    if (within.wholeDays === true) return wholeDaysAgo(within.ago, clock)
    const [older, newer] = within.ago.map((each) => now - readDuration(each).milliseconds) as [number, number]
    if (older >= newer) throw new RangeError('the first length of time must be the longer one')
    return { from: older + 1, to: newer }
  }
  const from: MomentRange | undefined = 'from' in within ? momentRange(within.from, timezone) : undefined
  const to = within.to === undefined ? now : momentRange(within.to, timezone).end
  if (from === undefined) return { to }
  if (within.to !== undefined && from.start > to) throw new RangeError('it ends before it starts')
  return { from: from.start, to }
}

function wholeDaysAgo([longer, shorter]: readonly [string, string], clock: Clock): TimeWindow {
  const [from, to] = [startOfDayAgo(longer, clock), endOfDayAgo(shorter, clock)]
  if (from > to) throw new RangeError('the first length of time must be the longer one')
  return { from, to }
}

/** 00:00, in the zone, of the day that many days (weeks, months…) before the end, or of the first day of its month. */
function startOfWhole({ last, wholeMonths }: { last: string; wholeMonths?: true | undefined }, to: number, timezone: string): number {
  const end = Temporal.Instant.fromEpochMilliseconds(to).toZonedDateTimeISO(timezone)
  const length = /minute|hour/.test(last) ? { milliseconds: readDuration(last).milliseconds } : calendarLength(last)
  const day = end.subtract(length).toPlainDate()
  return startOfDay(wholeMonths === true ? day.with({ day: 1 }) : day, timezone)
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Days, weeks, months, quarters or years of the calendar: those before the running one (`full`), the running one, the one before. */
function periodWindow(period: Period, clock: Clock): TimeWindow {
  if (period === 'today') return { from: startOfUnit('day', 0, clock), to: clock.now }
  if (period === 'yesterday') return { from: startOfUnit('day', -1, clock), to: startOfUnit('day', 0, clock) - 1 }
  const [which = '', name = ''] = period.split(' ')
  const unit = name as CalendarUnit
  if (which === 'this') return { from: startOfUnit(unit, 0, clock), to: clock.now }
  return { from: startOfUnit(unit, -1, clock), to: startOfUnit(unit, 0, clock) - 1 }
}

function fullWindow(last: string, clock: Clock): TimeWindow {
  const [count = '', name = ''] = last.split(' ')
  const unit = name.replace(/s$/, '') as CalendarUnit
  return { from: startOfUnit(unit, -Number(count), clock), to: startOfUnit(unit, 0, clock) - 1 }
}

/** The first instant, in the zone, of the day, week, month, quarter or year `offset` after the running one. */
export function startOfUnit(unit: CalendarUnit, offset: number, { now, timezone, weekStart }: Clock): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate()
  switch (unit) {
    case 'day':
      return startOfDay(today.add({ days: offset }), timezone)
    case 'week':
      return startOfDay(today.subtract({ days: weekStart === 'monday' ? today.dayOfWeek - 1 : today.dayOfWeek % 7 }).add({ weeks: offset }), timezone)
    case 'month':
      return startOfDay(today.with({ day: 1 }).add({ months: offset }), timezone)
    case 'quarter':
      return startOfDay(today.with({ day: 1, month: today.month - ((today.month - 1) % 3) }).add({ months: 3 * offset }), timezone)
    case 'year':
      return startOfDay(today.with({ day: 1, month: 1 }).add({ years: offset }), timezone)
  }
}

/** Conditions that keep the events `e` of a window; of what is left out, nothing is asked. */
export function windowSql({ from, to }: Partial<TimeWindow>): Sql[] {
  const at = (milliseconds: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', milliseconds)}, 'UTC')`
  // The store holds nothing before 1970.
  const lower = from === undefined || from <= 0 ? [] : [sql`e.timestamp >= ${at(from)}`]
  return to === undefined ? lower : [...lower, sql`e.timestamp <= ${at(Math.max(to, -1))}`]
}
