import { z } from 'zod'
import { comparisonSchema } from './operator.ts'

/**
 * How many of somebody's accounts, or of an account's people, must meet a condition: any, all (there must be one), none, a number, or a share in percent (of nobody
 * there is no share).
 */
export const quantifierSchema = z.union([z.enum(['any', 'all', 'none']), z.strictObject({ share: comparisonSchema }), comparisonSchema])
export type Quantifier = z.infer<typeof quantifierSchema>
