import { z } from 'zod'
import { durationSchema } from './moment.ts'

/** A member of another segment of the same unit. `joinedWithin`: became one in the last so long, by the record of memberships. */
export const inConditionSchema = z.strictObject({ in: z.number().int().positive(), joinedWithin: durationSchema.optional() })
export type InCondition = z.infer<typeof inConditionSchema>
