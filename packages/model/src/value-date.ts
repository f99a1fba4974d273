import { Temporal } from 'temporal-polyfill'

/**
 * The grammar of dates in text: a date, or a date and a time with or without a zone; years 1900 to 2299. Without a zone the
 * project's holds. Digits alone are Unix time: 9 or 10 of them seconds, 12 or 13 milliseconds.
 */
export const dateGrammar =
  '^(19|2[0-2])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
export const unixSecondsGrammar = '^[1-9][0-9]{8,9}$'
export const unixMillisecondsGrammar = '^[1-9][0-9]{11,12}$'

const dateInText = new RegExp(dateGrammar)
const secondsInText = new RegExp(unixSecondsGrammar)
const millisecondsInText = new RegExp(unixMillisecondsGrammar)
const parts = /^(.{10})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

/** Epoch milliseconds of a text by the grammar of dates, a date alone being its first instant in `timezone`; null where it is none. */
export function dateOf(text: string | null, timezone: string): number | null {
  if (text === null) return null
  if (secondsInText.test(text)) return Number(text) * 1000
  if (millisecondsInText.test(text)) return Number(text)
  if (!dateInText.test(text)) return null
  const [, date = '', time = '00:00', zone] = parts.exec(text) ?? []
  try {
    if (zone !== undefined) return Temporal.Instant.from(`${date}T${time}${zone}`).epochMilliseconds
    // The engine reads a local time that daylight saving skips as the hour before, and one that comes twice as the first.
    return Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: 'reject' }).toZonedDateTime(timezone, { disambiguation: 'earlier' }).epochMilliseconds
  } catch {
    // A day the calendar does not have, such as 30 February.
    return null
  }
}

/** A moment of a definition as the milliseconds it covers, both ends included: a date covers its whole day in `timezone`. */
export interface MomentRange {
  start: number
  end: number
}

export function momentRange(moment: string, timezone: string): MomentRange {
  if (moment.length > 10) {
    const at = dateOf(moment, timezone)
    if (at === null) throw new RangeError(`${moment} is not a moment between 1900 and 2299`)
    return { start: at, end: at }
  }
  const date = readDate(moment)
  const start = startOfDay(date, timezone)
  return { start, end: startOfDay(date.add({ days: 1 }), timezone) - 1 }
}

function readDate(text: string): Temporal.PlainDate {
  if (!dateInText.test(text)) throw new RangeError(`${text} is not a date between 1900 and 2299`)
  return Temporal.PlainDate.from(text, { overflow: 'reject' })
}

/** The first instant of a day: where daylight saving skips midnight, the first that exists. */
export function startOfDay(date: Temporal.PlainDate, timezone: string): number {
  return date.toZonedDateTime(timezone).epochMilliseconds
}

const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
export type DurationUnit = keyof typeof unitMilliseconds

export interface Duration {
  count: number
  unit: DurationUnit
  milliseconds: number
}

/** Reads `30 days`: a day is 24 hours, a week seven days. */
export function readDuration(text: string): Duration {
  const [, count, unit] = /^(\d{1,6}) (minute|hour|day|week)s?$/.exec(text) ?? []
  if (count === undefined || unit === undefined) throw new RangeError(`${text} is not a length of time`)
  return { count: Number(count), unit: unit as DurationUnit, milliseconds: Number(count) * unitMilliseconds[unit as DurationUnit] }
}
