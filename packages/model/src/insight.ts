import { z } from 'zod'
import {
  conditionKinds,
  eventChoiceSchema,
  type OwnSessionFilter,
  operatorNames,
  ownSessionFacts,
  ownSessionFilterSchema,
  type PropertyCondition,
  propertyConditionSchema,
  type TraitCondition,
  traitConditionSchema,
} from './condition/index.ts'
import { meantIssue } from './meant-issue.ts'

/**
 * A filter of an insight: a property of the event or of its person (as it is now), a computed trait of the person (now), a fact of the whole session that the
 * event belongs to, or membership of a segment.
 */
export type Filter = PropertyFilter | PersonTraitFilter | SessionFilter | { in: number } | { notIn: number }
export type PropertyFilter = { of: 'event' | 'person' } & PropertyCondition
export type PersonTraitFilter = { of: 'trait' } & TraitCondition
export type SessionFilter = { of: 'session' } & OwnSessionFilter

const memberSchema = z.strictObject({ in: z.number().int().positive() })
const notMemberSchema = z.strictObject({ notIn: z.number().int().positive() })
/** What a filter holds beside whose it is. */
const filterConditions = {
  event: propertyConditionSchema,
  person: propertyConditionSchema,
  trait: traitConditionSchema,
  session: ownSessionFilterSchema,
} as const
const owners = ['event', 'person', 'trait', 'session'] as const satisfies readonly (keyof typeof filterConditions)[]

const ownedFilterSchema = z.looseObject({ of: z.enum(owners) }).transform(({ of, ...rest }, context): Filter => {
  const parsed = filterConditions[of].safeParse(rest)
  if (parsed.success) return { of, ...parsed.data } as Filter
  for (const { path, message } of parsed.error.issues.map(meantIssue)) context.issues.push({ code: 'custom', input: rest, path, message })
  return z.NEVER
})

/** Reads by kind first, so that a mistake is told at its own key instead of as "no member of the union". */
export const filterSchema: z.ZodType<Filter, Filter> = z.unknown().transform((value, context): Filter => {
  const parsed = kindOfFilter(value).safeParse(value)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues.map(meantIssue)) context.issues.push({ code: 'custom', input: value, path, message })
  return z.NEVER
}) as z.ZodType<Filter, Filter>

function kindOfFilter(value: unknown): z.ZodType<Filter> {
  if (typeof value !== 'object' || value === null || 'in' in value) return memberSchema
  return 'notIn' in value ? notMemberSchema : ownedFilterSchema
}

export const measures = [
  'total',
  'people',
  'sum',
  'average',
  'median',
  'p75',
  'p90',
  'p95',
  'p99',
  'min',
  'max',
  'weeklyActive',
  'monthlyActive',
  'sessions',
  'averagePerPerson',
  'minPerPerson',
  'maxPerPerson',
  'medianPerPerson',
  'p90PerPerson',
  'p99PerPerson',
] as const
export type Measure = (typeof measures)[number]
/** Measures of a number property; the others count. */
export const propertyMeasures = ['sum', 'average', 'median', 'p75', 'p90', 'p95', 'p99', 'min', 'max'] as const satisfies readonly Measure[]

export const seriesSchema = z
  .strictObject({
    event: eventChoiceSchema,
    name: z.string().max(200).optional(),
    measure: z.enum(measures).default('total'),
    /** The property measured, for `sum` … `max`. */
    property: z.string().min(1).max(400).optional(),
    filters: z.array(filterSchema).max(50).default([]),
  })
  .refine((series) => (propertyMeasures as readonly string[]).includes(series.measure) === (series.property !== undefined), {
    error: 'give a property with sum, average, median, p75, p90, p95, p99, min and max, and only with them',
    path: ['property'],
  })
export type Series = z.infer<typeof seriesSchema>

/**
 * `from` and `to`: a date or an instant in the project's zone, or relative: `-7d` (days; also `h`, `w`, `m` months, `q`, `y`),
 * `mStart`, `yStart`, `-1dEnd`, `all` (from the first event; only `from`). Left out: the last 7 days and today, until now.
 */
export const rangeSchema = z.strictObject({ from: z.string().max(40).optional(), to: z.string().max(40).optional() })
export type Range = z.infer<typeof rangeSchema>

export const intervals = ['hour', 'day', 'week', 'month'] as const
export type Interval = (typeof intervals)[number]
export const displays = ['line', 'bar', 'ranking', 'number', 'table', 'map'] as const
export type Display = (typeof displays)[number]

/** How a reader wants the numbers written; left out: as money where money is measured, else as numbers. It changes no answer. */
export const numberFormats = ['number', 'percent', 'money'] as const
export type NumberFormat = (typeof numberFormats)[number]

export const breakdownSchema = z.union([
  z.strictObject({
    of: z.enum(['event', 'person']),
    property: z.string().min(1).max(400),
    limit: z.number().int().min(1).max(1000).default(25),
    hideOther: z.boolean().default(false),
    /** Shows the values of a sensitive property, which is refused otherwise. */
    reveal: z.literal(true).optional(),
  }),
  /** A fact of the whole session that the event belongs to. */
  z.strictObject({
    of: z.literal('session'),
    property: z.enum(ownSessionFacts),
    limit: z.number().int().min(1).max(1000).default(25),
    hideOther: z.boolean().default(false),
    /** Shows the values of a fact that is read from a sensitive property, which is refused otherwise. */
    reveal: z.literal(true).optional(),
  }),
  /** One row per segment; they may overlap. 0 is everyone. */
  z.strictObject({ segments: z.array(z.number().int().min(0)).min(1).max(50) }),
])
export type Breakdown = z.infer<typeof breakdownSchema>

/** The filters of a question, those of its series too. */
export const filtersOf = ({ series, filters }: Pick<TrendsQuery, 'series' | 'filters'>): Filter[] => [...filters, ...series.flatMap((each) => each.filters)]

export const trendsQuerySchema = z.strictObject({
  kind: z.literal('trends').default('trends'),
  series: z.array(seriesSchema).min(1).max(26),
  /** Over the series in order, A, B, …: `B / A`. Given: only the formulas' rows are answered. */
  formulas: z.array(z.string().min(1).max(500)).max(20).default([]),
  breakdown: breakdownSchema.optional(),
  filters: z.array(filterSchema).max(50).default([]),
  range: rangeSchema.default({}),
  interval: z.enum(intervals).default('day'),
  /** `ranking`, `number`, `table` and `map` answer one value over the whole range; `line` and `bar` one per interval. */
  display: z.enum(displays).default('line'),
  cumulative: z.boolean().default(false),
  /** Each point of a line becomes the mean of itself and the points before it, so many in all, rounded down. */
  smoothing: z.number().int().min(2).max(366).optional(),
  /** `previous`: the same length of time before; or a shift such as `-1w`. */
  compare: z.strictObject({ to: z.string().regex(/^(previous|-\d{1,4}[dwmy])$/) }).optional(),
  format: z.enum(numberFormats).optional(),
})
export type TrendsQuery = z.infer<typeof trendsQuerySchema>
export type TrendsInput = z.input<typeof trendsQuerySchema>

export const insightQuerySchema = trendsQuerySchema
export type InsightQuery = TrendsQuery

/** Which part of a breakdown a row is. */
export const breakdownKeySchema = z.union([
  z.strictObject({ kind: z.literal('value'), value: z.string() }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('other') }),
  z.strictObject({ kind: z.literal('segment'), id: z.number().int().min(0), name: z.string() }),
])
export type BreakdownKey = z.infer<typeof breakdownKeySchema>

/** One line, bar or cell row of an answer. Numbers are never null: nothing there is 0. */
export interface InsightRow {
  /** Index into the query's series, or into its formulas where `formula` is true. */
  index: number
  formula: boolean
  label: string
  breakdown?: BreakdownKey
  compare?: 'current' | 'previous'
  /** One number per bucket; empty for whole-range displays. */
  data: number[]
  /** The sum of `data`, or the value over the whole range for whole-range displays. */
  total: number
  /** False where the number is not a headcount, so that its people are shown under their own words. */
  headcount: boolean
}

/** A bucket's start in epoch milliseconds and its label in the project's zone (`2026-03-31`, `2026-03-31 13:00:00`). */
export interface Bucket {
  start: number
  label: string
}

export interface InsightAnswer {
  rows: InsightRow[]
  /** Buckets of the current period; `previousBuckets` of the compared one. Empty for whole-range displays. */
  buckets: Bucket[]
  previousBuckets: Bucket[]
  /** The range read, epoch milliseconds, both ends included. */
  range: { from: number; to: number }
  interval: Interval
  /** Everything up to this log position is in the answer. */
  watermark: number
  /** The zone and the moment the answer was computed at (epoch milliseconds). */
  timezone: string
  at: number
  milliseconds: number
  /** What a reader should know: several currencies summed, values left out… */
  notes: string[]
}

/** One point, bar or cell of an answer; `bucket` left out: the whole range. */
export const pointSchema = z.strictObject({
  index: z.number().int().min(0),
  formula: z.boolean().default(false),
  breakdown: breakdownKeySchema.optional(),
  /** Start of the bucket, epoch milliseconds, as answered. */
  bucket: z.number().int().optional(),
  compare: z.enum(['current', 'previous']).default('current'),
})
export type Point = z.infer<typeof pointSchema>

/** Names a query's own words may not use as keys of a property: kept here so both languages refuse alike. */
export const reservedWords: readonly string[] = [...conditionKinds, ...operatorNames]
