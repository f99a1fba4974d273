import type { Comparison } from '@kindred/model'

export function compares(number: number, comparison: Comparison): boolean {
  const { equals, notEquals, moreThan, atLeast, lessThan, atMost, between, notBetween } = comparison
  if (equals !== undefined) return number === equals
  if (notEquals !== undefined) return number !== notEquals
  if (moreThan !== undefined) return number > moreThan
  if (atLeast !== undefined) return number >= atLeast
  if (lessThan !== undefined) return number < lessThan
  if (atMost !== undefined) return number <= atMost
  if (between !== undefined) return number >= between[0] && number <= between[1]
  return notBetween !== undefined && !(number >= notBetween[0] && number <= notBetween[1])
}
