import type { DurationUnit } from '../../conditions/duration.ts'
import { calendarUnits, rollingUnits, withUnitOf } from './periods.ts'
import type { DayCounting } from './row-draft.ts'

export const lengthUnits = ({ wholeDays }: DayCounting): readonly DurationUnit[] => (wholeDays ? calendarUnits : rollingUnits)

/** Counts whole days, or again to the millisecond, where no zone matters. A length is kept where it can be said so. */
export function withWholeDays<Draft extends DayCounting>(draft: Draft, whole: boolean, lengths: readonly (keyof Draft)[]): Draft {
  const { wholeDays: _, zone: __, ...rest } = draft
  const counting: DayCounting = whole ? { wholeDays: true } : {}
  const units = lengthUnits(counting)
  const kept = Object.fromEntries(lengths.map((name) => [name, withUnitOf(String(draft[name]), units)]))
  return { ...rest, ...kept, ...counting } as Draft
}

export function withZone<Draft extends DayCounting>(draft: Draft, ofPerson: boolean): Draft {
  const { zone: _, ...rest } = draft
  return (ofPerson ? { ...rest, zone: 'person' } : rest) as Draft
}
