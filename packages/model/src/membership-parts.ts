import { z } from 'zod'

/** When the recorded members are computed anew. Times of the night are the project's. */
export const schedules = ['hourly', 'nightly', 'off'] as const
export type Schedule = (typeof schedules)[number]

/** What asks a segment who is in it. Kinds to come join the list. */
export const segmentUserKinds = ['segment', 'insight', 'trait', 'segmentation'] as const
export interface SegmentUser {
  kind: (typeof segmentUserKinds)[number]
  id: number
  name: string
}

/** How a segment is kept and found. */
export interface SegmentKeeping {
  folder: string
  tags: string[]
  owner: { id: number; name: string } | null
  schedule: Schedule
  archivedAt: number | null
  /** Nobody looked at it or used it for so long that its members are not computed any more; a look resumes it. */
  paused: boolean
  /** The last recomputation: the members are exact at that moment, through that position of the log. null: none yet. */
  recorded: { at: number; position: number; size: number } | null
  /** Why the last recomputation failed; null: it did not. */
  recordError: string | null
  /** As it was recorded seven days ago; `newRule`: its rule became another version since, so that the sizes are of two rules. null: recording began later. */
  weekAgo: { size: number; newRule: boolean } | null
}
export interface TestResult {
  name: string
  expected: 'in' | 'out'
  /** `unknown`: nobody has that id. */
  found: 'in' | 'out' | 'unknown'
  passed: boolean
}

/** Parts of a segment's reply; the replies of memberships stand in `membership-replies.ts`. */
const at = z.number().int().describe('Epoch milliseconds')
const count = z.number().int()

export const segmentUserReply = z
  .strictObject({ kind: z.enum(segmentUserKinds), id: count, name: z.string() })
  .meta({ id: 'SegmentUser' }) satisfies z.ZodType<SegmentUser>
export const testResultReply = z
  .strictObject({ name: z.string(), expected: z.enum(['in', 'out']), found: z.enum(['in', 'out', 'unknown']), passed: z.boolean() })
  .meta({ id: 'SegmentTestResult' }) satisfies z.ZodType<TestResult>
export const segmentKeepingReply = {
  folder: z.string(),
  tags: z.array(z.string()),
  owner: z.strictObject({ id: count, name: z.string() }).nullable(),
  schedule: z.enum(schedules),
  archivedAt: at.nullable(),
  paused: z.boolean().describe('Not looked at or used for 30 days, so not computed until somebody does'),
  recorded: z.strictObject({ at, position: count, size: count }).nullable().describe('The last recomputation of the recorded members'),
  recordError: z.string().nullable(),
  weekAgo: z
    .strictObject({ size: count, newRule: z.boolean().describe('The rule became another version since') })
    .nullable()
    .describe('As it was recorded seven days ago; null: recording began later'),
} satisfies { [Key in keyof SegmentKeeping]: z.ZodType<SegmentKeeping[Key]> }
