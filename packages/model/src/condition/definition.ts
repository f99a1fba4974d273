import { z } from 'zod'
import { conditionSchema } from './condition.ts'

/** The stated cap on a definition's size, in conditions. */
export const maximumConditions = 500

/** How often a definition may lead from people to their accounts, or back, within each other: each further time takes the store more than twice as long. */
export const maximumLeads = 8

/** Whom a segment holds: people, or accounts (of one type, where `accountType` is given). */
export const segmentUnits = ['person', 'account'] as const
export type SegmentUnit = (typeof segmentUnits)[number]

export const segmentDefinitionSchema = z
  .strictObject({
    unit: z.enum(segmentUnits).default('person'),
    accountType: z.string().min(1).max(200).optional(),
    // Looked at before it is read: a tree deeper than any definition may be would exhaust the reader's stack.
    where: z
      .unknown()
      .refine(isShallow, { error: `nests deeper than the ${maximumConditions} conditions a definition may have`, abort: true })
      .pipe(conditionSchema),
  })
  .refine(({ unit, accountType }) => accountType === undefined || unit === 'account', { error: 'only accounts have an account type', path: ['accountType'] })
export type SegmentDefinition = z.infer<typeof segmentDefinitionSchema>

/** A group nests by two levels, itself and its list; what a leaf holds by a few more. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth < 2 * maximumConditions + 8; depth++) {
    if (level.length === 0) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}
