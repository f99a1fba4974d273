import type { Within } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { cohortInvalid, cohortUnsupported } from './cohort-error.ts'
import type { Behavior } from './cohort-tree.ts'
import { relativeDate } from './property-filter.ts'

export interface WindowPlace {
  path: string
  timezone: string
  note: (text: string) => void
}
export type LengthUnit = 'hour' | 'day' | 'week' | 'month' | 'year'
export interface Length {
  count: number
  unit: LengthUnit
  /** As our language writes it. */
  text: string
  seconds: number
}

/** What PostHog compares lengths by, and how long it waits for the second of two events. */
const seconds = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 } as const

/** `time` or `seq_time`. PostHog shortens a unit to its first letter, so that its minutes are months. Errors: `cohort/invalid`, `cohort/unsupported`. */
export function lengthOf(given: Behavior, which: 'time' | 'seq_time', { path, note }: Pick<WindowPlace, 'path' | 'note'>): Length {
  const count = given[`${which}_value`]
  const unit = given[`${which}_interval`]
  if (count == null || unit == null) throw cohortInvalid(`${path}.${which}_value`, 'a length of time is missing')
  if (!Number.isInteger(count) || count <= 0) throw cohortInvalid(`${path}.${which}_value`, 'a length of time is a whole number above 0')
  if (unit === 'minute') note(`PostHog reads ${count} minutes as ${count} months, and so does this.`)
  const name = unit === 'minute' ? 'month' : unit
  if (!Object.hasOwn(seconds, name)) throw cohortInvalid(`${path}.${which}_interval`, `${unit} is no unit of time`)
  return { ...lengthText(count, name as LengthUnit), seconds: count * seconds[name as LengthUnit] }
}

export function lengthText(count: number, unit: LengthUnit): Omit<Length, 'seconds'> {
  return { count, unit, text: `${count} ${unit}${count === 1 ? '' : 's'}` }
}

/** Of the kinds that PostHog counts from the beginning of a day (of an hour, in hours) to the end of today; undefined where all time counts. */
export function truncatedWindow(given: Behavior, place: WindowPlace): Within | undefined {
  const { explicit_datetime: from, explicit_datetime_to: to } = given
  if (from == null || from === '') return wholeWindow(lengthOf(given, 'time', place), place)
  if (from === 'all' && (to == null || to === '')) return undefined
  const older = relativeLength(from)
  if (older === null) return { from: dayOf(from, place), ...(to == null || to === '' ? {} : { to: dayOf(to, place) }) }
  if (to == null || to === '') return wholeWindow(older, place)
  const newer = relativeLength(to)
  if (newer === null || older.unit === 'hour' || newer.unit === 'hour') throw cohortUnsupported(place.path, `a window from ${from} to ${to} has no like here`)
  return { ago: [older.text, newer.text], wholeDays: true }
}

export function wholeWindow({ text, unit }: Pick<Length, 'text' | 'unit'>, { note }: Pick<WindowPlace, 'note'>): Within {
  if (unit === 'hour') {
    note(`PostHog counts the last ${text} from a full hour: kept as whole hours.`)
    return { last: text, wholeHours: true }
  }
  note(`PostHog counts the last ${text} from midnight, in the project's zone: kept as whole days.`)
  return { last: text, wholeDays: true }
}

/** Of `performed_event_multiple`, which PostHog counts to the second from now. */
export function exactWindow(given: Behavior, place: WindowPlace): Within | undefined {
  const { explicit_datetime: from, explicit_datetime_to: to } = given
  if (from == null || from === '') return rollingWindow(lengthOf(given, 'time', place), place)
  if (from === 'all' && (to == null || to === '')) return undefined
  const older = relativeLength(from)
  if (older !== null && (to == null || to === '')) return rollingWindow(older, place)
  const newer = to == null || to === '' ? null : relativeLength(to)
  if (older !== null || newer !== null) return agoWindow([older, newer], [from, to ?? ''], place)
  place.note('Of this window PostHog leaves out both instants: kept to the millisecond.')
  const edge = (text: string, shift: number) => new Date(instantOf(text, place) + shift).toISOString()
  return { from: edge(from, 1), ...(to == null || to === '' ? {} : { to: edge(to, -1) }) }
}

function rollingWindow({ text, unit }: Pick<Length, 'text' | 'unit'>, { timezone }: WindowPlace): Within {
  // Where the clocks change, days back from now are not all of 24 hours: PostHog goes back to the same time of day.
  return unit === 'hour' || (timezone === 'UTC' && (unit === 'day' || unit === 'week')) ? { last: text } : { last: text, sameTime: true }
}

function agoWindow(
  [older, newer]: readonly [Omit<Length, 'seconds'> | null, Omit<Length, 'seconds'> | null],
  given: readonly string[],
  place: WindowPlace,
): Within {
  const fits = [older, newer].every(
    (each) => each !== null && (each.unit === 'hour' || (place.timezone === 'UTC' && (each.unit === 'day' || each.unit === 'week'))),
  )
  if (older === null || newer === null || !fits)
    throw cohortUnsupported(place.path, `a window from ${given[0]} to ${given[1]} that is counted to the second has no like here`)
  return { ago: [older.text, newer.text] }
}

function relativeLength(text: string): Omit<Length, 'seconds'> | null {
  const relative = relativeDate(text)
  if (relative === null) return null
  if (relative.unit === 'q') return lengthText(13 * relative.count, 'week')
  const units = { h: 'hour', d: 'day', w: 'week', m: 'month', y: 'year' } as const
  return lengthText(relative.count, units[relative.unit])
}

/** The day, in the project's zone, of a date or an instant. */
function dayOf(text: string, place: WindowPlace): string {
  return Temporal.Instant.fromEpochMilliseconds(instantOf(text, place)).toZonedDateTimeISO(place.timezone).toPlainDate().toString()
}

/** Errors: `cohort/unsupported` for the many other forms a date may have in PostHog, such as `mStart`. */
function instantOf(text: string, { path, timezone }: WindowPlace): number {
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.length > 10) return Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds
    return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(timezone).epochMilliseconds
  } catch {
    throw cohortUnsupported(path, `the date ${text} has no like here`)
  }
}
