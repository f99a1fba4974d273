import { type TraitDefinition, traitDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { comparison, eventChoice, filter } from './parts.ts'
import { during, livedWithin } from './when.ts'
import { categories, price } from './world.ts'

/** The traits that random conditions name: each definition drawn is put here under a name of its own. */
export const randomTraits = new Map<string, TraitDefinition>()

function nameOf(definition: unknown): string {
  const parsed = traitDefinitionSchema.parse(JSON.parse(JSON.stringify(definition)))
  const known = [...randomTraits].find(([, each]) => JSON.stringify(each) === JSON.stringify(parsed))
  const name = known?.[0] ?? `trait_${randomTraits.size}`
  randomTraits.set(name, parsed)
  return name
}

const events = { did: eventChoice, where: fc.array(filter, { maxLength: 2 }), within: livedWithin, during: fc.option(during, { nil: undefined, freq: 3 }) }
const traitEvent = fc.oneof(eventChoice, fc.constant({ anyRole: ['order', 'refund'] }))
const some = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape) =>
  fc.record({ ...events, did: traitEvent, ...shape }, { requiredKeys: ['did', ...Object.keys(shape).filter((key) => key !== 'sinceLast')] as never })
const amount = fc.oneof(fc.constantFrom('price', 'size'), fc.constantFrom({ amount: 'units' }))
const source = fc.oneof(
  fc.constantFrom<unknown>('category', '$browser', 'size'),
  fc.constantFrom('season', 'month', 'weekday', 'hour').map((part) => ({ part })),
)
const since = { sinceLast: eventChoice }

const numbers = fc.oneof(
  some(since).map((count) => ({ count })),
  some({ ...since, property: amount }).map((sum) => ({ sum })),
  fc.tuple(fc.constantFrom('avg', 'min', 'max', 'median'), some({ property: amount })).map(([way, chosen]) => ({ [way]: chosen })),
  some({ property: source }).map((distinct) => ({ distinct })),
  fc.tuple(fc.constantFrom('daysSinceFirst', 'daysSinceLast', 'meanDaysBetween'), some({})).map(([way, chosen]) => ({ [way]: chosen })),
  some({ each: fc.constantFrom('day', 'month', 'quarter', 'year') }).map((periodsSinceFirst) => ({ periodsSinceFirst })),
)
const formulas = fc
  .record(
    {
      text: fc.constantFrom('A / B', 'A - B', '(A + B) / (A - B)', 'A * 2 - B / A'),
      of: fc.tuple(
        fc.oneof(
          numbers,
          numbers.map((each) => ({ trait: nameOf(each) })),
        ),
        fc.oneof(numbers, fc.constant({ property: 'age' })),
      ),
      floor: fc.constant(0),
    },
    { requiredKeys: ['text', 'of'] },
  )
  .map((formula) => ({ formula }))
const dates = fc.tuple(fc.constantFrom('firstDate', 'lastDate'), some(since)).map(([way, chosen]) => ({ [way]: chosen }))
const texts = fc.tuple(fc.constantFrom('firstValue', 'lastValue', 'mostFrequent'), some({ property: source })).map(([way, chosen]) => ({ [way]: chosen }))
const lists = some({ property: source, n: fc.integer({ min: 1, max: 3 }) }).map((topList) => ({ topList }))
const labels = fc
  .tuple(fc.record({ did: eventChoice, where: fc.array(filter, { maxLength: 1 }) }), fc.constantFrom({}, { otherwise: 'else' }))
  .map(([did, rest]) => ({
    labels: {
      first: [
        { label: 'young', where: { property: 'age', lessThan: 30 } },
        { label: 'did', where: did },
        { label: 'listed', where: { in: 90 } },
      ],
      ...rest,
    },
  }))

const rank = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((top) => ({ top })),
  fc.integer({ min: 1, max: 6 }).map((bottom) => ({ bottom })),
  fc.constantFrom(1, 10, 33.3, 50, 100).map((topPercent) => ({ topPercent })),
  fc.constantFrom(1, 10, 33.3, 50, 100).map((bottomPercent) => ({ bottomPercent })),
  fc.integer({ min: 1, max: 10 }).map((decile) => ({ decile })),
  fc.integer({ min: 1, max: 5 }).map((quintile) => ({ quintile })),
)
const known = fc.constantFrom({ exists: true }, { missing: true })
const number = fc.oneof(comparison(fc.oneof(fc.integer({ min: 0, max: 4 }), price)), known)
const text = fc.oneof(
  known,
  fc
    .constantFrom(...categories, 'Chrome', 'Winter', 'Monday', '3', 'young', 'did')
    .chain((is) => fc.constantFrom<unknown>({ is }, { isNot: is }, { contains: is.slice(0, 2) })),
)
const date = fc.oneof(known, fc.constantFrom({ withinLast: '30 days' }, { moreThanAgo: '7 days' }, { on: '2026-03-01' }, { before: '2026-03-16' }))
const list = fc.oneof(
  known,
  fc.constantFrom(...categories).chain((each) => fc.constantFrom<unknown>({ hasAnyOf: [each] }, { hasNoneOf: [each] }, { hasAllOf: categories })),
)

const asking = (definitions: fc.Arbitrary<unknown>, operators: fc.Arbitrary<unknown>) =>
  fc.tuple(definitions, operators).map(([definition, operator]) => ({ trait: nameOf(definition), ...(operator as object) }))

const people = fc.oneof(
  fc.constant({ of: 'count' }),
  fc.tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'median'), fc.constant('age')).map(([of, property]) => ({ of, property })),
  fc.constantFrom('country', 'tags').map((property) => ({ of: 'distinct', property })),
)
const whom = fc.option(
  fc.oneof(fc.record({ did: eventChoice, where: fc.array(filter, { maxLength: 1 }) }), fc.constant({ property: 'age', lessThan: 40 }), fc.constant({ in: 90 })),
  { nil: undefined },
)
const ofPeople = fc.tuple(people, whom).map(([measure, where]) => ({ people: { ...measure, where } }))
const ofAccounts = fc
  .oneof(
    numbers,
    ofPeople,
    fc
      .tuple(fc.oneof(numbers, ofPeople), fc.oneof(numbers, fc.constant({ property: 'employees' })), fc.constantFrom('A / B', 'A - B'))
      .map(([one, other, text]) => ({ formula: { text, of: [one, other] } })),
  )
  .map((definition) => ({ unit: 'account', ...definition }))
/** A trait of accounts. */
export const accountTrait = fc.oneof(
  asking(ofAccounts, number),
  asking(
    ofAccounts,
    rank.map((each) => ({ rank: each })),
  ),
)

export const trait = fc.oneof(
  { weight: 3, arbitrary: asking(fc.oneof(numbers, formulas), number) },
  {
    weight: 2,
    arbitrary: asking(
      fc.oneof(numbers, formulas, dates),
      rank.map((each) => ({ rank: each })),
    ),
  },
  { weight: 1, arbitrary: asking(dates, date) },
  { weight: 2, arbitrary: asking(fc.oneof(texts, labels), text) },
  { weight: 1, arbitrary: asking(lists, list) },
)
