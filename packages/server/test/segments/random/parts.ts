import fc from 'fast-check'
import { categories, names, price } from './world.ts'

export const comparison = (number: fc.Arbitrary<number>) =>
  fc.oneof(
    ...['equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost'].map((name) => number.map((each) => ({ [name]: each }))),
    ...['between', 'notBetween'].map((name) => fc.tuple(number, number).map(([one, other]) => ({ [name]: [Math.min(one, other), Math.max(one, other)] }))),
  )
export const within = fc.constantFrom(
  undefined,
  { last: '30 days' },
  { last: '7 days', wholeDays: true },
  { last: '36 hours' },
  { last: '30 days', before: '2026-03-16' },
  { last: '2 weeks', before: '2026-03-16', wholeDays: true },
  { last: '1 month', wholeDays: true },
  { last: '2 months', wholeMonths: true },
  { last: '1 quarter', wholeDays: true },
  { last: '1 year', wholeMonths: true },
  { ago: ['60 days', '30 days'] },
  { ago: ['1 month', '3 days'], wholeDays: true },
  { last: '1 month', sameTime: true },
  { last: '3 days', sameTime: true },
  { last: '5 hours', wholeHours: true },
  { period: 'yesterday' },
  { period: 'this week' },
  { period: 'last month' },
  { period: 'this quarter' },
  { last: '3 weeks', full: true },
  { last: '1 quarter', full: true },
  { from: '2026-03-01', to: '2026-03-15' },
  { from: '2026-03-16' },
  { to: '2026-03-15' },
  { from: '2026-02-28T23:00:00Z', to: '2026-03-15T22:59:59.999Z' },
)
export const filter = fc.oneof(
  fc.record({ property: fc.constant('category'), is: fc.constantFrom(...categories) }),
  fc.record({ property: fc.constant('category'), isNot: fc.constantFrom(...categories) }),
  fc.record({ property: fc.constant('price'), moreThan: price }),
  fc.record({ property: fc.constantFrom('size', 'items', 'category'), exists: fc.constant(true) }),
  fc.record({ property: fc.constant('size'), missing: fc.constant(true) }),
  fc.record({ property: fc.constant('$browser'), isNot: fc.constant('Chrome') }),
)
export const eventChoice = fc.oneof(
  fc.constantFrom<unknown>(...names),
  fc.constantFrom({ role: 'order' }, { role: 'refund' }, { anyOf: ['view', 'cart'] }, { any: true }),
)
