import type { Filter, JsonValue, PropertyCondition } from '@kindred/model'
import { patternProblem } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { type CaseFilter, NotSupported } from './case.ts'

export interface FilterContext {
  /** Epoch milliseconds, for relative dates. */
  now: number
  timezone: string
  /** The segment made for a cohort of the case. */
  segmentOf: (cohort: number) => number
}

/** The filters of a case in our language. A filter that lacks its value is ignored, as PostHog does. */
export function filtersOf(filters: readonly CaseFilter[] | undefined, context: FilterContext): Filter[] {
  return (filters ?? []).flatMap((filter): Filter[] => {
    if (filter.type === 'AND') return filtersOf(filter.values, context)
    if (filter.type === 'cohort' || filter.key === 'id') return [cohortFilter(filter, context)]
    const of = filter.type ?? 'event'
    if (of !== 'event' && of !== 'person') throw new NotSupported(`filters of type ${of}`)
    return conditionsOf(filter, context).map((condition) => ({ of, ...condition }))
  })
}

function cohortFilter({ operator = 'in', value, type }: CaseFilter, { segmentOf }: FilterContext): Filter {
  if (type !== 'cohort') throw new NotSupported('filters by the person id')
  const negative = operator === 'not_in'
  const segment = segmentOf(Number(value))
  return negative ? { notIn: segment } : { in: segment }
}

type Conditions = Omit<PropertyCondition, 'property'>[]

/** A property filter; all of the conditions together mean the same. */
export function conditionsOf({ key, operator = 'exact', value }: CaseFilter, context: FilterContext): PropertyCondition[] {
  if (key === undefined) return []
  const needsNoValue = operator === 'is_set' || operator === 'is_not_set'
  if (!needsNoValue && (value === undefined || value === null)) return []
  return read(operator, value ?? null, context).map((condition) => ({ property: key, ...condition }))
}

const nothing: Conditions = [{ is: [] }]

function read(operator: string, value: JsonValue, context: FilterContext): Conditions {
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
      return readNumber(operator, value) ?? readDate(operator, value, context) ?? readVersion(operator, value)
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

function readNumber(operator: string, value: JsonValue): Conditions | null {
  const names = { gt: 'moreThan', gte: 'atLeast', lt: 'lessThan', lte: 'atMost', between: 'between', not_between: 'notBetween' } as const
  const name = names[operator as keyof typeof names]
  if (name === undefined) return null
  const numbers = [value].flat().map(Number)
  if (numbers.some((number) => !Number.isFinite(number))) throw new NotSupported(`${operator} of texts`)
  return [{ [name]: name === 'between' || name === 'notBetween' ? numbers : numbers[0] }]
}

function readDate(operator: string, value: JsonValue, context: FilterContext): Conditions | null {
  const names = { is_date_exact: 'on', is_date_before: 'before', is_date_after: 'after' } as const
  const name = names[operator as keyof typeof names]
  return name === undefined ? null : [{ [name]: momentOf(String(value), context) }]
}

/** A date or an instant as our language writes them; relative ones are counted back from now. */
function momentOf(text: string, { now, timezone }: Pick<FilterContext, 'now' | 'timezone'>): string {
  const [, count, unit] = /^-?(\d+)([hdwmqy])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return /^\d+$/.test(text) ? new Date(Number(text) * 1000).toISOString() : text.replace(' ', 'T')
  const units = { h: 'hours', d: 'days', w: 'weeks', m: 'months', q: 'weeks', y: 'years' } as const
  const length = Number(count) * (unit === 'q' ? 13 : 1)
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone)
  return new Date(at.subtract({ [units[unit as keyof typeof units]]: length }).epochMilliseconds).toISOString()
}

function readVersion(operator: string, value: JsonValue): Conditions {
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
  throw new NotSupported(`the operator ${operator}`)
}

/** `1.2.*` is 1.2.0 and above, below 1.3.0. */
function wildcard(value: string): Conditions {
  const parts = value.split('.').filter((part) => /^\d+$/.test(part))
  const last = Number(parts.at(-1))
  return [{ versionAtLeast: parts.join('.') }, { versionLessThan: [...parts.slice(0, -1), last + 1].join('.') }]
}
