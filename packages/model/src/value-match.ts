import type { Operator, OperatorName } from './condition/index.ts'
import { integerOf, listOf, numberOf, textOf, type Value, valueExists } from './value.ts'
import { dateOf, momentRange, readDuration } from './value-date.ts'
import { type Anchor, compilePattern, patternProblem, textPattern } from './value-pattern.ts'
import { caretEnd, compareVersions, tildeEnd, type Version, versionOf } from './value-version.ts'

/** Each negative operator is the exact complement of its positive one, so it also matches where the value is missing or cannot be read. */
export const negations = {
  missing: 'exists',
  isNot: 'is',
  notContains: 'contains',
  notMatches: 'matches',
  notEquals: 'equals',
  notBetween: 'between',
  hasNoneOf: 'hasAnyOf',
  domainIsNot: 'domainIs',
  versionNotEquals: 'versionEquals',
} as const satisfies Partial<Record<OperatorName, OperatorName>>
export type NegativeName = keyof typeof negations
export type PositiveOperator = Exclude<Operator, { name: NegativeName }>

/** The positive form of an operator, and whether its answer is to be turned round. */
export function positiveOf(operator: Operator): { operator: PositiveOperator; negated: boolean } {
  if (!isNegative(operator.name)) return { operator: operator as PositiveOperator, negated: false }
  return { operator: { ...operator, name: negations[operator.name] } as PositiveOperator, negated: true }
}

/** Whether the operator matches where the property is missing. */
export function isNegative(name: OperatorName): name is NegativeName {
  return name in negations
}

/** The moment and the zone that a date is read in. `now` in epoch milliseconds. */
export interface MatchContext {
  now: number
  timezone: string
}

/** Whether a value meets an operator: the reference reading of the value table. The operator has passed `operatorProblem`. */
export function matches(value: Value, operator: Operator, context: MatchContext): boolean {
  const { operator: positive, negated } = positiveOf(operator)
  return meets(value, positive, context) !== negated
}

const unanswered: ReadonlySet<string> = new Set([
  'length',
  'someItem',
  'someItemWhere',
  'moreThanAhead',
  'anniversaryWithinNext',
  'anniversaryWithinLast',
  'domainIs',
  'pathIs',
  'pathStartsWith',
  'queryParameter',
  'countryCodeIs',
])

/** What keeps an operator from being used, in words; null where nothing does. Checked when a definition is saved or run. */
export function operatorProblem(operator: Operator): string | null {
  const { operator: positive } = positiveOf(operator)
  if (unanswered.has(positive.name)) return `the operator ${operator.name} cannot be answered yet`
  if (positive.name === 'matches') {
    const problem = patternProblem(positive.operand)
    return problem === null ? null : `the pattern cannot be read: ${problem}`
  }
  if (positive.name.startsWith('version'))
    return versionOf(String(positive.operand)) === null ? `"${String(positive.operand)}" is not a version such as 1.2.3` : null
  return momentProblem(positive)
}

function momentProblem(operator: PositiveOperator): string | null {
  const moments = { before: 1, after: 1, on: 1, betweenDates: 1 }
  if (!(operator.name in moments)) return null
  try {
    for (const moment of [operator.operand].flat()) momentRange(String(moment), 'UTC')
    return null
  } catch (error) {
    return error instanceof RangeError ? error.message : 'the date cannot be read'
  }
}

function meets(value: Value, operator: PositiveOperator, context: MatchContext): boolean {
  switch (operator.name) {
    case 'exists':
      return valueExists(value)
    case 'is':
      return meetsText(value, operator, 'whole')
    case 'contains':
      return meetsText(value, operator, 'anywhere')
    case 'startsWith':
      return meetsText(value, operator, 'start')
    case 'endsWith':
      return meetsText(value, operator, 'end')
    case 'matches': {
      const text = textOf(value)
      return text !== null && compilePattern(operator.ignoringCase ? `(?i)${operator.operand}` : operator.operand).found(text)
    }
    case 'longerThan':
    case 'shorterThan': {
      const text = textOf(value)
      if (text === null) return false
      return operator.name === 'longerThan' ? [...text].length > operator.operand : [...text].length < operator.operand
    }
    case 'hasAnyOf':
    case 'hasAllOf':
      return meetsList(value, operator)
    case 'equals':
    case 'moreThan':
    case 'atLeast':
    case 'lessThan':
    case 'atMost':
    case 'between':
      return meetsNumber(value, operator)
    case 'before':
    case 'after':
    case 'on':
    case 'betweenDates':
    case 'withinLast':
    case 'withinNext':
    case 'moreThanAgo':
      return meetsDate(value, operator, context)
    default:
      return meetsVersion(value, operator as VersionOperator)
  }
}

/** The operand of a text operator as texts: a list means any of them. */
export function textsOf(operand: string | number | boolean | readonly (string | number | boolean)[]): string[] {
  return [operand].flat().map((each) => textOf(each as Value) ?? '')
}

type Of<Name extends PositiveOperator['name']> = Extract<PositiveOperator, { name: Name }>

function meetsText(value: Value, operator: Of<'is' | 'contains' | 'startsWith' | 'endsWith'>, anchor: Anchor): boolean {
  const text = textOf(value)
  const texts = textsOf(operator.operand)
  if (text === null || texts.length === 0) return false
  if (operator.ignoringCase) return compilePattern(textPattern(texts, anchor)).found(text)
  const test = {
    whole: (each: string) => text === each,
    anywhere: (each: string) => text.includes(each),
    start: (each: string) => text.startsWith(each),
    end: (each: string) => text.endsWith(each),
  }
  return texts.some(test[anchor])
}

function meetsList(value: Value, operator: Of<'hasAnyOf' | 'hasAllOf'>): boolean {
  const items = listOf(value)
  const has = (wanted: string) => {
    if (!operator.ignoringCase) return items.includes(wanted)
    const pattern = compilePattern(textPattern([wanted], 'whole'))
    return items.some((item) => pattern.found(item))
  }
  const wanted = textsOf(operator.operand)
  return operator.name === 'hasAnyOf' ? wanted.some(has) : wanted.every(has)
}

function meetsNumber(value: Value, operator: Of<'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between'>): boolean {
  // A bigint against a number is compared exactly, whatever its size.
  const number = integerOf(value) ?? numberOf(value)
  return number !== null && compareNumber(number, operator)
}

/** A count or a sum against a comparison. */
export function compareNumber(
  number: number | bigint,
  { name, operand }: Pick<Of<'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between'>, 'name' | 'operand'>,
): boolean {
  if (typeof operand !== 'number') return number >= operand[0] && number <= operand[1]
  switch (name) {
    case 'moreThan':
      return number > operand
    case 'atLeast':
      return number >= operand
    case 'lessThan':
      return number < operand
    case 'atMost':
      return number <= operand
    default:
      return number >= operand && number <= operand
  }
}

type DateOperator = Of<'before' | 'after' | 'on' | 'betweenDates' | 'withinLast' | 'withinNext' | 'moreThanAgo'>

/** The milliseconds that a date operator takes, both ends included. */
export function dateBounds(operator: DateOperator, { now, timezone }: MatchContext): { from: number; to: number } {
  const range = (moment: string) => momentRange(moment, timezone)
  switch (operator.name) {
    case 'before':
      return { from: -Infinity, to: range(operator.operand).start - 1 }
    case 'after':
      return { from: range(operator.operand).end + 1, to: Infinity }
    case 'on':
      return { from: range(operator.operand).start, to: range(operator.operand).end }
    case 'betweenDates':
      return { from: range(operator.operand[0]).start, to: range(operator.operand[1]).end }
    case 'withinLast':
      return { from: now - readDuration(operator.operand).milliseconds + 1, to: now }
    case 'withinNext':
      return { from: now + 1, to: now + readDuration(operator.operand).milliseconds }
    case 'moreThanAgo':
      return { from: -Infinity, to: now - readDuration(operator.operand).milliseconds }
  }
}

function meetsDate(value: Value, operator: DateOperator, context: MatchContext): boolean {
  const at = dateOf(textOf(value), context.timezone)
  if (at === null) return false
  const { from, to } = dateBounds(operator, context)
  return at >= from && at <= to
}

type VersionOperator = Extract<PositiveOperator, { name: `version${string}` }>

/** The versions that an operator takes: from `low` (itself only where `withLow`) up to `high` (itself only where `withHigh`). */
export function versionBounds({ name, operand }: VersionOperator): { low?: Version; withLow: boolean; high?: Version; withHigh: boolean } {
  const version = versionOf(operand)
  if (version === null) throw new RangeError(`${operand} is not a version`)
  switch (name) {
    case 'versionEquals':
      return { low: version, withLow: true, high: version, withHigh: true }
    case 'versionMoreThan':
      return { low: version, withLow: false, withHigh: false }
    case 'versionAtLeast':
      return { low: version, withLow: true, withHigh: false }
    case 'versionLessThan':
      return { high: version, withLow: false, withHigh: false }
    case 'versionAtMost':
      return { high: version, withLow: false, withHigh: true }
    case 'versionTilde':
      return { low: version, withLow: true, high: tildeEnd(operand), withHigh: false }
    case 'versionCaret':
      return { low: version, withLow: true, high: caretEnd(operand), withHigh: false }
  }
}

function meetsVersion(value: Value, operator: VersionOperator): boolean {
  const version = versionOf(textOf(value))
  if (version === null) return false
  const { low, withLow, high, withHigh } = versionBounds(operator)
  const above = low === undefined || compareVersions(version, low) > (withLow ? -1 : 0)
  return above && (high === undefined || compareVersions(version, high) < (withHigh ? 1 : 0))
}
