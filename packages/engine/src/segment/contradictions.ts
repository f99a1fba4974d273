import { type Condition, compareNumber, type NumberOperator, type Operator, operatorOf, textOf } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'

/** Two conditions of one property that no value meets at once: the place of the second, and what to say of it. */
export interface Contradiction {
  index: number
  reason: string
}

/**
 * Conditions of an `all` that are asked of one property and exclude each other, so that nobody can meet them. Only what is certain for every value: operators
 * of single values, because a list may hold both of two texts.
 */
export function contradictionsOf(conditions: readonly Condition[]): Contradiction[] {
  const asked = conditions.flatMap((condition, index) => ('property' in condition ? [{ index, condition, operator: operatorOf(condition) }] : []))
  return asked.flatMap(({ index, condition, operator }, place) => {
    const other = asked.slice(0, place).find((each) => each.condition.property === condition.property && exclude(each.operator, operator))
    return other === undefined
      ? []
      : [{ index, reason: `nobody can meet this together with condition ${other.index + 1} of the same group, which is about “${condition.property}” too` }]
  })
}

function exclude(one: Operator, other: Operator): boolean {
  return [
    [one, other],
    [other, one],
  ].some(
    ([first, second]) =>
      first !== undefined && second !== undefined && (isKnownAndNot(first, second) || textsExclude(first, second) || numbersExclude(first, second)),
  )
}

const negative: readonly Operator['name'][] = [
  'missing',
  'isNot',
  'notContains',
  'notMatches',
  'notEquals',
  'notBetween',
  'hasNoneOf',
  'domainIsNot',
  'versionNotEquals',
]

/** A missing value meets the negations, and what an empty list may meet. */
function isKnownAndNot(one: Operator, other: Operator): boolean {
  return one.name === 'missing' && !negative.includes(other.name) && other.name !== 'length' && other.name !== 'hasAllOf'
}

function textsExclude(one: Operator, other: Operator): boolean {
  if (one.name !== 'is') return false
  const ignoring = one.ignoringCase || other.ignoringCase
  const texts = (operand: unknown) => {
    const all = (Array.isArray(operand) ? operand : [operand]).flatMap((each: string | number | boolean) => textOf(each) ?? [])
    return ignoring ? all.map((text) => text.toLowerCase()) : all
  }
  const asked = texts(one.operand)
  if (other.name === 'is') return !asked.some((text) => texts(other.operand).includes(text))
  // Where capitals matter to only one of the two, a text may meet both.
  if (other.name === 'isNot') return one.ignoringCase === other.ignoringCase && asked.every((text) => texts(other.operand).includes(text))
  return false
}

const numberNames: readonly Operator['name'][] = ['equals', 'moreThan', 'atLeast', 'lessThan', 'atMost', 'between']

function numbersExclude(one: Operator, other: Operator): boolean {
  if (!isOfNumbers(one) || !isOfNumbers(other)) return false
  // Each of the two holds on one stretch of numbers: they meet at an end of one of them, between two ends, or far out, if at all.
  const ends = [...boundsOf(one), ...boundsOf(other)].map(({ operand }) => operand).sort((low, high) => low - high)
  const between = ends.slice(1).map((end, index) => (end + (ends[index] ?? end)) / 2)
  const [least = 0, most = 0] = [ends[0], ends.at(-1)]
  return ![...ends, ...between, least - 1 - Math.abs(least), most + 1 + Math.abs(most)].some(
    (number) => compareNumber(number, one) && compareNumber(number, other),
  )
}

function isOfNumbers(operator: Operator): operator is NumberOperator & Operator {
  return numberNames.includes(operator.name)
}
