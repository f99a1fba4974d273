import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { operatorNames, operatorShape } from './operator.ts'

export const propertyKey = z.string().min(1).max(400)

/** A property of an event (in `where`), or of the person or account (in a segment's tree). */
export const propertyConditionSchema = exactlyOneOf(
  z.strictObject({ property: propertyKey, ...optional(operatorShape), ignoringCase: z.boolean().optional() }),
  operatorNames,
  'operator',
)
export type PropertyCondition = z.infer<typeof propertyConditionSchema>
