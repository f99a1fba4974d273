import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { durationSchema, momentSchema } from './moment.ts'

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
export const comparisonNames = Object.keys(comparisonShape) as (keyof typeof comparisonShape)[]
export const comparisonSchema = exactlyOneOf(z.strictObject(optional(comparisonShape)), comparisonNames, 'comparison')
export type Comparison = z.infer<typeof comparisonSchema>

/** Operators of a text, which an item of a list can be asked too. */
const textShape = {
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
} as const
const textOperatorSchema = exactlyOneOf(
  z.strictObject({ ...optional(textShape), ignoringCase: z.boolean().optional() }),
  Object.keys(textShape),
  'operator of a text',
)

/** A field of an object inside a list: the operators of single values. */
const itemShape = { exists: z.literal(true), missing: z.literal(true), ...textShape, ...comparisonShape } as const
const itemConditionSchema = exactlyOneOf(
  z.strictObject({ property: z.string().min(1).max(400), ...optional(itemShape), ignoringCase: z.boolean().optional() }),
  Object.keys(itemShape),
  'operator',
)
/** `utm_source` of a URL, and what its value is. */
const queryParameterSchema = exactlyOneOf(
  z.strictObject({ name: z.string().min(1).max(200), exists: z.literal(true).optional(), ...optional(textShape), ignoringCase: z.boolean().optional() }),
  ['exists', ...Object.keys(textShape)],
  'operator',
)

/** Every operator of a property, with the shape of its operand. A property condition has exactly one. */
export const operatorShape = {
  exists: z.literal(true),
  missing: z.literal(true),
  ...textShape,
  ...comparisonShape,
  before: momentSchema,
  after: momentSchema,
  on: momentSchema,
  betweenDates: pair(momentSchema),
  withinLast: durationSchema,
  withinNext: durationSchema,
  moreThanAgo: durationSchema,
  /** Further away than this, in the future. */
  moreThanAhead: durationSchema,
  /** The day and the month of the date come again, or came, within so many calendar days of today; `0 days` is today. */
  anniversaryWithinNext: durationSchema,
  anniversaryWithinLast: durationSchema,
  hasAnyOf: scalarOrList,
  hasAllOf: scalarOrList,
  hasNoneOf: scalarOrList,
  /** How many items; a single value is a list of one, a missing one a list of none. */
  length: comparisonSchema,
  /** Some item of the list, as text. */
  someItem: textOperatorSchema,
  /** Some object of the list meets all of these. */
  someItemWhere: z.array(itemConditionSchema).min(1).max(20),
  versionEquals: text,
  versionNotEquals: text,
  versionMoreThan: text,
  versionAtLeast: text,
  versionLessThan: text,
  versionAtMost: text,
  versionTilde: text,
  versionCaret: text,
  /** Of an e-mail address or a URL: this domain, subdomains not included; any of a list. Case does not matter. */
  domainIs: textOrList,
  domainIsNot: textOrList,
  /** Of a URL. A trailing slash does not matter. */
  pathIs: textOrList,
  pathStartsWith: textOrList,
  queryParameter: queryParameterSchema,
  /** Of a phone number in international form: `+353…` is IE. Two letters; any of a list. */
  countryCodeIs: textOrList,
} as const

export type OperatorName = keyof typeof operatorShape
export type Operand<Name extends OperatorName> = z.infer<(typeof operatorShape)[Name]>
/** One operator with its operand, as the engine reads it. */
export type Operator = { [Name in OperatorName]: { name: Name; operand: Operand<Name>; ignoringCase: boolean } }[OperatorName]
export const operatorNames = Object.keys(operatorShape) as OperatorName[]

/** The operator among the keys of a parsed condition, in the form the engine switches on. */
export function operatorOf(condition: object): Operator {
  const given: { readonly [Name in OperatorName]?: unknown } & { readonly ignoringCase?: boolean } = condition
  const name = operatorNames.find((each) => given[each] !== undefined)
  if (name === undefined) throw new Error('a parsed condition has an operator')
  return { name, operand: given[name], ignoringCase: given.ignoringCase ?? false } as Operator
}
