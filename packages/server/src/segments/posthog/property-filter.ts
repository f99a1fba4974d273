import { type JsonValue, type PropertyCondition, patternProblem } from '@kindred/model'
import { cohortUnsupported } from './cohort-error.ts'

export interface PosthogFilter {
  key?: string | undefined
  operator?: string | null | undefined
  value?: JsonValue | undefined
}
export interface FilterPlace {
  path: string
  /** What a date that is counted back from now is, `-7d` and the like, for an operator of ours. */
  relativeDate: (operator: DateOperator, relative: RelativeDate) => Conditions
}
export type DateOperator = 'on' | 'before' | 'after'
export interface RelativeDate {
  count: number
  unit: 'h' | 'd' | 'w' | 'm' | 'q' | 'y'
}
export type Conditions = Omit<PropertyCondition, 'property'>[]

/**
 * A property filter of PostHog; all of the conditions together mean the same. One that lacks its value is ignored, as PostHog does. Errors: `cohort/unsupported`.
 */
export function conditionsOf({ key, operator, value }: PosthogFilter, place: FilterPlace): PropertyCondition[] {
  if (key === undefined) return []
  const needsNoValue = operator === 'is_set' || operator === 'is_not_set'
  if (!needsNoValue && (value === undefined || value === null)) return []
  return read(operator ?? 'exact', value ?? null, place).map((condition) => ({ property: key, ...condition }))
}

const nothing: Conditions = [{ is: [] }]

function read(operator: string, value: JsonValue, place: FilterPlace): Conditions {
  switch (operator) {
    case 'exact':
      return [{ is: scalars(value) }]
    case 'is_not':
      return [{ isNot: scalars(value) }]
    case 'is_set':
      return [{ exists: true }]
    case 'is_not_set':
      return [{ missing: true }]
    case 'icontains':
      return like(value, 'contains', 'matches')
    case 'not_icontains':
      return like(value, 'notContains', 'notMatches')
    case 'regex':
      return patternProblem(String(value)) === null ? [{ matches: String(value) }] : nothing
    case 'not_regex':
      return patternProblem(String(value)) === null ? [{ notMatches: String(value) }] : nothing
    default:
      return readNumber(operator, value, place) ?? readDate(operator, value, place) ?? readVersion(operator, value, place)
  }
}

function scalars(value: JsonValue): (string | number | boolean)[] {
  return [value].flat().filter((each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')
}

/** One value is an ILIKE pattern, in which % and _ stand for any text and any character; several are plain texts. */
function like(value: JsonValue, plain: 'contains' | 'notContains', pattern: 'matches' | 'notMatches'): Conditions {
  const texts = scalars(value).map(String)
  const [only] = texts
  if (texts.length !== 1 || only === undefined || !/[%_]/.test(only)) return [{ [plain]: texts, ignoringCase: true }]
  const wild = only
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '(?s:.*)')
    .replaceAll('_', '(?s:.)')
  return [{ [pattern]: `(?i)${wild}` }]
}

function readNumber(operator: string, value: JsonValue, { path }: FilterPlace): Conditions | null {
  const names = { gt: 'moreThan', gte: 'atLeast', lt: 'lessThan', lte: 'atMost', between: 'between', not_between: 'notBetween' } as const
  const name = names[operator as keyof typeof names]
  if (name === undefined) return null
  const numbers = [value].flat().map(Number)
  if (numbers.some((number) => !Number.isFinite(number))) throw cohortUnsupported(path, `${operator} of texts compares them letter by letter in PostHog`)
  return [{ [name]: name === 'between' || name === 'notBetween' ? numbers : numbers[0] }]
}

function readDate(operator: string, value: JsonValue, place: FilterPlace): Conditions | null {
  const names = { is_date_exact: 'on', is_date_before: 'before', is_date_after: 'after' } as const
  const name = names[operator as keyof typeof names]
  if (name === undefined) return null
  const text = String(value)
  const relative = relativeDate(text)
  if (relative !== null) return place.relativeDate(name, relative)
  return [{ [name]: /^\d+$/.test(text) ? new Date(Number(text) * 1000).toISOString() : text.replace(' ', 'T') }]
}

/** `-7d`. */
export function relativeDate(text: string): RelativeDate | null {
  const [, count, unit] = /^-?(\d+)([hdwmqy])$/.exec(text) ?? []
  return count === undefined || unit === undefined ? null : { count: Number(count), unit: unit as RelativeDate['unit'] }
}

function readVersion(operator: string, value: JsonValue, { path }: FilterPlace): Conditions {
  const names = {
    semver_eq: 'versionEquals',
    semver_neq: 'versionNotEquals',
    semver_gt: 'versionMoreThan',
    semver_gte: 'versionAtLeast',
    semver_lt: 'versionLessThan',
    semver_lte: 'versionAtMost',
    semver_tilde: 'versionTilde',
    semver_caret: 'versionCaret',
  } as const
  const name = names[operator as keyof typeof names]
  if (name !== undefined) return [{ [name]: String(value) }]
  if (operator === 'semver_wildcard') return wildcard(String(value))
  throw cohortUnsupported(path, `the operator ${operator} has no like here`)
}

/** `1.2.*` is 1.2.0 and above, below 1.3.0. */
function wildcard(value: string): Conditions {
  const parts = value.split('.').filter((part) => /^\d+$/.test(part))
  const last = Number(parts.at(-1))
  return [{ versionAtLeast: parts.join('.') }, { versionLessThan: [...parts.slice(0, -1), last + 1].join('.') }]
}
