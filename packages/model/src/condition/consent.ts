import { z } from 'zod'
import { withinSchema } from './within.ts'

/** What the consent ledger says last of a channel and a purpose. `since`: when that was said. */
export const consentConditionSchema = z
  .strictObject({
    consent: z.string().min(1).max(100),
    purpose: z.string().min(1).max(100),
    is: z.enum(['given', 'refused', 'neverAsked']),
    since: withinSchema.optional(),
  })
  .refine(({ is, since }) => since === undefined || is !== 'neverAsked', { error: 'what was never asked has no time', path: ['since'] })
export type ConsentCondition = z.infer<typeof consentConditionSchema>
