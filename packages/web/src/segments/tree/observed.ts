import type { Within } from '@kindred/model'
import { readComparison, takesNone } from '../../conditions/comparison.ts'
import { takesThoseWithout } from './measure.ts'
import type { RowDraft } from './row-draft.ts'

/**
 * How far back a row looks that is also true of people who did nothing yet: whoever was first seen since then has had no time to do it. null where
 * the row is not of that kind, or where its window has no length that can be said in days.
 */
export function looksBack(draft: RowDraft, negated: boolean): string | null {
  if (draft.kind !== 'did' && draft.kind !== 'session' && draft.kind !== 'message') return null
  const takesNobody = draft.kind === 'did' ? takesThoseWithout(draft) : draft.count !== undefined && takesNone(readComparison(draft.count))
  return takesNobody === negated ? null : lengthOf(draft.within)
}

function lengthOf(within: Within | undefined): string | null {
  if (within === undefined) return null
  if ('ago' in within) return within.ago[0]
  if (!('last' in within) || within.before !== undefined || within.full || within.wholeMonths) return null
  return /^\d+ (minute|hour|day|week)s?$/.test(within.last) ? within.last : null
}
