import { labelInSentence, type Operator, type OperatorName, operatorOf, propertyLabel } from '@kindred/model'

/** Words of each operator and of its opposite; `…` stands for the operand. */
const words = {
  exists: ['is known', 'is not known'],
  missing: ['is not known', 'is known'],
  is: ['is …', 'is not …'],
  isNot: ['is not …', 'is …'],
  contains: ['contains …', 'does not contain …'],
  notContains: ['does not contain …', 'contains …'],
  startsWith: ['starts with …', 'does not start with …'],
  endsWith: ['ends with …', 'does not end with …'],
  matches: ['matches the pattern …', 'does not match the pattern …'],
  notMatches: ['does not match the pattern …', 'matches the pattern …'],
  longerThan: ['is longer than … characters', 'is not longer than … characters'],
  shorterThan: ['is shorter than … characters', 'is not shorter than … characters'],
  equals: ['equals …', 'does not equal …'],
  notEquals: ['does not equal …', 'equals …'],
  moreThan: ['is more than …', 'is not more than …'],
  atLeast: ['is at least …', 'is not at least …'],
  lessThan: ['is less than …', 'is not less than …'],
  atMost: ['is at most …', 'is not at most …'],
  between: ['is between …', 'is not between …'],
  notBetween: ['is not between …', 'is between …'],
  before: ['is before …', 'is not before …'],
  after: ['is after …', 'is not after …'],
  on: ['is on …', 'is not on …'],
  betweenDates: ['is from …', 'is not from …'],
  withinLast: ['is within the last …', 'is not within the last …'],
  withinNext: ['is within the next …', 'is not within the next …'],
  moreThanAgo: ['is more than … ago', 'is not more than … ago'],
  moreThanAhead: ['is more than … ahead', 'is not more than … ahead'],
  anniversaryWithinNext: ['has its anniversary within the next …', 'does not have its anniversary within the next …'],
  anniversaryWithinLast: ['had its anniversary within the last …', 'did not have its anniversary within the last …'],
  length: ['has …', 'does not have …'],
  someItem: ['has an item that …', 'has no item that …'],
  someItemWhere: ['has an item whose …', 'has no item whose …'],
  domainIs: ['is of the domain …', 'is not of the domain …'],
  domainIsNot: ['is not of the domain …', 'is of the domain …'],
  pathIs: ['has the path …', 'does not have the path …'],
  pathStartsWith: ['has a path that starts with …', 'does not have a path that starts with …'],
  queryParameter: ['has a query parameter …', 'has no query parameter …'],
  countryCodeIs: ['is a number of …', 'is not a number of …'],
  hasAnyOf: ['has …', 'does not have …'],
  hasAllOf: ['has all of …', 'does not have all of …'],
  hasNoneOf: ['does not have …', 'has …'],
  versionEquals: ['is version …', 'is not version …'],
  versionNotEquals: ['is not version …', 'is version …'],
  versionMoreThan: ['is later than version …', 'is not later than version …'],
  versionAtLeast: ['is version … or later', 'is not version … or later'],
  versionLessThan: ['is earlier than version …', 'is not earlier than version …'],
  versionAtMost: ['is version … or earlier', 'is not version … or earlier'],
  versionTilde: ['is a version ~…', 'is not a version ~…'],
  versionCaret: ['is a version ^…', 'is not a version ^…'],
} as const satisfies Record<OperatorName, readonly [string, string]>

/** "is Ireland", "is not more than 5". */
export function operatorWords(operator: Operator, negated = false): string {
  const template = words[operator.name][negated ? 1 : 0]
  if (operator.name === 'anniversaryWithinNext' || operator.name === 'anniversaryWithinLast') {
    if (/^0+ /.test(operator.operand)) return negated ? 'does not have its anniversary today' : 'has its anniversary today'
  }
  const said = template.replace('…', () => operandWords(operator))
  return operator.ignoringCase ? `${said}, ignoring case` : said
}

function operandWords({ name, operand }: Operator): string {
  if (operand === true && (name === 'exists' || name === 'missing')) return ''
  if (name === 'between' || name === 'notBetween') return `${operand[0]} and ${operand[1]}`
  if (name === 'betweenDates') return `${operand[0]} to ${operand[1]}`
  if (name === 'length') return itemCountWords(operatorOf(operand))
  if (name === 'someItem') return operatorWords(operatorOf(operand))
  if (name === 'someItemWhere') {
    return listWords(
      operand.map((each) => `${propertyWords(each.property)} ${operatorWords(operatorOf(each))}`),
      'and',
    )
  }
  if (name === 'queryParameter') return `“${operand.name}” that ${operatorWords(operatorOf(operand))}`
  if (!Array.isArray(operand)) return valueWords(operand)
  if (operand.length === 0) return 'nothing'
  const texts = (operand as readonly (string | number | boolean)[]).map(valueWords)
  return name === 'hasAllOf' ? listWords(texts, 'and') : listWords(texts, 'or')
}

/** "at least 2 items", "exactly 1 item". */
function itemCountWords(operator: Operator): string {
  return `${comparisonWords(operator)} ${operator.operand === 1 ? 'item' : 'items'}`
}

/** "at least 3", "exactly 5". */
export function comparisonWords(operator: Operator): string {
  return operatorWords(operator)
    .replace(/^is (not )?/, (_, opposite?: string) => opposite ?? '')
    .replace(/^equals/, 'exactly')
    .replace(/^does not equal/, 'not exactly')
}

/** A value as it stands; in quotation marks where it could be taken for words of the sentence. */
function valueWords(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  return /^[\p{L}\p{N}][\p{L}\p{N} .:@/+_$€£%&'’-]*$/u.test(value) && !/ (and|or) |\s$/.test(value) ? value : `“${value}”`
}

/** "a, b or c". */
export function listWords(texts: readonly string[], last: 'and' | 'or'): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)}`
}

/** A property's label as it stands inside a sentence: "country", "Country, from IP" as "country, from IP". */
export function propertyWords(key: string): string {
  return labelInSentence(propertyLabel(key))
}
