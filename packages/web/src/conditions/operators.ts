import type { OperatorName } from '@kindred/model'

/** What a property's values are; decides which operators make sense and how an operand is typed in. */
export const valueTypes = ['text', 'number', 'yes-no', 'date', 'list'] as const
export type ValueType = (typeof valueTypes)[number]

/**
 * How an operand is asked for. `values` offers the real values; plural kinds ask for two. `comparison`, `item`, `items` and `parameter` hold an
 * operator of their own.
 */
export type OperandKind =
  | 'none'
  | 'values'
  | 'texts'
  | 'text'
  | 'yes-no'
  | 'number'
  | 'numbers'
  | 'length'
  | 'moment'
  | 'moments'
  | 'duration'
  | 'comparison'
  | 'item'
  | 'items'
  | 'parameter'

/** Operands that hold an operator of their own. */
export type NestedKind = 'comparison' | 'item' | 'items' | 'parameter'

interface OperatorWords {
  words: string
  operand: OperandKind
  /** True where people without a value match too, which the row says. */
  negative?: true
  /** True where upper and lower case may be told apart. */
  cased?: true
}

export const operatorWords: Record<OperatorName, OperatorWords> = {
  is: { words: 'is', operand: 'values', cased: true },
  isNot: { words: 'is not', operand: 'values', negative: true, cased: true },
  contains: { words: 'contains', operand: 'texts', cased: true },
  notContains: { words: 'does not contain', operand: 'texts', negative: true, cased: true },
  startsWith: { words: 'starts with', operand: 'texts', cased: true },
  endsWith: { words: 'ends with', operand: 'texts', cased: true },
  matches: { words: 'matches the pattern', operand: 'text', cased: true },
  notMatches: { words: 'does not match the pattern', operand: 'text', negative: true, cased: true },
  longerThan: { words: 'is longer than', operand: 'length' },
  shorterThan: { words: 'is shorter than', operand: 'length' },
  equals: { words: 'equals', operand: 'number' },
  notEquals: { words: 'does not equal', operand: 'number', negative: true },
  moreThan: { words: 'is more than', operand: 'number' },
  atLeast: { words: 'is at least', operand: 'number' },
  lessThan: { words: 'is less than', operand: 'number' },
  atMost: { words: 'is at most', operand: 'number' },
  between: { words: 'is between', operand: 'numbers' },
  notBetween: { words: 'is not between', operand: 'numbers', negative: true },
  before: { words: 'is before', operand: 'moment' },
  after: { words: 'is after', operand: 'moment' },
  on: { words: 'is on', operand: 'moment' },
  betweenDates: { words: 'is between', operand: 'moments' },
  withinLast: { words: 'was within the last', operand: 'duration' },
  withinNext: { words: 'is within the next', operand: 'duration' },
  moreThanAgo: { words: 'was more than … ago', operand: 'duration' },
  moreThanAhead: { words: 'is more than … ahead', operand: 'duration' },
  anniversaryWithinNext: { words: 'has its anniversary within the next', operand: 'duration' },
  anniversaryWithinLast: { words: 'had its anniversary within the last', operand: 'duration' },
  domainIs: { words: 'is of the domain', operand: 'texts' },
  domainIsNot: { words: 'is not of the domain', operand: 'texts', negative: true },
  pathIs: { words: 'has the path', operand: 'texts' },
  pathStartsWith: { words: 'has a path that starts with', operand: 'texts' },
  countryCodeIs: { words: 'is a phone number of', operand: 'texts' },
  hasAnyOf: { words: 'has any of', operand: 'values', cased: true },
  hasAllOf: { words: 'has all of', operand: 'values', cased: true },
  hasNoneOf: { words: 'has none of', operand: 'values', negative: true, cased: true },
  length: { words: 'has a number of items', operand: 'comparison' },
  someItem: { words: 'has an item that', operand: 'item' },
  someItemWhere: { words: 'has an item whose', operand: 'items' },
  queryParameter: { words: 'has the URL parameter', operand: 'parameter' },
  versionEquals: { words: 'is version', operand: 'text' },
  versionNotEquals: { words: 'is not version', operand: 'text', negative: true },
  versionMoreThan: { words: 'is newer than version', operand: 'text' },
  versionAtLeast: { words: 'is at least version', operand: 'text' },
  versionLessThan: { words: 'is older than version', operand: 'text' },
  versionAtMost: { words: 'is at most version', operand: 'text' },
  versionTilde: { words: 'is a patch of version', operand: 'text' },
  versionCaret: { words: 'is compatible with version', operand: 'text' },
  exists: { words: 'is known', operand: 'none' },
  missing: { words: 'is not known', operand: 'none' },
}

const existence: readonly OperatorName[] = ['exists', 'missing']

const ofType: Record<ValueType, readonly OperatorName[]> = {
  text: [
    'is',
    'isNot',
    'contains',
    'notContains',
    'startsWith',
    'endsWith',
    'matches',
    'notMatches',
    'longerThan',
    'shorterThan',
    'domainIs',
    'domainIsNot',
    'pathIs',
    'pathStartsWith',
    'queryParameter',
    'countryCodeIs',
  ],
  number: ['equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost', 'between', 'notBetween'],
  'yes-no': ['is', 'isNot'],
  date: ['before', 'after', 'on', 'betweenDates', 'withinLast', 'withinNext', 'moreThanAgo', 'moreThanAhead', 'anniversaryWithinNext', 'anniversaryWithinLast'],
  list: ['hasAnyOf', 'hasAllOf', 'hasNoneOf', 'length', 'someItem', 'someItemWhere'],
}

const versions: readonly OperatorName[] = [
  'versionEquals',
  'versionNotEquals',
  'versionMoreThan',
  'versionAtLeast',
  'versionLessThan',
  'versionAtMost',
  'versionTilde',
  'versionCaret',
]

export interface OperatorGroup {
  group: string
  operators: readonly OperatorName[]
}

const typeWords: Record<ValueType, string> = { text: 'As text', number: 'As a number', 'yes-no': 'As yes or no', date: 'As a date', list: 'As a list' }

/** Every operator, those of the property's own type first; the others stay reachable, as a text may hold numbers or versions. */
export function operatorGroups(type: ValueType): OperatorGroup[] {
  const rest = valueTypes.filter((each) => each !== type && each !== 'yes-no')
  const taken = new Set<OperatorName>(ofType[type])
  const others = rest.map((each) => ({ group: typeWords[each], operators: ofType[each].filter((name) => !taken.has(name)) }))
  return [
    { group: typeWords[type], operators: ofType[type] },
    { group: 'Known or not', operators: existence },
    ...others.filter((each) => each.operators.length > 0),
    { group: 'As a version', operators: versions },
  ]
}

/** Operators of the text of one item of a list, or of one parameter of a URL. */
export const textOperators: readonly OperatorName[] = [
  'is',
  'isNot',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'notMatches',
  'longerThan',
  'shorterThan',
]
export const parameterOperators: readonly OperatorName[] = [...textOperators, 'exists']
/** Operators of a field of an object inside a list. */
export const fieldOperators: readonly OperatorName[] = [...textOperators, ...ofType.number, ...existence]

/** The operator a row starts with. */
export const firstOperator = (type: ValueType): OperatorName =>
  ({ text: 'is', number: 'atLeast', 'yes-no': 'is', date: 'withinLast', list: 'hasAnyOf' })[type] as OperatorName

/** How this operator asks for its operand on a property of this type. */
export function operandKind(operator: OperatorName, type: ValueType): OperandKind {
  const { operand } = operatorWords[operator]
  return operand === 'values' && type === 'yes-no' ? 'yes-no' : operand
}
