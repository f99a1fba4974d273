import { type Filter, KindredError } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { type Conditions, conditionsOf, type DateOperator, type RelativeDate } from '../src/segments/posthog/property-filter.ts'
import { type CaseFilter, NotSupported } from './case.ts'

export interface FilterContext {
  /** Epoch milliseconds, for relative dates. */
  now: number
  timezone: string
  /** The segments made for the cohorts of the case. */
  segments: ReadonlyMap<number, number>
}

/** The filters of a case in our language. A filter that lacks its value is ignored, as PostHog does. */
export function filtersOf(filters: readonly CaseFilter[] | undefined, context: FilterContext): Filter[] {
  return (filters ?? []).flatMap((filter): Filter[] => {
    if (filter.type === 'AND') return filtersOf(filter.values, context)
    if (filter.type === 'cohort' || filter.key === 'id') return [cohortFilter(filter, context)]
    const of = filter.type ?? 'event'
    if (of !== 'event' && of !== 'person') throw new NotSupported(`filters of type ${of}`)
    const relativeDate = (operator: DateOperator, relative: RelativeDate) => fixedDate(operator, relative, context)
    return orNotSupported(() => conditionsOf(filter, { path: 'filter', relativeDate })).map((condition) => ({ of, ...condition }))
  })
}

/** What has no exact like in our language is left out of the count of cases, not failed. */
function orNotSupported<Read>(read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    throw error instanceof KindredError && error.code === 'cohort/unsupported' ? new NotSupported(error.message) : error
  }
}

/** The segment that was made for a cohort of the case. */
export function segmentOf(cohort: number, { segments }: Pick<FilterContext, 'segments'>): number {
  const segment = segments.get(cohort)
  if (segment === undefined) throw new NotSupported(`the unknown cohort ${cohort}`)
  return segment
}

function cohortFilter({ operator = 'in', value, type }: CaseFilter, context: FilterContext): Filter {
  if (type !== 'cohort') throw new NotSupported('filters by the person id')
  const segment = segmentOf(Number(value), context)
  return operator === 'not_in' ? { notIn: segment } : { in: segment }
}

/** A question is asked once: a date that is counted back from now is that instant. */
function fixedDate(operator: DateOperator, { count, unit }: RelativeDate, { now, timezone }: FilterContext): Conditions {
  const units = { h: 'hours', d: 'days', w: 'weeks', m: 'months', q: 'weeks', y: 'years' } as const
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone)
  return [{ [operator]: new Date(at.subtract({ [units[unit]]: count * (unit === 'q' ? 13 : 1) }).epochMilliseconds).toISOString() }]
}
