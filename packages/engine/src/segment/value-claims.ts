import {
  dateBounds,
  type FamilyOperator,
  familyOf,
  isNegative,
  type MatchContext,
  matches,
  operatorOf,
  type PositiveOperator,
  textsOf,
  versionBounds,
} from '@kindred/model'
import { canonical } from './canonical.ts'
import { areApart, countsOf, isBelow, isEmpty, isInside, least, numbersOf, type Stretch } from './stretch.ts'

/** What no value at all can meet, in words; null where some can. Not what only time keeps from being met. */
export function emptiness(operator: PositiveOperator, clock: MatchContext): string | null {
  if (isOfLists(operator) && listed(operator).length === 0) return 'nothing is listed'
  if (operator.name === 'shorterThan' && operator.operand < 2) return 'a text that is there has at least one character'
  const found = stretchOf(operator, clock)
  if (found === null || !isEmpty(found.stretch)) return null
  if (operator.name === 'between') return 'the first number is above the second'
  if (operator.name === 'betweenDates') return 'the first date is after the second'
  return operator.name === 'length' ? 'the number of items is a whole number from 0' : 'nothing lies in it'
}

/** No value meets both, now or at any time. */
export function valuesExclude(one: PositiveOperator, other: PositiveOperator, clock: MatchContext): boolean {
  if (emptiness(one, clock) !== null || emptiness(other, clock) !== null) return true
  if (areAllTold(one, other)) return !listed(one).some((text) => matches(text, other, clock))
  if (areAllTold(other, one)) return !listed(other).some((text) => matches(text, one, clock))
  if ((one.name === 'startsWith' || one.name === 'endsWith') && one.name === other.name && !one.ignoringCase && !other.ignoringCase)
    return !listed(one).some((text) => listed(other).some((each) => text[one.name](each) || each[one.name](text)))
  const [first, second] = [stretchOf(one, clock), stretchOf(other, clock)]
  if (first === null || second === null || first.of !== second.of) return false
  // What moves on with the clock leaves what stands still behind for good, and may yet reach what lies ahead.
  if (first.moves === second.moves) return areApart(first.stretch, second.stretch)
  return first.moves ? isBelow(second.stretch, first.stretch) : isBelow(first.stretch, second.stretch)
}

/** Whatever value meets the one meets the other, now and at any time. */
export function valueImplies(one: PositiveOperator, other: PositiveOperator, clock: MatchContext): boolean {
  if (emptiness(one, clock) !== null || canonical(one) === canonical(other)) return true
  if (other.name === 'exists') return !isMetByNothing(one)
  if (areAllTold(one, other)) return listed(one).every((text) => matches(text, other, clock))
  if ((one.name === 'hasAnyOf' || one.name === 'hasAllOf') && other.name === 'hasAnyOf' && one.ignoringCase === other.ignoringCase) {
    const wanted = new Set(listed(other))
    return one.name === 'hasAnyOf' ? listed(one).every((text) => wanted.has(text)) : listed(one).some((text) => wanted.has(text))
  }
  const [first, second] = [stretchOf(one, clock), stretchOf(other, clock)]
  if (first === null || second === null || first.of !== second.of) return false
  return first.moves === second.moves && isInside(first.stretch, second.stretch)
}

/** What a value that is missing may meet, although the operator is no negation. */
function isMetByNothing(operator: PositiveOperator): boolean {
  if (operator.name === 'length') return true
  if (operator.name === 'hasAllOf') return listed(operator).length === 0
  return operator.name === 'queryParameter' && isNegative(operatorOf(operator.operand).name)
}

type ListOperator = Extract<
  PositiveOperator,
  { name: 'is' | 'contains' | 'startsWith' | 'endsWith' | 'hasAnyOf' | 'hasAllOf' | 'domainIs' | 'pathIs' | 'pathStartsWith' | 'countryCodeIs' }
>
const ofLists: readonly PositiveOperator['name'][] = [
  'is',
  'contains',
  'startsWith',
  'endsWith',
  'hasAnyOf',
  'domainIs',
  'pathIs',
  'pathStartsWith',
  'countryCodeIs',
] satisfies ListOperator['name'][]

/** Any of a list is asked for, so that an empty one asks for nothing that there is. */
function isOfLists(operator: PositiveOperator): operator is ListOperator {
  return ofLists.includes(operator.name)
}

function listed({ operand }: ListOperator): string[] {
  return textsOf(operand)
}

const relative: readonly FamilyOperator['family'][] = ['date', 'anniversary']
const ofAnyCase: readonly PositiveOperator['name'][] = ['is', 'contains', 'startsWith', 'endsWith']
/** Longer lists are not gone through. */
const longest = 1000

/**
 * `one` lists every text that it takes, so that asking each of them tells all about `other`. Texts that are read ignoring case stand for others, which only what
 * ignores it too reads alike; dates are read by the clock.
 */
function areAllTold(one: PositiveOperator, other: PositiveOperator): one is Extract<PositiveOperator, { name: 'is' }> {
  if (one.name !== 'is' || relative.includes(familyOf(other).family) || listed(one).length > longest) return false
  if (isOfLists(other) && listed(other).length > longest) return false
  return !one.ignoringCase || (other.ignoringCase && ofAnyCase.includes(other.name))
}

/** `moves`: its ends move on with the clock. */
interface Found {
  readonly of: 'number' | 'date' | 'version' | 'letters' | 'items'
  readonly stretch: Stretch
  readonly moves: boolean
}

function stretchOf(positive: PositiveOperator, clock: MatchContext): Found | null {
  if (positive.name === 'length') return itemsOf(positive)
  if (positive.name === 'longerThan') return { of: 'letters', stretch: { low: least(positive.operand + 1) }, moves: false }
  if (positive.name === 'shorterThan') return { of: 'letters', stretch: { low: least(1), high: least(positive.operand - 1) }, moves: false }
  const { family, operator } = { operator: positive, ...familyOf(positive) } as FamilyOperator & { operator: PositiveOperator }
  if (family === 'number') return { of: 'number', stretch: numbersOf(operator), moves: false }
  if (family === 'version') return { of: 'version', stretch: versionsOf(operator), moves: false }
  if (family !== 'date') return null
  const { from, to } = dateBounds(operator, clock)
  const stretch = { ...(Number.isFinite(from) && { low: least(from) }), ...(Number.isFinite(to) && { high: least(to) }) }
  return { of: 'date', stretch, moves: !['before', 'after', 'on', 'betweenDates'].includes(operator.name) }
}

function itemsOf({ operand }: Extract<PositiveOperator, { name: 'length' }>): Found | null {
  const comparison = operatorOf(operand)
  if (isNegative(comparison.name)) return null
  return { of: 'items', stretch: countsOf(numbersOf(comparison as Parameters<typeof numbersOf>[0])), moves: false }
}

function versionsOf(operator: Parameters<typeof versionBounds>[0]): Stretch {
  const { low, withLow, high, withHigh } = versionBounds(operator)
  return {
    ...(low !== undefined && { low: { at: low, belongs: withLow } }),
    ...(high !== undefined && { high: { at: high, belongs: withHigh } }),
  }
}
