import { z } from 'zod'
import { optional } from './exactly-one.ts'
import { operatorShape } from './operator.ts'
import { withinSchema } from './within.ts'

/** Words of the language whose data does not exist yet: they are read, and refused by name when a definition is planned. */
const name = z.string().min(1).max(200)
export const modelConditionSchema = z.strictObject({ model: name, ...optional(operatorShape) })
export type ModelCondition = z.infer<typeof modelConditionSchema>
export const flagConditionSchema = z.strictObject({ flag: name, variant: name.optional(), within: withinSchema.optional() })
export type FlagCondition = z.infer<typeof flagConditionSchema>
export const experimentConditionSchema = z.strictObject({ experiment: name, variant: name.optional(), within: withinSchema.optional() })
export type ExperimentCondition = z.infer<typeof experimentConditionSchema>
