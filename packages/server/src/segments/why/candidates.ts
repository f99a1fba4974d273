import { operatorNames, readDuration, startOfDay } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'

/**
 * The instants at which a definition may change its answer about one person, or one account, while nothing happens: between two of them it
 * cannot. Each comes of something of theirs (an event, a date among their properties) and a length of time of the definition, or of the calendar.
 */

const day = 86_400_000
const hour = 3_600_000
const quarterHour = hour / 4
/** How far ahead is looked: over a year, for anniversaries. Where hours of the day matter, a month. */
const farAhead = 400 * day
const farAheadInHours = 31 * day

/** What of a definition the passing of time acts on. */
export interface TimeParts {
  /** Milliseconds. */
  lengths: number[]
  /** Instants that are named. */
  moments: number[]
  /** Whether midnights, or whole hours, of the zone matter. */
  calendar: boolean
  hours: boolean
  /** Whether lengths of time begin with a whole hour of the zone. */
  wholeHours: boolean
  /** Names of properties that are compared with a date. */
  dated: string[]
  /** What makes the answer depend on more than this person, in words; null: nothing does. */
  beyond: string | null
}

const durationForm = /^\d{1,6} (minutes?|hours?|days?|weeks?)$/
const calendarForm = /^\d{1,6} (months?|quarters?|years?)$/
const momentForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}|$)/
const calendarKeys = new Set(['period', 'wholeDays', 'wholeMonths', 'full', 'during', 'time', 'anniversaryWithinNext', 'anniversaryWithinLast', 'regularly'])
const datedKeys = new Set(['withinLast', 'withinNext', 'moreThanAgo', 'moreThanAhead', 'before', 'after', 'on', 'betweenDates'])
const beyondWords: Readonly<Record<string, string>> = {
  trait: 'it reads computed values',
  rank: 'it ranks people among all others',
  account: 'it asks about accounts, whose other people count too',
  model: 'it reads a model',
}

/** Reads them off the wire form; of segments that are named, `definitions` holds theirs too. */
export function timeParts(definitions: readonly unknown[]): TimeParts {
  const parts: TimeParts = { lengths: [], moments: [], calendar: false, hours: false, wholeHours: false, dated: [], beyond: null }
  for (const definition of definitions) read(definition, parts)
  return { ...parts, lengths: [...new Set(parts.lengths)], moments: [...new Set(parts.moments)], dated: [...new Set(parts.dated)] }
}

function read(value: unknown, parts: TimeParts): void {
  if (typeof value === 'string') readText(value, parts)
  if (typeof value !== 'object' || value === null) return
  const keys = Object.keys(value)
  if (Array.isArray(value)) for (const each of value) read(each, parts)
  else {
    for (const [key, each] of Object.entries(value)) {
      // What a text is compared with is no length of time, however it reads.
      if (key === 'is' || key === 'isNot' || key === 'property' || key === 'contains') continue
      if (calendarKeys.has(key)) parts.calendar = true
      if (key === 'hours') parts.hours = true
      if (key === 'wholeHours') parts.wholeHours = true
      if (key === 'zone' && each === 'person') parts.beyond ??= 'it counts days where each person lives'
      if (Object.hasOwn(beyondWords, key)) parts.beyond ??= beyondWords[key] ?? null
      read(each, parts)
    }
    const { property } = value as { property?: unknown }
    if (typeof property === 'string' && keys.some((key) => datedKeys.has(key))) parts.dated.push(property)
    // An age rises on a birthday.
    if (typeof property === 'string' && property.startsWith('standard.') && keys.some((key) => (operatorNames as readonly string[]).includes(key)))
      parts.calendar = true
    readPeriods(value as Record<string, unknown>, parts)
  }
}

/** "At least m of the last k periods": each of the k lengths lets an event out of its period. */
function readPeriods(value: Record<string, unknown>, parts: TimeParts): void {
  if (!('regularly' in value)) return
  const lengths = { day, week: 7 * day, month: 31 * day }
  for (const each of Object.values(value)) {
    if (typeof each !== 'object' || each === null) continue
    for (const [unit, length] of Object.entries(lengths)) {
      if (!JSON.stringify(each).includes(unit)) continue
      const most = Math.max(0, ...Object.values(each).filter((number): number is number => typeof number === 'number'))
      for (let count = 1; count <= Math.min(most, 100); count++) parts.lengths.push(count * length)
    }
  }
}

function readText(text: string, parts: TimeParts): void {
  if (durationForm.test(text)) parts.lengths.push(readDuration(text).milliseconds)
  else if (calendarForm.test(text)) parts.calendar = true
  else if (momentForm.test(text)) {
    if (text.length === 10) parts.calendar = true
    const at = Date.parse(text)
    if (!Number.isNaN(at)) parts.moments.push(at)
  }
}

export interface OfOne {
  /** Epoch milliseconds: of their events and consents, when they were first seen, and of the dates among their properties. */
  instants: readonly number[]
  now: number
  timezone: string
}

/** The candidates after now, in rising order, up to the horizon. */
export function candidateInstants(parts: TimeParts, { instants, now, timezone }: OfOne): { candidates: number[]; horizon: number } {
  const horizon = now + (parts.hours ? farAheadInHours : farAhead)
  const found = new Set<number>()
  const add = (at: number) => {
    // Which end of a window belongs to it differs by a millisecond.
    for (const each of [at, at + 1]) if (each > now && each <= horizon) found.add(each)
  }
  for (const at of parts.moments) add(at)
  for (const at of instants) {
    add(at)
    for (const length of parts.lengths) {
      add(at + length)
      add(at - length)
      // An hour of the zone may begin at any quarter of one here.
      const next = Math.ceil((at + length) / quarterHour) * quarterHour
      for (let quarter = 0; parts.wholeHours && quarter <= 4; quarter++) add(next + quarter * quarterHour)
    }
  }
  if (parts.calendar || parts.hours) {
    const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate()
    for (let ahead = 1; ahead <= Math.ceil((horizon - now) / day); ahead++) {
      const midnight = startOfDay(today.add({ days: ahead }), timezone)
      if (midnight <= horizon) found.add(midnight)
    }
  }
  if (parts.hours) for (let at = Math.ceil((now + 1) / quarterHour) * quarterHour; at <= horizon; at += quarterHour) found.add(at)
  return { candidates: [...found].sort((one, other) => one - other), horizon }
}
