import { z } from 'zod'

/** A stable part of a hundred, from `from` up to but not including `to`; another salt draws anew. */
export const bucketConditionSchema = z
  .strictObject({
    bucket: z.strictObject({ salt: z.string().max(200).default(''), from: z.number().min(0).max(100), to: z.number().min(0).max(100) }),
  })
  .refine(({ bucket: { from, to } }) => from < to, { error: 'it ends before it begins', path: ['bucket', 'to'] })
export type BucketCondition = z.infer<typeof bucketConditionSchema>
