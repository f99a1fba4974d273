import { type DurationUnit, readDuration, writeDuration } from '../../conditions/duration.ts'
import type { RegularlyDraft } from './row-draft.ts'

export type PeriodsDraft = RegularlyDraft['periods']

/** Rolling back from now; of the calendar, those that are over; or of the calendar with the one that is running. */
export function periodKind({ calendar, current }: PeriodsDraft): 'rolling' | 'calendar' | 'current' {
  if (!calendar) return 'rolling'
  return current ? 'current' : 'calendar'
}

export function withPeriodKind(periods: PeriodsDraft, kind: 'rolling' | 'calendar' | 'current'): PeriodsDraft {
  const { calendar: _, current: __, zone, ...rest } = periods
  if (kind === 'rolling') return { ...rest, each: withUnitOf(rest.each, rollingUnits) }
  const counted = { ...rest, ...(zone === undefined ? {} : { zone }), each: withUnitOf(rest.each, calendarUnits), calendar: true as const }
  return kind === 'current' ? { ...counted, current: true } : counted
}

export const rollingUnits: readonly DurationUnit[] = ['minutes', 'hours', 'days', 'weeks']
export const calendarUnits: readonly DurationUnit[] = ['days', 'weeks', 'months', 'quarters', 'years']

export const periodUnits = ({ calendar }: PeriodsDraft): readonly DurationUnit[] => (calendar ? calendarUnits : rollingUnits)

/** A unit that cannot be counted so becomes weeks, which both can. */
export function withUnitOf(length: string, units: readonly DurationUnit[]): string {
  const { amount, unit } = readDuration(length)
  return writeDuration({ amount, unit: units.includes(unit) ? unit : 'weeks' })
}
