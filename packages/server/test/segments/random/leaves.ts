import type { ConditionKind } from '@kindred/model'
import fc from 'fast-check'
import { consent } from './consent.ts'
import { did } from './did.ts'
import { message } from './message.ts'
import { place } from './place.ts'
import { property } from './property.ts'
import { survey } from './survey.ts'

/** Random conditions of each kind that holds no others; `weight` is how often it is drawn beside the others. */
export const leaves: { readonly [Kind in ConditionKind]?: { readonly weight: number; readonly arbitrary: fc.Arbitrary<unknown> } } = {
  did: { weight: 4, arbitrary: did },
  property: { weight: 2, arbitrary: property },
  message: { weight: 2, arbitrary: message },
  survey: { weight: 2, arbitrary: survey },
  consent: { weight: 1, arbitrary: consent },
  place: { weight: 2, arbitrary: place },
  in: { weight: 1, arbitrary: fc.record({ in: fc.constantFrom(90, 91) }) },
}
