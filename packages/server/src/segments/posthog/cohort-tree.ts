import { z } from 'zod'
import { cohortInvalid, cohortUnsupported } from './cohort-error.ts'

/** What PostHog's API gives for a cohort, as far as it says who is in it: groups of conditions, and each condition with where it stands. */

const number = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number)
const name = z.union([z.string(), z.number()]).transform(String)
const length = z.strictObject({ value: number, unit: z.string() })
const json = z.json()

/** Kept by PostHog beside a condition for its own use: they say nothing about who is meant. */
const unsaid = {
  bytecode: z.unknown(),
  bytecode_error: z.unknown(),
  conditionHash: z.unknown(),
  cohort_name: z.unknown(),
  label: z.unknown(),
  group_key_names: z.unknown(),
  sort_key: z.unknown(),
}
const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).partial().shape

const filterSchema = z.strictObject({
  type: z.string().nullish(),
  key: name,
  operator: z.string().nullish(),
  value: json.optional(),
  ...optional(unsaid),
})
/** Filters as a list, or as one group that asks for all of them. */
const filtersSchema = z.union([
  z.array(filterSchema),
  z.strictObject({ type: z.literal('AND'), values: z.array(filterSchema) }).transform(({ values }) => values),
])

const personSchema = z.strictObject({ ...filterSchema.shape, type: z.literal('person'), negation: z.boolean().nullish() })
const inCohortSchema = z.strictObject({
  type: z.enum(['cohort', 'static-cohort', 'precalculated-cohort', 'dynamic-cohort']),
  key: z.literal('id').optional(),
  value: z.union([name, z.tuple([name]).transform(([only]) => only)]),
  operator: z.enum(['in', 'not_in', 'exact']).nullish(),
  negation: z.boolean().nullish(),
  ...optional(unsaid),
})

const behaviors = [
  'performed_event',
  'performed_event_multiple',
  'performed_event_first_time',
  'performed_event_sequence',
  'performed_event_regularly',
  'stopped_performing_event',
  'restarted_performing_event',
] as const
const eventTypes = z.enum(['events', 'actions'])
const behaviorSchema = z.strictObject({
  type: z.literal('behavioral'),
  value: z.enum(behaviors),
  key: name.nullable(),
  event_type: eventTypes.default('events'),
  event_filters: filtersSchema.nullish(),
  operator: z.string().nullish(),
  operator_value: number.nullish(),
  time_value: number.nullish(),
  time_interval: z.string().nullish(),
  explicit_datetime: z.string().nullish(),
  explicit_datetime_to: z.string().nullish(),
  seq_event: name.nullish(),
  seq_event_type: eventTypes.nullish(),
  seq_time_value: number.nullish(),
  seq_time_interval: z.string().nullish(),
  total_periods: number.nullish(),
  min_periods: number.nullish(),
  negation: z.boolean().nullish(),
  ...optional(unsaid),
})
export type Behavior = z.output<typeof behaviorSchema>

/** The same condition as PostHog's tests write it down: `kind` and lengths of time instead of pairs of fields. */
const describedSchema = z
  .strictObject({
    type: z.literal('behavioral'),
    kind: z.enum(behaviors),
    event: name.nullish(),
    event_filters: filtersSchema.nullish(),
    operator: z.string().nullish(),
    count: number.nullish(),
    within: length.optional(),
    not_within: length.optional(),
    again_within: length.optional(),
    then_event: name.optional(),
    then_within: length.optional(),
    period: length.optional(),
    total_periods: number.optional(),
    min_periods: number.optional(),
    negation: z.boolean().nullish(),
  })
  .transform((given): Behavior => {
    const isRestarted = given.kind === 'restarted_performing_event'
    const time = isRestarted ? given.not_within : (given.period ?? given.within)
    const then = isRestarted ? given.again_within : (given.then_within ?? given.not_within)
    return {
      type: 'behavioral',
      value: given.kind,
      key: given.event ?? null,
      event_type: 'events',
      event_filters: given.event_filters,
      operator: given.operator,
      operator_value: given.count,
      time_value: time?.value,
      time_interval: time?.unit,
      seq_event: given.then_event,
      seq_event_type: 'events',
      seq_time_value: then?.value,
      seq_time_interval: then?.unit,
      total_periods: given.total_periods,
      min_periods: given.min_periods,
      negation: given.negation,
    }
  })

export type CohortLeaf = z.output<typeof personSchema> | z.output<typeof inCohortSchema> | Behavior
export type CohortTree = { type: 'AND' | 'OR'; parts: CohortTree[]; path: string } | { leaf: CohortLeaf; path: string }

/** The tree of a whole cohort, of its `filters`, or as it is. Errors: `cohort/invalid` and `cohort/unsupported`, with the path in what was given. */
export function readCohort(given: unknown): CohortTree {
  const { value, path } = treeOf(given, [])
  return readTree(value, path)
}

function treeOf(value: unknown, path: readonly string[]): { value: unknown; path: readonly string[] } {
  if (!isObject(value)) throw cohortInvalid(path.join('.'), 'a cohort is an object')
  if (value.is_static === true)
    throw cohortUnsupported(path.join('.'), 'a static cohort is a list of people and has no rule: keep its people as a frozen segment')
  if (value.filterTestAccounts === true)
    throw cohortUnsupported([...path, 'filterTestAccounts'].join('.'), 'who is a test account is a setting of the PostHog project')
  if (isObject(value.filters)) return treeOf(value.filters, [...path, 'filters'])
  if (isObject(value.properties)) return treeOf(value.properties, [...path, 'properties'])
  if (Array.isArray(value.groups) && value.groups.length > 0 && !Array.isArray(value.values)) {
    throw cohortUnsupported([...path, 'groups'].join('.'), 'it has the form of before 2022: save it once in PostHog, which brings it into the present one')
  }
  return { value, path }
}

function readTree(value: unknown, path: readonly string[]): CohortTree {
  if (!isObject(value)) throw cohortInvalid(path.join('.'), 'a condition is an object')
  if (value.type !== 'AND' && value.type !== 'OR') return { leaf: readLeaf(value, path), path: path.join('.') }
  if (!Array.isArray(value.values) || value.values.length === 0) throw cohortInvalid([...path, 'values'].join('.'), 'a group holds at least one condition')
  return { type: value.type, parts: value.values.map((part, index) => readTree(part, [...path, 'values', String(index)])), path: path.join('.') }
}

function readLeaf(value: Record<string, unknown>, path: readonly string[]): CohortLeaf {
  const schemas = { person: personSchema, behavioral: 'kind' in value ? describedSchema : behaviorSchema } as const
  const isCohort = String(value.type).endsWith('cohort')
  const schema = isCohort ? inCohortSchema : Object.hasOwn(schemas, String(value.type)) ? schemas[value.type as keyof typeof schemas] : undefined
  if (schema === undefined) throw cohortUnsupported([...path, 'type'].join('.'), `conditions of type ${String(value.type)} have no like here`)
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw cohortInvalid([...path, ...(issue?.path ?? []).map(String)].join('.'), issue?.message ?? 'it has not the right shape')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
