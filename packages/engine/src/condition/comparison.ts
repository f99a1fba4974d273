import { type Comparison, compareNumber, KindredError, operatorOf } from '@kindred/model'
import type { Place } from '../zone/when.ts'
import type { Measured } from './event-numbers.ts'
import { comparisonOf } from './quantity.ts'

/** The numbers that a measure can have. */
interface Range {
  readonly from: number
  readonly to: number
  readonly whole: boolean
}

function rangeOf({ of }: Measured): Range | null {
  if (of === 'count' || of === 'distinct') return { from: 0, to: Number.POSITIVE_INFINITY, whole: true }
  return of === 'share' ? { from: 0, to: 100, whole: false } : null
}

/**
 * Refuses a range that ends before it begins, and warns of a comparison that no number, or every number, of the measure meets. `at`: where it stands; left out, at
 * the name of the measure.
 */
export function checkComparison(comparison: Comparison, measure: Measured, { path, warn, at }: Pick<Place, 'path' | 'warn'> & { at?: string }): void {
  const { name, operand } = operatorOf(comparison)
  const { of } = measure
  const step = `${at ?? of}.${name}`
  if (Array.isArray(operand) && Number(operand[0]) > Number(operand[1]))
    throw new KindredError('segment/invalid', { path: `${path}.${step}`, reason: 'the first number must not be above the second' })
  const range = rangeOf(measure)
  if (range === null) {
    if ((of === 'sum' || of === 'avg') && name === 'equals' && operand !== 0) warn('hardly anybody has exactly this number; between takes a range', step)
    return
  }
  const { operator, negated } = comparisonOf(comparison)
  const met = candidates(operator.operand, range).map((number) => compareNumber(number, operator) !== negated)
  if (!met.includes(true)) warn(`nobody can meet this: ${of === 'share' ? 'a share lies between 0 and 100 percent' : 'a count is a whole number from 0'}`, step)
  else if (!met.includes(false)) warn(of === 'share' ? 'every share meets this' : 'everyone meets this, those with none too', step)
}

/** Numbers of the range at, between and beyond the ends of the comparison: they meet whatever some number of the range meets. */
function candidates(operand: number | readonly [number, number], { from, to, whole }: Range): number[] {
  const ends = (Array.isArray(operand) ? operand : [operand]) as number[]
  const near = ends.flatMap((end) => (whole ? [Math.floor(end) - 1, Math.floor(end), Math.ceil(end), Math.ceil(end) + 1] : [end - 1, end, end + 1]))
  const between = ends.length === 2 ? [((ends[0] ?? 0) + (ends[1] ?? 0)) / 2] : []
  const beyond = Number.isFinite(to) ? [from, to, (from + to) / 2] : [from, Math.max(...ends, from) + 2]
  return [...near, ...(whole ? [] : between), ...beyond].filter((number) => number >= from && number <= to && (!whole || Number.isInteger(number)))
}
