import { z } from 'zod'
import { eventChoiceSchema, eventsShape, measureNames, measureShape } from './events.ts'
import { atMostOneOf, optional } from './exactly-one.ts'

/** Events of the person or account. `count: { atMost: 3 }` includes those with none. */
export const didConditionSchema = atMostOneOf(z.strictObject({ did: eventChoiceSchema, ...eventsShape, ...optional(measureShape) }), measureNames)
export type DidCondition = z.infer<typeof didConditionSchema>
