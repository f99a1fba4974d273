import { type SegmentDifference, standardFieldNamed } from '@kindred/model'
import { formatNumber, formatPercent } from '../app/format.ts'

/** What differs, in words: a value of a property, an event, a mean. */
export function whatDiffers(difference: SegmentDifference): string {
  if (difference.kind === 'event') return `“${difference.label}” in the last 90 days`
  const label = standardFieldNamed(difference.name)?.label ?? difference.label
  return difference.kind === 'value' ? `${label}: ${truths[difference.value] ?? difference.value}` : `${label}, on average`
}

const truths: Record<string, string> = { true: 'yes', false: 'no' }

/** A difference of shares or of means with its sign: "+12 %". */
export function signedDifference({ kind }: Pick<SegmentDifference, 'kind'>, value: number): string {
  return `${value > 0 ? '+' : ''}${(kind === 'number' ? formatNumber : formatPercent)(value)}`
}

/** Cohen's words. */
export function sizeOfEffect(effect: number): string {
  const size = Math.abs(effect)
  if (size < 0.2) return 'tiny'
  if (size < 0.5) return 'small'
  return size < 0.8 ? 'medium' : 'large'
}
