import { hasCallingCode } from './calling-codes.ts'
import { type Operator, operatorOf } from './condition/index.ts'
import { type Value, valueExists } from './value.ts'
import { type AddressOperator, meetsAddress } from './value-match-address.ts'
import { type AnniversaryOperator, type DateOperator, dateProblem, type MatchContext, meetsAnniversary, meetsDate } from './value-match-date.ts'
import { type ItemsOperator, type ListOperator, meetsItems, meetsList } from './value-match-list.ts'
import { meetsNumber, type NumberOperator } from './value-match-number.ts'
import { meetsText, type TextOperator, textsOf } from './value-match-text.ts'
import { meetsVersion, type VersionOperator } from './value-match-version.ts'
import { type PositiveOperator, positiveOf } from './value-negation.ts'
import { patternProblem } from './value-pattern.ts'
import { versionOf } from './value-version.ts'

/** Whether a value meets an operator: the reference reading of the value table. The operator has passed `operatorProblem`. */
export function matches(value: Value, operator: Operator, context: MatchContext): boolean {
  const { operator: positive, negated } = positiveOf(operator)
  return meets(value, positive, context) !== negated
}

type PositiveName = PositiveOperator['name']
interface Families {
  text: TextOperator
  number: NumberOperator
  date: DateOperator
  anniversary: AnniversaryOperator
  list: ListOperator
  items: ItemsOperator
  address: AddressOperator
  version: VersionOperator
}
/** An operator with the family whose file reads it. */
export type FamilyOperator = { [Family in keyof Families]: { family: Family; operator: Families[Family] } }[keyof Families] | { family: 'exists' }

const families: Record<PositiveName, FamilyOperator['family']> = {
  exists: 'exists',
  is: 'text',
  contains: 'text',
  startsWith: 'text',
  endsWith: 'text',
  matches: 'text',
  longerThan: 'text',
  shorterThan: 'text',
  equals: 'number',
  moreThan: 'number',
  atLeast: 'number',
  lessThan: 'number',
  atMost: 'number',
  between: 'number',
  before: 'date',
  after: 'date',
  on: 'date',
  betweenDates: 'date',
  withinLast: 'date',
  withinNext: 'date',
  moreThanAgo: 'date',
  moreThanAhead: 'date',
  anniversaryWithinNext: 'anniversary',
  anniversaryWithinLast: 'anniversary',
  hasAnyOf: 'list',
  hasAllOf: 'list',
  length: 'items',
  someItem: 'items',
  someItemWhere: 'items',
  versionEquals: 'version',
  versionMoreThan: 'version',
  versionAtLeast: 'version',
  versionLessThan: 'version',
  versionAtMost: 'version',
  versionTilde: 'version',
  versionCaret: 'version',
  domainIs: 'address',
  pathIs: 'address',
  pathStartsWith: 'address',
  queryParameter: 'address',
  countryCodeIs: 'address',
}

export function familyOf(operator: PositiveOperator): FamilyOperator {
  return { family: families[operator.name], operator } as FamilyOperator
}

function meets(value: Value, positive: PositiveOperator, context: MatchContext): boolean {
  const of = familyOf(positive)
  const inner = (each: Value, operator: Operator) => matches(each, operator, context)
  switch (of.family) {
    case 'exists':
      return valueExists(value)
    case 'text':
      return meetsText(value, of.operator)
    case 'number':
      return meetsNumber(value, of.operator)
    case 'date':
      return meetsDate(value, of.operator, context)
    case 'anniversary':
      return meetsAnniversary(value, of.operator, context)
    case 'list':
      return meetsList(value, of.operator)
    case 'items':
      return meetsItems(value, of.operator, inner)
    case 'address':
      return meetsAddress(value, of.operator, inner)
    case 'version':
      return meetsVersion(value, of.operator)
  }
}

/** What keeps an operator from being used, in words; null where nothing does. Checked when a definition is saved or run. */
export function operatorProblem(operator: Operator): string | null {
  const { operator: positive } = positiveOf(operator)
  switch (positive.name) {
    case 'matches': {
      const problem = patternProblem(positive.operand)
      return problem === null ? null : `the pattern cannot be read: ${problem}`
    }
    case 'someItem':
    case 'queryParameter':
      return operatorProblem(operatorOf(positive.operand))
    case 'someItemWhere':
      return positive.operand.map((each) => operatorProblem(operatorOf(each))).find((problem) => problem !== null) ?? null
    case 'countryCodeIs': {
      const unknown = textsOf(positive.operand).find((each) => !hasCallingCode(each.toUpperCase()))
      return unknown === undefined ? null : `"${unknown}" is not a country with telephone numbers; write its two letters, such as IE`
    }
    default:
      if (positive.name.startsWith('version'))
        return versionOf(String(positive.operand)) === null ? `"${String(positive.operand)}" is not a version such as 1.2.3` : null
      return dateProblem(positive)
  }
}
