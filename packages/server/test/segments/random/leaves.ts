import type { ConditionKind } from '@kindred/model'
import fc from 'fast-check'
import { did } from './did.ts'
import { property } from './property.ts'
import { trait } from './trait.ts'

/** Random conditions of each kind that holds no others; `weight` is how often it is drawn beside the others. */
export const leaves: { readonly [Kind in ConditionKind]?: { readonly weight: number; readonly arbitrary: fc.Arbitrary<unknown> } } = {
  did: { weight: 4, arbitrary: did },
  property: { weight: 2, arbitrary: property },
  trait: { weight: 4, arbitrary: trait },
  in: { weight: 1, arbitrary: fc.record({ in: fc.constantFrom(90, 91) }) },
}
