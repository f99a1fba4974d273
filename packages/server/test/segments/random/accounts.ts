import fc from 'fast-check'
import { observed } from './change.ts'
import { did } from './did.ts'
import { comparison } from './parts.ts'
import { property } from './property.ts'
import { accountTrait } from './trait.ts'
import { accountTypes, industries } from './world.ts'

const quantifier = fc.oneof(
  fc.constantFrom<unknown>('any', 'all', 'none'),
  comparison(fc.integer({ min: 0, max: 3 })),
  comparison(fc.constantFrom(0, 33, 50, 66.6, 100)).map((share) => ({ share })),
)
const accountProperty = fc.oneof(
  fc.record({ property: fc.constantFrom('industry', 'standard.industry'), is: fc.constantFrom(...industries) }),
  fc.record({ property: fc.constant('industry'), isNot: fc.constantFrom(...industries) }),
  fc.record({ property: fc.constantFrom('employees', 'standard.employees'), atLeast: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ property: fc.constantFrom('industry', 'employees'), missing: fc.constant(true) }),
)
const grouped = (leaf: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ not: leaf }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) },
  )

/** Conditions on people and on accounts that lead to each other a few times at most. */
const { accountTree, personTree } = fc.letrec<{ account: unknown; people: unknown; accountTree: unknown; personTree: unknown }>((tie) => ({
  account: fc.record({ account: quantifier, type: fc.constantFrom(undefined, ...accountTypes), where: tie('accountTree') }),
  people: fc.record({ people: quantifier, where: tie('personTree') }),
  accountTree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    grouped(
      fc.oneof(
        accountProperty,
        did,
        observed,
        accountTrait,
        fc.constantFrom<unknown>({ in: 92 }, { in: 93 }, { in: 92, joinedWithin: '30 days' }, { in: 93, joinedWithin: '7 days' }),
      ),
    ),
    grouped(tie('people')),
  ),
  personTree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    grouped(fc.oneof(property, did, observed, fc.constantFrom<unknown>({ in: 90 }, { in: 91 }, { in: 94 }))),
    grouped(tie('account')),
  ),
}))

/** Of a person. */
export const account = fc.record({ account: quantifier, type: fc.constantFrom(undefined, ...accountTypes), where: accountTree })
/** A condition on accounts, with groups and people in it. */
export const accountCondition: fc.Arbitrary<unknown> = fc.oneof(accountTree, fc.record({ people: quantifier, where: personTree }))
