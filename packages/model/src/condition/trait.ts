import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { operatorNames, operatorShape } from './operator.ts'

/**
 * Where somebody stands among all who have the trait, highest value first. `top`/`bottom`: so many people; `topPercent`/`bottomPercent`; `decile` 1 and `quintile` 1 are
 * the highest. Equal values stand together: whoever ties with the last one taken is taken too.
 */
export const rankSchema = exactlyOneOf(
  z.strictObject({
    top: z.number().int().min(1).optional(),
    bottom: z.number().int().min(1).optional(),
    topPercent: z.number().positive().max(100).optional(),
    bottomPercent: z.number().positive().max(100).optional(),
    decile: z.number().int().min(1).max(10).optional(),
    quintile: z.number().int().min(1).max(5).optional(),
  }),
  ['top', 'bottom', 'topPercent', 'bottomPercent', 'decile', 'quintile'],
  'rank',
)
export type Rank = z.infer<typeof rankSchema>

/** A computed trait by its name: one operator of properties, or a rank over the project. */
export const traitConditionSchema = exactlyOneOf(
  z.strictObject({ trait: z.string().min(1).max(200), ...optional(operatorShape), ignoringCase: z.boolean().optional(), rank: rankSchema.optional() }),
  [...operatorNames, 'rank'],
  'operator',
)
export type TraitCondition = z.infer<typeof traitConditionSchema>
