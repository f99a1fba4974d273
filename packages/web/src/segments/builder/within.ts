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

/** Either end may be left out; with neither the row is unfinished, which an empty start says. */
export function dates(from: string | null | undefined, to: string | null | undefined): Within {
  if (from && to) return { from, to }
  return to ? { to } : { from: from ?? '' }
}

/** The units that a kind of window is counted in. */
export function unitsFor(kind: WithinKind): readonly DurationUnit[] {
  if (kind === 'whole-months') return ['months', 'years']
  return kind === 'whole-days' || kind === 'full' ? ['days', 'weeks', 'months', 'years'] : ['minutes', 'hours', 'days', 'weeks']
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
