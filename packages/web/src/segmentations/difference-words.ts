import type { SegmentDifference } from '@kindred/model'
import { formatCompact, formatMoney, formatNumber, formatPercent, formatWholeMoney } from '../app/format.ts'
import { isAmount } from '../traits/trait-words.ts'

/** What differs, in words: a value of a property or of a trait, an event, a mean. */
export function whatDiffers(difference: SegmentDifference): string {
  const { kind, label } = difference
  if (kind === 'event') return `Did “${label}” in the last 90 days`
  if (kind === 'value' || kind === 'traitValue') return `${label}: ${truths[difference.value] ?? difference.value}`
  // "Average order value" is of each of them already.
  return /^(average|mean)\b/i.test(label) ? label : `${label}, on average`
}

const truths: Record<string, string> = { true: 'yes', false: 'no' }

/** Tells one difference from the others of a comparison. */
export function differenceKey(difference: SegmentDifference): string {
  return `${difference.kind} ${difference.name} ${'value' in difference ? difference.value : ''}`
}

/** Whether two means are beside each other, rather than two shares. */
export const isOfMeans = ({ kind }: Pick<SegmentDifference, 'kind'>) => kind === 'number' || kind === 'trait'

/** One of the two sides: a share, or a mean, which is rounded where it is large; of a trait that is money in the project's `currency`. */
export function sideWords(difference: Pick<SegmentDifference, 'kind' | 'name'>, value: number, currency: string | undefined): string {
  if (!isOfMeans(difference)) return formatPercent(value)
  const isLarge = Math.abs(value) >= 1000
  if (difference.kind === 'trait' && currency !== undefined && isAmount(difference.name)) return (isLarge ? formatWholeMoney : formatMoney)(value, currency)
  if (Math.abs(value) >= 1_000_000) return formatCompact(value)
  return formatNumber(isLarge ? Math.round(value) : value)
}

/** A difference with its sign. Shares differ by percentage points: 41 % beside 64 % is not 56 % more. */
export function signedDifference(difference: Pick<SegmentDifference, 'kind' | 'name'>, value: number, currency: string | undefined): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : ''
  const size = Math.abs(value)
  return sign + (isOfMeans(difference) ? sideWords(difference, size, currency) : `${formatNumber(Math.round(size * 1000) / 10)} pts`)
}

/** Cohen's words. */
export function sizeOfEffect(effect: number): string {
  const size = Math.abs(effect)
  if (size < 0.2) return 'tiny'
  if (size < 0.5) return 'small'
  return size < 0.8 ? 'medium' : 'large'
}
