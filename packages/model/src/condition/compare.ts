import { z } from 'zod'
import { eventChoiceSchema, eventMeasures, eventsShape } from './events.ts'
import { atMostOneOf } from './exactly-one.ts'
import { propertyKey } from './property.ts'

const ofProperty = z.strictObject({ property: propertyKey })
/** One number of a person: how many such events, or a measure of a property over them. */
const quantitySchema = atMostOneOf(
  z.strictObject({
    did: eventChoiceSchema,
    ...eventsShape,
    sum: ofProperty.optional(),
    avg: ofProperty.optional(),
    min: ofProperty.optional(),
    max: ofProperty.optional(),
    median: ofProperty.optional(),
    distinct: ofProperty.optional(),
  }),
  eventMeasures,
)
export type Quantity = z.infer<typeof quantitySchema>

export const comparisonSigns = ['moreThan', 'atLeast', 'lessThan', 'atMost', 'equals', 'notEquals'] as const
export type ComparisonSign = (typeof comparisonSigns)[number]

/** One number against another, the other taken `times` so often: "viewed more often than bought", "spends less than half of the quarter before". */
export const compareConditionSchema = z.strictObject({
  compare: quantitySchema,
  is: z.enum(comparisonSigns),
  than: quantitySchema,
  times: z.number().positive().optional(),
})
export type CompareCondition = z.infer<typeof compareConditionSchema>
