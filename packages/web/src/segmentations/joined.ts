import type { SegmentComparison } from '@kindred/model'

/** Several looks at the same two groups as one: the largest effects first, of whatever kind. */
export function joined(comparisons: readonly SegmentComparison[]): SegmentComparison | undefined {
  const [first] = comparisons
  if (first === undefined) return undefined
  return {
    ...first,
    differences: comparisons.flatMap(({ differences }) => differences).sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect)),
    examined: comparisons.reduce((sum, { examined }) => sum + examined, 0),
    leftOut: comparisons.flatMap(({ leftOut }) => leftOut),
  }
}
