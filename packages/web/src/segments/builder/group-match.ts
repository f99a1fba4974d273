import type { Group } from '../tree/node.ts'

export const matches = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'any of these' },
  { value: 'of', label: 'at least' },
  { value: 'none', label: 'none of these' },
  { value: 'not-all', label: 'not all of these' },
  { value: 'fewer', label: 'fewer than' },
] as const
export type Match = (typeof matches)[number]['value']

export function matchOf({ match, negated }: Group): Match {
  if (match === 'of') return negated ? 'fewer' : 'of'
  if (match === 'any') return negated ? 'none' : 'any'
  return negated ? 'not-all' : 'all'
}

const meaning: Record<Match, Pick<Group, 'match' | 'negated'>> = {
  all: { match: 'all', negated: false },
  any: { match: 'any', negated: false },
  of: { match: 'of', negated: false },
  none: { match: 'any', negated: true },
  'not-all': { match: 'all', negated: true },
  fewer: { match: 'of', negated: true },
}

/** Another way to join; a number is kept, and begins as most of the conditions: two of three. */
export const withMatch = (group: Group, match: Match): Group => ({
  ...group,
  ...meaning[match],
  atLeast: group.atLeast ?? Math.min(2, Math.max(1, group.children.length)),
})

/** The word between two of its conditions. */
export const joinedBy = ({ match }: Group): string => (match === 'all' ? 'and' : match === 'any' ? 'or' : 'and, or')
