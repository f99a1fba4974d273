import type { SegmentDifference } from '@kindred/model'
import { formatNumber } from '../app/format.ts'

/** What differs, in words: a value of a property, an event, a mean. */
export function whatDiffers(difference: SegmentDifference): string {
  if (difference.kind === 'event') return `Did “${difference.label}” in the last 90 days`
  const { label } = difference
  return difference.kind === 'value' ? `${label}: ${truths[difference.value] ?? difference.value}` : `${label}, on average`
}

const truths: Record<string, string> = { true: 'yes', false: 'no' }

/** A difference with its sign. Shares differ by percentage points: 41 % beside 64 % is not 56 % more. */
export function signedDifference({ kind }: Pick<SegmentDifference, 'kind'>, value: number): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : ''
  return sign + (kind === 'number' ? formatNumber(Math.abs(value)) : `${formatNumber(Math.round(Math.abs(value) * 1000) / 10)} pts`)
}

/** Cohen's words. */
export function sizeOfEffect(effect: number): string {
  const size = Math.abs(effect)
  if (size < 0.2) return 'tiny'
  if (size < 0.5) return 'small'
  return size < 0.8 ? 'medium' : 'large'
}
