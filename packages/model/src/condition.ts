import { z } from 'zod'
import { eventRoles } from './roles.ts'

/**
 * The segment language on the wire: what `docs/segments.md` describes. JSON, YAML and the builder all hold this tree.
 * Every object is strict: a key it does not know is an error that names it.
 */

/** `30 days`, `1 hour`. A day is 24 h, a week 7 × 24 h. */
export const durationSchema = z.string().regex(/^\d{1,6} (minutes?|hours?|days?|weeks?)$/, 'write a length of time such as "30 days"')
/** `12 months`: lengths of the calendar too, which only windows of whole days or whole months can be counted in. */
const calendarDurationSchema = z.string().regex(/^\d{1,6} (minutes?|hours?|days?|weeks?|months?|years?)$/, 'write a length of time such as "30 days"')
/** A date (the whole day in the project's zone) or an instant. */
export const momentSchema = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/,
    'write a date such as "2026-03-31" or an instant such as "2026-03-31T18:00:00Z"',
  )

const scalar = z.union([z.string().max(10_000), z.number(), z.boolean()])
const scalarOrList = z.union([scalar, z.array(scalar).max(10_000)])
const text = z.string().max(10_000)
const textOrList = z.union([text, z.array(text).max(10_000)])
const pair = <T extends z.ZodType>(of: T) => z.tuple([of, of])

/** Comparisons of a number; exactly one key. `between` includes both ends. */
export const comparisonShape = {
  equals: z.number(),
  notEquals: z.number(),
  moreThan: z.number(),
  atLeast: z.number(),
  lessThan: z.number(),
  atMost: z.number(),
  between: pair(z.number()),
  notBetween: pair(z.number()),
} as const

/** Every operator of a property, with the shape of its operand. A property condition has exactly one. */
export const operatorShape = {
  exists: z.literal(true),
  missing: z.literal(true),
  is: scalarOrList,
  isNot: scalarOrList,
  contains: textOrList,
  notContains: textOrList,
  startsWith: textOrList,
  endsWith: textOrList,
  matches: text,
  notMatches: text,
  longerThan: z.number().int().min(0),
  shorterThan: z.number().int().min(0),
  ...comparisonShape,
  before: momentSchema,
  after: momentSchema,
  on: momentSchema,
  betweenDates: pair(momentSchema),
  withinLast: durationSchema,
  withinNext: durationSchema,
  moreThanAgo: durationSchema,
  hasAnyOf: scalarOrList,
  hasAllOf: scalarOrList,
  hasNoneOf: scalarOrList,
  versionEquals: text,
  versionNotEquals: text,
  versionMoreThan: text,
  versionAtLeast: text,
  versionLessThan: text,
  versionAtMost: text,
  versionTilde: text,
  versionCaret: text,
} as const

export type OperatorName = keyof typeof operatorShape
export type Operand<Name extends OperatorName> = z.infer<(typeof operatorShape)[Name]>
/** One operator with its operand, as the engine reads it. */
export type Operator = { [Name in OperatorName]: { name: Name; operand: Operand<Name>; ignoringCase: boolean } }[OperatorName]

const optional = <Shape extends Record<string, z.ZodType>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, value.optional()])) as { [Key in keyof Shape]: z.ZodOptional<Shape[Key]> }

const exactlyOne = (names: readonly string[], what: string) => (value: object) => names.filter((name) => name in value).length === 1 || what

function oneOf<Schema extends z.ZodType<object>>(schema: Schema, names: readonly string[], what: string): Schema {
  return schema.refine((value) => exactlyOne(names, what)(value) === true, { error: `give exactly one ${what}: ${names.join(', ')}` }) as Schema
}

export const comparisonSchema = oneOf(z.strictObject(optional(comparisonShape)), Object.keys(comparisonShape), 'comparison')
export type Comparison = z.infer<typeof comparisonSchema>

export const operatorNames = Object.keys(operatorShape) as OperatorName[]

const propertyKey = z.string().min(1).max(400)

/** A property of an event (in `where`) or of the person (in a segment's tree). */
export const propertyConditionSchema = oneOf(
  z.strictObject({ property: propertyKey, ...optional(operatorShape), ignoringCase: z.boolean().optional() }),
  operatorNames,
  'operator',
)
export type PropertyCondition = z.infer<typeof propertyConditionSchema>

/** The operator of a property condition, in the form the engine switches on. */
export function operatorOf(condition: PropertyCondition): Operator {
  const name = operatorNames.find((each) => condition[each] !== undefined)
  if (name === undefined) throw new Error('a parsed property condition has an operator')
  return { name, operand: condition[name], ignoringCase: condition.ignoringCase ?? false } as Operator
}

/**
 * When the events count, one of:
 * `last` (rolling, `(now − n, now]`; with `wholeDays`, from 00:00 n days ago; with `wholeMonths`, from the first of the month n months ago;
 * with `before`, ending at that moment instead of now),
 * `ago` (`[60 days, 30 days]` = `(now − 60 d, now − 30 d]`), `from`/`to` (both ends belong; either may be left out).
 */
export const withinSchema = z.union([
  z
    .strictObject({
      last: calendarDurationSchema,
      wholeDays: z.literal(true).optional(),
      wholeMonths: z.literal(true).optional(),
      before: momentSchema.optional(),
    })
    .refine((within) => within.wholeDays === undefined || within.wholeMonths === undefined, { error: 'give wholeDays or wholeMonths, not both' })
    .refine((within) => within.wholeDays !== undefined || within.wholeMonths !== undefined || !/month|year/.test(within.last), {
      error: 'months and years differ in length: add wholeDays or wholeMonths',
      path: ['last'],
    })
    .refine((within) => within.wholeMonths === undefined || /month|year/.test(within.last), {
      error: 'whole months are counted in months or years',
      path: ['last'],
    }),
  z.strictObject({ ago: pair(durationSchema) }),
  z.strictObject({ from: momentSchema, to: momentSchema.optional() }),
  z.strictObject({ to: momentSchema }),
])
export type Within = z.infer<typeof withinSchema>

/** An event by name, a role, any of several names, or any event at all. */
export const eventChoiceSchema = z.union([
  z.string().min(1).max(200),
  z.strictObject({ role: z.enum(eventRoles) }),
  z.strictObject({ anyOf: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  z.strictObject({ any: z.literal(true) }),
])
export type EventChoice = z.infer<typeof eventChoiceSchema>

/** `sum: { property: value, atLeast: 100 }`. */
const measuredSchema = oneOf(z.strictObject({ property: propertyKey, ...optional(comparisonShape) }), Object.keys(comparisonShape), 'comparison')
export type Measured = z.infer<typeof measuredSchema>

export const didConditionSchema = z
  .strictObject({
    did: eventChoiceSchema,
    where: z.array(propertyConditionSchema).max(50).optional(),
    /** Left out: at least once. `atMost` and `lessThan` include people with none. */
    count: comparisonSchema.optional(),
    sum: measuredSchema.optional(),
    within: withinSchema.optional(),
  })
  .refine((value) => value.count === undefined || value.sum === undefined, { error: 'give count or sum, not both' })
export type DidCondition = z.infer<typeof didConditionSchema>

/** A member of another segment. */
export const inConditionSchema = z.strictObject({ in: z.number().int().positive() })
export type InCondition = z.infer<typeof inConditionSchema>

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | PropertyCondition | DidCondition | InCondition

/** The kinds of condition; the engine has one file for each. */
export const conditionKinds = ['all', 'any', 'not', 'property', 'did', 'in'] as const
export type ConditionKind = (typeof conditionKinds)[number]

/** The kind of a parsed condition: the one of its keys that names a kind. */
export function kindOf(condition: Condition): ConditionKind {
  const kind = conditionKinds.find((each) => each in condition)
  if (kind === undefined) throw new Error('a parsed condition has a kind')
  return kind
}

export const conditionKindSchemas = {
  all: z.strictObject({ all: z.lazy(() => z.array(conditionSchema).min(1)) }),
  any: z.strictObject({ any: z.lazy(() => z.array(conditionSchema).min(1)) }),
  not: z.strictObject({ not: z.lazy(() => conditionSchema) }),
  property: propertyConditionSchema,
  did: didConditionSchema,
  in: inConditionSchema,
} satisfies Record<ConditionKind, z.ZodType>

/**
 * Reads by kind first, so that a mistake deep in a tree is told at its own path instead of as "no member of the union".
 */
export const conditionSchema: z.ZodType<Condition> = z.unknown().transform((value, context): Condition => {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  const kinds = conditionKinds.filter((kind) => keys.includes(kind))
  const kind = kinds[0]
  if (kind === undefined || kinds.length > 1) {
    context.issues.push({ code: 'custom', input: value, message: `give one of ${conditionKinds.join(', ')}` })
    return z.NEVER
  }
  const parsed = conditionKindSchemas[kind].safeParse(value)
  if (parsed.success) return parsed.data as Condition
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, code: 'custom', input: value, path: issue.path, message: issue.message })
  return z.NEVER
})

/** The stated cap on a definition's size, in conditions. */
export const maximumConditions = 500

export const segmentDefinitionSchema = z.strictObject({
  unit: z.literal('person').default('person'),
  // Looked at before it is read: a tree deeper than any definition may be would exhaust the reader's stack.
  where: z
    .unknown()
    .refine(isShallow, { error: `nests deeper than the ${maximumConditions} conditions a definition may have`, abort: true })
    .pipe(conditionSchema),
})
export type SegmentDefinition = z.infer<typeof segmentDefinitionSchema>

/** A group nests by two levels, itself and its list; what a leaf holds by a few more. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth < 2 * maximumConditions + 8; depth++) {
    if (level.length === 0) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}
