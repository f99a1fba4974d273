import { z } from 'zod'
import { eventRoles } from '../roles.ts'
import { duringSchema } from './during.ts'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { comparisonNames, comparisonSchema, comparisonShape } from './operator.ts'
import { propertyConditionSchema, propertyKey } from './property.ts'
import { withinSchema } from './within.ts'

/** An event by name, a role, any of several names, or any event at all. */
export const eventChoiceSchema = z.union([
  z.string().min(1).max(200),
  z.strictObject({ role: z.enum(eventRoles) }),
  z.strictObject({ anyOf: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  z.strictObject({ any: z.literal(true) }),
])
export type EventChoice = z.infer<typeof eventChoiceSchema>

/** Filters on the properties of an event: all of them must hold. Those read from items hold for one and the same item. */
export const eventFiltersSchema = z.array(propertyConditionSchema).max(50)

/** `sum: { property: value, atLeast: 100 }`. */
export const measuredSchema = exactlyOneOf(z.strictObject({ property: propertyKey, ...optional(comparisonShape) }), comparisonNames, 'comparison')
export type Measured = z.infer<typeof measuredSchema>

/** What can be measured of a property over events. Without any number, `sum` and `distinct` are 0; the others have no value, which meets no comparison. */
export const eventMeasures = ['sum', 'avg', 'min', 'max', 'median', 'distinct'] as const
export type EventMeasure = (typeof eventMeasures)[number]

const measuredShape = { sum: measuredSchema, avg: measuredSchema, min: measuredSchema, max: measuredSchema, median: measuredSchema, distinct: measuredSchema }

/**
 * What is asked of the events: how many (`count`; left out: at least one), a measure of a property, or `share`: how many percent of all such events, those
 * that miss `where` and `during` included, are meant; without any such event there is no share. At most one of them.
 */
export const measureShape = { count: comparisonSchema, share: comparisonSchema, ...measuredShape } as const
export const measureNames = Object.keys(measureShape) as (keyof typeof measureShape)[]

/** Which events: `where`, `within` and `during` narrow them. */
export const eventsShape = {
  where: eventFiltersSchema.optional(),
  within: withinSchema.optional(),
  during: duringSchema.optional(),
} as const
