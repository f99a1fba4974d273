import { z } from 'zod'
import { duringSchema } from './during.ts'
import { eventChoiceSchema, eventFiltersSchema } from './events.ts'
import { withinSchema } from './within.ts'

const rest = { where: eventFiltersSchema.optional(), within: withinSchema.optional(), during: duringSchema.optional() }

/** The first such event ever (up to now), and what is true of *that* event: its properties, when it was. */
export const firstConditionSchema = z.strictObject({ first: eventChoiceSchema, ...rest })
export type FirstCondition = z.infer<typeof firstConditionSchema>
/** The last such event ever. */
export const lastConditionSchema = z.strictObject({ last: eventChoiceSchema, ...rest })
export type LastCondition = z.infer<typeof lastConditionSchema>
