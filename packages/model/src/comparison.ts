import { z } from 'zod'
import { segmentUnits } from './condition/index.ts'

/** What groups are compared by. Traits take the longest: they are computed from events. */
export const comparedBy = ['properties', 'events', 'traits'] as const
export type ComparedBy = (typeof comparedBy)[number]

/** Two segments beside each other; `b` left out: everybody else. */
export const compareRequest = z.strictObject({
  a: z.number().int().positive(),
  b: z.number().int().positive().optional(),
  by: z
    .array(z.enum(comparedBy))
    .min(1)
    .optional()
    .describe('What is looked at; left out: all of it. Traits take the longest, so ask for them apart to show the others first'),
})

const difference = {
  label: z.string(),
  name: z.string().describe('The property, the event or the trait'),
  a: z.number(),
  b: z.number(),
  difference: z.number().describe('a − b'),
  low: z.number().describe('The 95 % interval of the difference'),
  high: z.number(),
  effect: z.number().describe('Cohen’s h of shares, Hedges’ g of means: 0.2 is small, 0.5 medium, 0.8 large'),
}
export const segmentDifferenceReply = z.union([
  z.strictObject({ kind: z.literal('value').describe('The share of people with a value of a property'), value: z.string(), ...difference }),
  z.strictObject({ kind: z.literal('event').describe('The share of people who did it in the last 90 days'), ...difference }),
  z.strictObject({ kind: z.literal('number').describe('The mean of a property that is a number'), ...difference }),
  z.strictObject({ kind: z.literal('trait').describe('The mean of a trait that is a number; of one that is a date, of the days since then'), ...difference }),
  z.strictObject({
    kind: z.literal('traitValue').describe('The share of people with a value of a trait'),
    value: z.string(),
    isList: z.boolean().describe('The value is one of a list, so that it is asked for by `hasAnyOf`; else by `is`'),
    ...difference,
  }),
])
export type SegmentDifference = z.infer<typeof segmentDifferenceReply>

export const comparisonReply = z
  .strictObject({
    unit: z.enum(segmentUnits),
    a: z.strictObject({ id: z.number().int(), name: z.string(), size: z.number().int() }),
    b: z.strictObject({ id: z.number().int().nullable(), name: z.string(), size: z.number().int() }),
    differences: z.array(segmentDifferenceReply).describe('Those whose interval leaves out 0, by the size of the effect'),
    examined: z.number().int().describe('How many were looked at: of twenty that do not differ, one looks as if it did'),
    leftOut: z
      .array(z.strictObject({ name: z.string(), label: z.string() }))
      .describe('Traits that were not looked at: reading them takes too long or too much memory, or they are too many'),
    watermark: z.number().int(),
    at: z.number().int(),
  })
  .meta({ id: 'SegmentComparison' })
export type SegmentComparison = z.infer<typeof comparisonReply>
