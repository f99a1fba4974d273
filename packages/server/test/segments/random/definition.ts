import { type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { accountCondition } from './accounts.ts'
import { leaves } from './leaves.ts'
import { accountTypes } from './world.ts'

/** `KINDRED_KINDS=sequence,session` draws leaves of these kinds alone. */
const kinds = process.env.KINDRED_KINDS?.split(',')
const asked = Object.entries(leaves).flatMap(([kind, leaf]) => (kinds === undefined || kinds.includes(kind) ? [leaf] : []))

const condition = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    ...asked,
    { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('tree'), { minLength: 1, maxLength: 3 })
        .chain((of) => fc.record({ atLeast: fc.integer({ min: 1, max: of.length }), of: fc.constant(of) })),
    },
  ),
})).tree
/** About the events that segment 94 is about too, so that one pass over them would answer both. */
const sameEvents = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom<unknown>({ in: 94 }, { not: { in: 94 } }), fc.option(condition))
  .map(([atLeast, segment, other]) => ({ all: [{ did: 'view', count: { atLeast } }, segment, ...(other === null ? [] : [other])] }))
const written: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ where: condition }) },
  { weight: 1, arbitrary: fc.record({ where: sameEvents }) },
  { weight: 4, arbitrary: fc.record({ unit: fc.constant('account'), accountType: fc.constantFrom(undefined, ...accountTypes), where: accountCondition }) },
)
/** Of people and of accounts. They name the segments 90 to 94 and the traits that were drawn. */
export const definition: fc.Arbitrary<SegmentDefinition> = written.map((each) => segmentDefinitionSchema.parse(JSON.parse(JSON.stringify(each))))
