import type { Within } from '@kindred/model'
import { type DurationUnit, readDuration } from '../../conditions/duration.ts'

export const withinKinds = ['ever', 'last', 'period', 'full', 'whole-days', 'whole-months', 'before', 'ago', 'dates'] as const
export type WithinKind = (typeof withinKinds)[number]

export const withinWords: Record<WithinKind, string> = {
  ever: 'at any time',
  last: 'in the last',
  period: 'in the calendar’s',
  full: 'in the last full',
  'whole-days': 'in the last, whole days',
  'whole-months': 'in the last, whole months',
  before: 'in the time before a date',
  ago: 'between … and … ago',
  dates: 'between dates',
}

export function kindOfWithin(within: Within | null): WithinKind {
  if (within === null) return 'ever'
  if ('ago' in within) return 'ago'
  if ('period' in within) return 'period'
  if (!('last' in within)) return 'dates'
  if (within.before !== undefined) return 'before'
  if (within.full) return 'full'
  if (within.wholeMonths) return 'whole-months'
  return within.wholeDays ? 'whole-days' : 'last'
}

/** The same window told in another way; a length of time is kept. */
export function withKind(within: Within | null, kind: WithinKind): Within | null {
  const last = lengthFor(kind, lengthOf(within))
  if (kind === 'ever') return null
  if (kind === 'last') return { last }
  if (kind === 'period') return { period: 'this month' }
  if (kind === 'full') return { last, full: true }
  if (kind === 'whole-days') return { last, wholeDays: true }
  if (kind === 'whole-months') return { last, wholeMonths: true }
  if (kind === 'before') return { last, before: '' }
  return kind === 'ago' ? { ago: ['60 days', '30 days'] } : dates('', '')
}

/** Calendar days are counted in somebody's time zone; a length of time to the millisecond is not. */
export function hasZone(within: Within): within is Exclude<Within, { ago: unknown }> {
  if ('ago' in within) return false
  return !('last' in within) || within.wholeDays === true || within.wholeMonths === true || within.full === true
}

/** Counts days where each person lives, or again in the project's zone. */
export function withZone(within: Within, ofPerson: boolean): Within {
  if ('ago' in within) return within
  const { zone: _, ...rest } = within
  return (ofPerson ? { ...rest, zone: 'person' } : rest) as Within
}

/** A window before a date in whole days, or to the millisecond. */
export function withWholeDays(within: Extract<Within, { last: string }>, whole: boolean): Within {
  const { wholeDays: _, wholeMonths: __, zone, ...rest } = within
  if (whole) return { ...rest, wholeDays: true, ...(zone === undefined ? {} : { zone }) }
  return { ...rest, last: lengthFor('last', rest.last) }
}

/** Either end may be left out; with neither the row is unfinished, which an empty start says. */
export function dates(from: string | null | undefined, to: string | null | undefined): Within {
  if (from && to) return { from, to }
  return to ? { to } : { from: from ?? '' }
}

/** The units that a kind of window is counted in. */
export function unitsFor(kind: WithinKind): readonly DurationUnit[] {
  if (kind === 'whole-months') return ['months', 'quarters', 'years']
  return kind === 'whole-days' || kind === 'full' ? ['days', 'weeks', 'months', 'quarters', 'years'] : ['minutes', 'hours', 'days', 'weeks']
}

/** A length is kept where the kind can say it. */
function lengthFor(kind: WithinKind, last: string): string {
  const units = unitsFor(kind)
  if (units.includes(readDuration(last).unit)) return last
  return units.includes('days') ? '30 days' : '12 months'
}

function lengthOf(within: Within | null): string {
  if (within === null) return '30 days'
  if ('last' in within) return within.last
  return 'ago' in within ? within.ago[0] : '30 days'
}
