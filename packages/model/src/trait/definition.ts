import { z } from 'zod'
import { conditionSchema } from '../condition/condition.ts'
import { segmentUnits } from '../condition/definition.ts'
import { duringSchema } from '../condition/during.ts'
import { eventChoiceSchema } from '../condition/events.ts'
import { exactlyOneOf, optional } from '../condition/exactly-one.ts'
import { operatorNames, operatorShape } from '../condition/operator.ts'
import { propertyKey } from '../condition/property.ts'
import { withinSchema } from '../condition/within.ts'
import { eventRoles, propertyRoles } from '../roles.ts'

/** What definitions and formulas call a trait. It stays when the label changes. */
export const traitNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'write small letters, digits and _, beginning with a letter')

const roleSchema = z.strictObject({ role: z.enum(propertyRoles) })
/** A property by its name, or whatever has the role in this project. */
export const traitPropertySchema = z.union([propertyKey, roleSchema])
export type TraitProperty = z.infer<typeof traitPropertySchema>

/** What is counted up: a property, or what an event is worth (its value, else price × quantity), or how many units it moves. */
const amountSchema = z.union([traitPropertySchema, z.strictObject({ amount: z.enum(['money', 'units']) })])
/** What is told apart: a property, or a part of the event's own time in the project's zone. */
export const timeParts = ['season', 'month', 'weekday', 'hour'] as const
const valueSchema = z.union([traitPropertySchema, z.strictObject({ part: z.enum(timeParts) })])
export type TraitAmount = z.infer<typeof amountSchema>
export type TraitValueSource = z.infer<typeof valueSchema>

/** An event as conditions choose it, or any of several roles. */
const traitEventSchema = z.union([eventChoiceSchema, z.strictObject({ anyRole: z.array(z.enum(eventRoles)).min(1).max(eventRoles.length) })])
export type TraitEvent = z.infer<typeof traitEventSchema>

const traitFilterSchema = exactlyOneOf(
  z.strictObject({ property: traitPropertySchema, ...optional(operatorShape), ignoringCase: z.boolean().optional() }),
  operatorNames,
  'operator',
)
export type TraitFilter = z.infer<typeof traitFilterSchema>

const events = {
  did: traitEventSchema,
  where: z.array(traitFilterSchema).max(50).optional(),
  within: withinSchema.optional(),
  during: duringSchema.optional(),
} as const
/** `sinceLast`: only what came after the last such event of the same person; all of it where there was none. */
const eventsSince = { ...events, sinceLast: traitEventSchema.optional() } as const
export type TraitEvents = z.infer<z.ZodObject<typeof eventsSince>>

export const traitTypes = ['number', 'text', 'date', 'list'] as const
export type TraitType = (typeof traitTypes)[number]
const read = z.strictObject({ ...events, property: valueSchema, as: z.enum(['text', 'number', 'date']).optional() })
const measured = z.strictObject({ ...events, property: amountSchema })

/** What is computed of a person's, or an account's, own events. */
export const eventTraitShape = {
  count: z.strictObject(eventsSince),
  sum: z.strictObject({ ...eventsSince, property: amountSchema }),
  avg: measured,
  min: measured,
  max: measured,
  median: measured,
  distinct: z.strictObject({ ...events, property: valueSchema }),
  firstValue: read,
  lastValue: read,
  mostFrequent: z.strictObject({ ...events, property: valueSchema }),
  topList: z.strictObject({ ...events, property: valueSchema, n: z.number().int().min(1).max(100) }),
  firstDate: z.strictObject(eventsSince),
  lastDate: z.strictObject(eventsSince),
  daysSinceFirst: z.strictObject(events),
  daysSinceLast: z.strictObject(events),
  meanDaysBetween: z.strictObject(events),
  periodsSinceFirst: z.strictObject({ ...events, each: z.enum(['day', 'month', 'quarter', 'year']) }),
} as const
export type EventTrait = keyof typeof eventTraitShape
export const eventTraits = Object.keys(eventTraitShape) as EventTrait[]

/** What is computed of an account's people. Without `where`: of all of them; in it only events count that carry the account. */
export const peopleMeasures = ['count', 'sum', 'avg', 'min', 'max', 'median', 'distinct'] as const
const peopleTraitSchema = z
  .strictObject({ of: z.enum(peopleMeasures), property: propertyKey.optional(), where: z.lazy(() => conditionSchema).optional() })
  .refine(({ of, property }) => (of === 'count') === (property === undefined), {
    error: 'every measure but count needs a property, and count has none',
    path: ['property'],
  })

/** What a letter of a formula stands for: another trait, a property of the person or account, or something computed in place. */
const operandSchema = exactlyOneOf(
  z.strictObject({ trait: traitNameSchema.optional(), property: propertyKey.optional(), ...optional(eventTraitShape), people: peopleTraitSchema.optional() }),
  ['trait', 'property', ...eventTraits, 'people'],
  'operand',
)
export type TraitOperand = z.infer<typeof operandSchema>

/** `A / B`, the letters standing for `of` in their order. `floor`: the result is no lower than this. */
const formulaSchema = z.strictObject({ text: z.string().min(1).max(2000), of: z.array(operandSchema).min(1).max(26), floor: z.number().optional() })
export type TraitFormula = z.infer<typeof formulaSchema>

/** The label of the first condition that holds (often `in`, a segment), else `otherwise`; without it there is no value. */
const labelsSchema = z.strictObject({
  first: z
    .array(z.strictObject({ label: z.string().trim().min(1).max(200), where: z.lazy(() => conditionSchema) }))
    .min(1)
    .max(50),
  otherwise: z.string().trim().min(1).max(200).optional(),
})
export type TraitLabels = z.infer<typeof labelsSchema>

export const traitWays = [...eventTraits, 'formula', 'labels', 'people'] as const
export type TraitWay = (typeof traitWays)[number]

/** One named value per person or account, and the one way in which it is computed. */
export const traitDefinitionSchema = exactlyOneOf(
  z
    .strictObject({
      unit: z.enum(segmentUnits).default('person'),
      accountType: z.string().min(1).max(200).optional(),
      ...optional(eventTraitShape),
      formula: formulaSchema.optional(),
      labels: labelsSchema.optional(),
      people: peopleTraitSchema.optional(),
    })
    .refine(({ unit, people, formula }) => unit === 'account' || (people === undefined && !formula?.of.some((operand) => operand.people !== undefined)), {
      error: 'only accounts have people',
      path: ['people'],
    })
    .refine(({ unit, accountType }) => accountType === undefined || unit === 'account', {
      error: 'only accounts have an account type',
      path: ['accountType'],
    }),
  traitWays,
  'way to compute it',
)
export type TraitDefinition = z.infer<typeof traitDefinitionSchema>
export type PeopleTrait = z.infer<typeof peopleTraitSchema>

/** The one way that a definition, or an operand of a formula, computes its value in. */
export function traitWay(definition: TraitDefinition | TraitOperand): TraitWay | 'trait' | 'property' {
  const names = [...traitWays, 'trait', 'property'] as const
  const way = names.find((each) => (definition as Partial<Record<string, unknown>>)[each] !== undefined)
  if (way === undefined) throw new Error('a parsed trait has a way to compute it')
  return way
}

/** What kind of value a trait has. */
export function traitType(definition: TraitDefinition): TraitType {
  const { firstValue, lastValue, labels, mostFrequent, topList, firstDate, lastDate } = definition
  const as = firstValue?.as ?? lastValue?.as
  if (as !== undefined) return as
  if ((firstValue ?? lastValue ?? labels ?? mostFrequent) !== undefined) return 'text'
  if (topList !== undefined) return 'list'
  return (firstDate ?? lastDate) === undefined ? 'number' : 'date'
}
