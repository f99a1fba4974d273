import { type Period as CalendarPeriod, type Interval, KindredError, type Range, type TrendsQuery, type Within } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { bucketsOf, type Calendar, type Period, startOfBucket } from './buckets.ts'

/** What a range is read by. */
export interface RangeContext extends Calendar {
  now: number
  /** Epoch milliseconds of the project's first event; null where there is none. For `from: all`. */
  earliest: number | null
}

const defaultFrom = '-7d'
const absolute = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const relative = /^-?(\d{1,5})?([hdwmqyM])(Start|End)?$/
const quarter = 13

type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'
interface RelativeDate {
  count: number
  unit: Unit
  kind: string
  position: 'Start' | 'End' | undefined
}
type ReadDate = { at: Temporal.ZonedDateTime; relative?: RelativeDate }

/** The time a question is about. Errors: `insight/invalid` with the field that cannot be read. */
export function readRange(range: Range, interval: Interval, context: RangeContext): Period {
  const period = { from: readFrom(range, interval, context), to: readTo(range, interval, context) }
  if (period.from > period.to) throw invalid('range', 'it ends before it begins')
  return period
}

/**
 * The windows that a condition can say which move as the range does: `[{ last: '30 days', wholeDays: true }]`, `[{ period: 'last month' }]`; of ever, undefined.
 * Which of them holds the same time depends on the interval too. None where the range moves in a way that no window does.
 */
export function movingWindows({ from = defaultFrom, to }: Range): (Within | undefined)[] {
  if (from === 'all') return to === undefined ? [undefined] : []
  const date = readRelative(from)
  if (date === undefined) return []
  if (date.position !== undefined) return periodsOf(date, to)
  if (to !== undefined) return []
  const last = `${date.count} ${date.count === 1 ? date.unit.slice(0, -1) : date.unit}`
  if (date.unit === 'minutes') return []
  if (date.unit === 'hours') return [{ last, wholeHours: true }]
  return date.unit === 'months' || date.unit === 'years'
    ? [
        { last, wholeDays: true },
        { last, wholeMonths: true },
      ]
    : [{ last, wholeDays: true }]
}

const units: Readonly<Record<string, string>> = { d: 'day', w: 'week', m: 'month', q: 'quarter', y: 'year' }

/** `mStart` until now, and `-1mStart` to `-1mEnd`. */
function periodsOf({ count, kind, position }: RelativeDate, to: string | undefined): Within[] {
  const unit = units[kind]
  if (unit === undefined || position !== 'Start') return []
  if (count === 0 && to === undefined) return [{ period: unit === 'day' ? 'today' : (`this ${unit}` as CalendarPeriod) }]
  const isLast = kind !== 'q' && count === 1 && to === `-1${kind}End`
  return isLast ? [{ period: unit === 'day' ? 'yesterday' : (`last ${unit}` as CalendarPeriod) }] : []
}

/** Which ends of the range stay where they are as time passes. */
export function fixedEnds({ from, to }: Range): { from: boolean; to: boolean } {
  return { from: from !== undefined && absolute.test(from), to: to !== undefined && absolute.test(to) }
}

function readFrom(range: Range, interval: Interval, context: RangeContext): number {
  if (range.from === 'all') return startOfBucket(context.earliest ?? context.now, interval, context)
  const { at, relative: date } = readDate(range.from ?? defaultFrom, 'range.from', context)
  const truncated = date === undefined ? at : startOf(at, date.unit === 'hours' || date.unit === 'minutes' ? date.unit : 'days')
  // Hours and months are read from their beginning; a week that begins before the range stays partial.
  return interval === 'hour' || interval === 'month' ? startOfBucket(truncated.epochMilliseconds, interval, context) : truncated.epochMilliseconds
}

function readTo(range: Range, interval: Interval, context: RangeContext): number {
  const { at, relative: date } = range.to === undefined ? { at: now(context), relative: nowItself } : readDate(range.to, 'range.to', context)
  if (interval !== 'hour') return endOf(at, 'days')
  return date === undefined ? at.epochMilliseconds : endOf(at, 'hours')
}

const nowItself: RelativeDate = { count: 0, unit: 'days', kind: 'd', position: undefined }

function readDate(text: string, field: string, context: RangeContext): ReadDate {
  const date = readRelative(text)
  if (date !== undefined) return { at: position(now(context).subtract({ [date.unit]: date.count }), date, context), relative: date }
  const at = readAbsolute(text, context.timezone)
  if (at === null) throw invalid(field, `"${text}" is neither a date, an instant nor a length of time such as -7d`)
  return { at }
}

function readRelative(text: string): RelativeDate | undefined {
  const [whole, number = '0', kind = '', position] = relative.exec(text) ?? []
  if (whole === undefined) return undefined
  const units: Record<string, Unit> = { M: 'minutes', h: 'hours', d: 'days', w: 'weeks', m: 'months', q: 'weeks', y: 'years' }
  return { count: Number(number) * (kind === 'q' ? quarter : 1), unit: units[kind] ?? 'days', kind, position: position as RelativeDate['position'] }
}

function readAbsolute(text: string, timezone: string): Temporal.ZonedDateTime | null {
  const [whole, year, month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '0', zone] = absolute.exec(text) ?? []
  if (whole === undefined) return null
  const local = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}:${second}.${fraction}`
  try {
    if (zone !== undefined) return Temporal.Instant.from(`${local}${zone}`).toZonedDateTimeISO(timezone)
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(timezone)
  } catch {
    // A day the calendar does not have.
    return null
  }
}

/** `mStart` is the first day of the month, `-1dEnd` the last moment of yesterday. */
function position(at: Temporal.ZonedDateTime, date: RelativeDate, context: Calendar): Temporal.ZonedDateTime {
  if (date.position === undefined) return at
  const start = startOfUnit(at, date.kind, context)
  if (date.position === 'Start') return start
  const length = { M: { minutes: 1 }, h: { hours: 1 }, d: { days: 1 }, w: { weeks: 1 }, m: { months: 1 }, q: { months: 3 }, y: { years: 1 } }[date.kind]
  return start.add(length ?? { days: 1 }).subtract({ milliseconds: 1 })
}

function startOfUnit(at: Temporal.ZonedDateTime, kind: string, { weekStart }: Calendar): Temporal.ZonedDateTime {
  const today = at.startOfDay()
  switch (kind) {
    case 'M':
      return startOf(at, 'minutes')
    case 'h':
      return startOf(at, 'hours')
    case 'w':
      return today.subtract({ days: weekStart === 'monday' ? at.dayOfWeek - 1 : at.dayOfWeek % 7 })
    case 'm':
      return today.with({ day: 1 }).startOfDay()
    case 'q':
      return today.with({ month: at.month - ((at.month - 1) % 3), day: 1 }).startOfDay()
    case 'y':
      return today.with({ month: 1, day: 1 }).startOfDay()
    default:
      return today
  }
}

function startOf(at: Temporal.ZonedDateTime, unit: 'minutes' | 'hours' | 'days'): Temporal.ZonedDateTime {
  if (unit === 'days') return at.startOfDay()
  return at.round({ smallestUnit: unit === 'hours' ? 'hour' : 'minute', roundingMode: 'floor' })
}

/** The last millisecond. */
function endOf(at: Temporal.ZonedDateTime, unit: 'hours' | 'days'): number {
  return startOf(at, unit).add({ [unit]: 1 }).epochMilliseconds - 1
}

function now({ now: at, timezone }: RangeContext): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}

function invalid(field: string, reason: string): KindredError {
  return new KindredError('insight/invalid', { field, reason })
}

type Shift = Partial<Record<Unit, number>>

/**
 * The time a period is compared with: of the same number of buckets. `previous` goes back by the range's own words (`-7d`: seven days, so
 * that eight days are compared with eight) or else by its length; `-1w` goes back by that.
 */
export function comparedPeriod(period: Period, query: Pick<TrendsQuery, 'range' | 'interval' | 'compare'>, context: RangeContext): Period {
  const { interval, range } = query
  const points = bucketsOf(period, interval, context).length
  const units: Record<Interval, Unit> = { hour: 'hours', day: 'days', week: 'weeks', month: 'months' }
  const to = query.compare?.to ?? 'previous'
  const wanted = to === 'previous' ? previousShift(period, range, context) : shiftOf(readRelative(to))
  const shifted = shift(period, wanted, { ...query, ...context })
  // Months differ in length and a day of changed clocks in hours: then whole buckets are counted back.
  return bucketsOf(shifted, interval, context).length === points ? shifted : shift(period, { [units[interval]]: points }, { ...query, ...context })
}

function shiftOf(date: RelativeDate | undefined): Shift {
  return date === undefined ? {} : { [date.unit]: date.count }
}

function previousShift(period: Period, range: Range, { timezone }: Calendar): Shift {
  const date = range.to === undefined ? readRelative(range.from ?? defaultFrom) : undefined
  if (date !== undefined && date.position === undefined && date.count > 0) return shiftOf(date)
  const from = zoned(period.from, timezone)
  const end = zoned(period.to + 1, timezone)
  const wholeDays = from.equals(from.startOfDay()) && end.equals(end.startOfDay())
  if (!wholeDays) return { minutes: (period.to + 1 - period.from) / 60_000 }
  return { days: from.toPlainDate().until(end.toPlainDate()).days }
}

function shift(period: Period, by: Shift, { timezone, interval, weekStart }: Calendar & { interval: Interval }): Period {
  const { minutes = 0, ...calendar } = by
  // The end is moved as the moment after it: the last day of a month stays one.
  const move = (at: number) => zoned(at, timezone).subtract({ days: 0, ...calendar }).epochMilliseconds - minutes * 60_000
  const from = interval === 'hour' || interval === 'month' ? startOfBucket(move(period.from), interval, { timezone, weekStart }) : move(period.from)
  return { from, to: move(period.to + 1) - 1 }
}

function zoned(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}
