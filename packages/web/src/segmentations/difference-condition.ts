import { type Condition, type SegmentDifference, standardFieldNamed } from '@kindred/model'

/** Whom a share counts; null for a mean, which counts nobody. */
export function differenceCondition(difference: SegmentDifference): Condition | null {
  const { kind, name } = difference
  if (kind === 'event') return { did: name, within: { last: '90 days' } }
  if (kind === 'number' || kind === 'trait') return null
  const values = [difference.value]
  if (kind === 'traitValue') return difference.isList ? { trait: name, hasAnyOf: values } : { trait: name, is: values }
  // A property of the project's own may hold lists, of which a single value is the shortest.
  const isSingle = standardFieldNamed(name) !== undefined && standardFieldNamed(name)?.type !== 'list'
  return isSingle ? { property: name, is: values } : { property: name, hasAnyOf: values }
}
