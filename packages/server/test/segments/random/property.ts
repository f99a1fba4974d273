import fc from 'fast-check'
import { countries } from './world.ts'

export const property = fc.oneof(
  fc.record({ property: fc.constant('country'), is: fc.constantFrom(...countries) }),
  fc.record({ property: fc.constant('country'), isNot: fc.array(fc.constantFrom(...countries), { maxLength: 2 }), ignoringCase: fc.constant(true) }),
  fc.record({ property: fc.constant('age'), atLeast: fc.integer({ min: 10, max: 60 }) }),
  fc.record({ property: fc.constantFrom('age', 'tags', 'nothing'), exists: fc.constant(true) }),
  fc.record({ property: fc.constant('tags'), hasNoneOf: fc.constantFrom('a', 'b') }),
)
