import { type EventMeasure, eventMeasures, measureNames } from '@kindred/model'
import { type ComparisonDraft, readComparison, takesNone, writeComparison } from '../../conditions/comparison.ts'
import type { DidDraft } from './row-draft.ts'

/** What is asked of somebody's events: how many, how many percent of them, or a measure of a property. */
export interface MeasureDraft {
  by: 'count' | 'share' | EventMeasure
  property: string
  comparison: ComparisonDraft
}

/** null: at least once. */
export function readMeasure(draft: DidDraft): MeasureDraft | null {
  for (const by of ['count', 'share'] as const) if (draft[by] !== undefined) return { by, property: '', comparison: readComparison(draft[by]) }
  for (const by of eventMeasures) {
    const measured = draft[by]
    if (measured !== undefined) return { by, property: measured.property, comparison: readComparison(measured) }
  }
  return null
}

export function withMeasure(draft: DidDraft, measure: MeasureDraft | null): DidDraft {
  const rest = Object.fromEntries(Object.entries(draft).filter(([key]) => !(measureNames as readonly string[]).includes(key))) as unknown as DidDraft
  if (measure === null) return rest
  const comparison = writeComparison(measure.comparison)
  return { ...rest, [measure.by]: isOfProperty(measure.by) ? { property: measure.property, ...comparison } : comparison }
}

export const isOfProperty = (by: MeasureDraft['by']): by is EventMeasure => by !== 'count' && by !== 'share'

/** True where those without any such event match too. A measure that has no value then meets only what is not equal. */
export function takesThoseWithout(draft: DidDraft): boolean {
  const measure = readMeasure(draft)
  if (measure === null) return false
  if (['count', 'sum', 'distinct'].includes(measure.by)) return takesNone(measure.comparison)
  return measure.comparison.name === 'notEquals' || measure.comparison.name === 'notBetween'
}
