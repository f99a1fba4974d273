import type { Interval, Range } from '@kindred/model'

export interface RangePreset {
  id: string
  words: string
  range: Range
  interval: Interval
}

/** The ranges people use. Those counted in days hold that many whole days and today, as charts do. */
export const rangePresets: readonly RangePreset[] = [
  { id: 'today', words: 'Today', range: { from: 'dStart' }, interval: 'hour' },
  { id: 'yesterday', words: 'Yesterday', range: { from: '-1dStart', to: '-1dEnd' }, interval: 'hour' },
  { id: '7d', words: '7 days and today', range: { from: '-7d' }, interval: 'day' },
  { id: '14d', words: '14 days and today', range: { from: '-14d' }, interval: 'day' },
  { id: '30d', words: '30 days and today', range: { from: '-30d' }, interval: 'day' },
  { id: '90d', words: '90 days and today', range: { from: '-90d' }, interval: 'week' },
  { id: '12m', words: '12 months', range: { from: '-12m' }, interval: 'month' },
  { id: 'month', words: 'This month', range: { from: 'mStart' }, interval: 'day' },
  { id: 'last-month', words: 'Last month', range: { from: '-1mStart', to: '-1mEnd' }, interval: 'day' },
  { id: 'year', words: 'This year', range: { from: 'yStart' }, interval: 'month' },
  { id: 'all', words: 'All time', range: { from: 'all' }, interval: 'month' },
]

/** The range a query means by saying nothing. */
const unsaid: Range = { from: '-7d' }

export function presetOf(range: Range): RangePreset | null {
  const { from, to } = range.from === undefined && range.to === undefined ? unsaid : range
  return rangePresets.find((preset) => preset.range.from === from && preset.range.to === to) ?? null
}

/** `30 days and today`, `1 Mar 2011 – 31 Aug 2011`. */
export function rangeWords(range: Range, date: (day: string) => string): string {
  const preset = presetOf(range)
  if (preset !== null) return preset.words
  const from = range.from === undefined ? 'the start' : date(range.from)
  return range.to === undefined ? `${from} until now` : `${from} – ${date(range.to)}`
}

const day = 86_400_000

/** An interval that gives a chart of a readable number of points for dates chosen by hand. */
export function intervalBetween(from: Date, to: Date): Interval {
  const days = (to.getTime() - from.getTime()) / day + 1
  if (days <= 2) return 'hour'
  if (days <= 62) return 'day'
  return days <= 400 ? 'week' : 'month'
}
