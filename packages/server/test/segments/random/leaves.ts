import type { ConditionKind } from '@kindred/model'
import fc from 'fast-check'
import { account } from './accounts.ts'
import { bucket } from './bucket.ts'
import { observed, restarted, started, stopped } from './change.ts'
import { consent } from './consent.ts'
import { compare, did, time } from './did.ts'
import { first, last } from './first-last.ts'
import { message } from './message.ts'
import { place } from './place.ts'
import { property } from './property.ts'
import { regularly } from './regularly.ts'
import { sequence } from './sequence.ts'
import { session } from './session.ts'
import { survey } from './survey.ts'
import { trait } from './trait.ts'

/** Random conditions of each kind that holds no others; `weight` is how often it is drawn beside the others. */
export const leaves: { readonly [Kind in ConditionKind]?: { readonly weight: number; readonly arbitrary: fc.Arbitrary<unknown> } } = {
  did: { weight: 4, arbitrary: did },
  compare: { weight: 1, arbitrary: compare },
  time: { weight: 1, arbitrary: time },
  first: { weight: 1, arbitrary: first },
  last: { weight: 1, arbitrary: last },
  regularly: { weight: 2, arbitrary: regularly },
  stopped: { weight: 1, arbitrary: stopped },
  restarted: { weight: 1, arbitrary: restarted },
  started: { weight: 1, arbitrary: started },
  observed: { weight: 1, arbitrary: observed },
  property: { weight: 2, arbitrary: property },
  message: { weight: 2, arbitrary: message },
  survey: { weight: 2, arbitrary: survey },
  consent: { weight: 1, arbitrary: consent },
  place: { weight: 2, arbitrary: place },
  account: { weight: 1, arbitrary: account },
  bucket: { weight: 1, arbitrary: bucket },
  sequence: { weight: 3, arbitrary: sequence },
  session: { weight: 2, arbitrary: session },
  trait: { weight: 4, arbitrary: trait },
  in: {
    weight: 2,
    arbitrary: fc.record({ in: fc.constantFrom(90, 91, 94), joinedWithin: fc.constantFrom('7 days', '30 days', '3 hours') }, { requiredKeys: ['in'] }),
  },
}
