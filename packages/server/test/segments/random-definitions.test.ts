import { type CompileContext, definitionSentence, membersSql, planDefinition, render, type SegmentInfo } from '@kindred/engine'
import { type Condition, type Properties, type Roles, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { type History, naiveMembers, type Question } from './naive-members.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

/** Two days after the clocks went forward in Berlin, so that days of 23 hours are among the windows. */
const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000

const names = ['order', 'view', 'Order Completed', 'cart']
const roles: Roles = { events: { order: ['order', 'Order Completed'], refund: [] }, properties: { items: 'items' } }
const countries = ['Ireland', 'ireland', 'Germany', '']
const categories = ['shoes', 'hats']
const price = fc.integer({ min: -300, max: 3000 }).map((cents) => cents / 100)
const item = fc.record({ category: fc.constantFrom(...categories), price, size: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] })
/** Times gather at the edges of the windows that definitions ask about. */
const time = fc.oneof(
  fc.integer({ min: now - 70 * day, max: now + day }),
  fc.constantFrom(now, now + 1, now - 30 * day, now - 30 * day + 1, now - 7 * day, now - 60 * day, now - 60 * day + 1, now - 30 * day - 1),
  fc
    .constantFrom(
      '2026-03-01T00:00+01:00',
      '2026-02-28T23:59:59.999+01:00',
      '2026-03-15T23:59:59.999+01:00',
      '2026-03-16T00:00+01:00',
      '2026-03-24T00:00+01:00',
    )
    .map((at) => Date.parse(at)),
)
const person = fc.record({
  properties: fc.record(
    { country: fc.constantFrom(...countries), age: fc.oneof(fc.integer({ min: 15, max: 60 }), fc.constant('thirty')), tags: fc.subarray(['a', 'b']) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Properties>,
})
const event = fc.record({
  personId: fc.nat({ max: 1_000_000 }),
  event: fc.constantFrom(...names),
  timestamp: time,
  position: fc.integer({ min: 1, max: 110 }),
  properties: fc.record(
    { category: fc.constantFrom(...categories), price, items: fc.array(item, { maxLength: 3 }), $browser: fc.constantFrom('Chrome', 'Safari') },
    { requiredKeys: [] },
  ) as unknown as fc.Arbitrary<Properties>,
})

const history: fc.Arbitrary<History> = fc
  .record({
    persons: fc.array(person, { minLength: 5, maxLength: 30 }),
    events: fc.array(event, { maxLength: 150 }),
    merged: fc.array(fc.tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 })), { maxLength: 6 }),
    list: fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 8 }),
  })
  .map(({ persons, events, merged, list }) => {
    const all = persons.length
    const merges = new Map<number, number>()
    for (const [from, to] of merged) {
      const [source, root] = [(from % all) + 1, (to % all) + 1]
      const isRoot = [...merges.values()].includes(source)
      if (source !== root && !merges.has(source) && !merges.has(root) && !isRoot) merges.set(source, root)
    }
    return {
      persons: persons.map((each, index) => ({ ...each, id: index + 1, deleted: merges.has(index + 1) })),
      events: events.map((each) => ({ ...each, personId: (each.personId % all) + 1 })),
      merges,
      lists: new Map([[90, list.map((id) => (id % all) + 1)]]),
    }
  })

const comparison = (number: fc.Arbitrary<number>) =>
  fc.oneof(
    ...['equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost'].map((name) => number.map((each) => ({ [name]: each }))),
    ...['between', 'notBetween'].map((name) => fc.tuple(number, number).map(([one, other]) => ({ [name]: [Math.min(one, other), Math.max(one, other)] }))),
  )
const within = fc.constantFrom(
  undefined,
  { last: '30 days' },
  { last: '7 days', wholeDays: true },
  { last: '36 hours' },
  { last: '30 days', before: '2026-03-16' },
  { last: '2 weeks', before: '2026-03-16', wholeDays: true },
  { last: '1 month', wholeDays: true },
  { last: '2 months', wholeMonths: true },
  { ago: ['60 days', '30 days'] },
  { from: '2026-03-01', to: '2026-03-15' },
  { from: '2026-03-16' },
  { to: '2026-03-15' },
  { from: '2026-02-28T23:00:00Z', to: '2026-03-15T22:59:59.999Z' },
)
const filter = fc.oneof(
  fc.record({ property: fc.constant('category'), is: fc.constantFrom(...categories) }),
  fc.record({ property: fc.constant('category'), isNot: fc.constantFrom(...categories) }),
  fc.record({ property: fc.constant('price'), moreThan: price }),
  fc.record({ property: fc.constantFrom('size', 'items', 'category'), exists: fc.constant(true) }),
  fc.record({ property: fc.constant('size'), missing: fc.constant(true) }),
  fc.record({ property: fc.constant('$browser'), isNot: fc.constant('Chrome') }),
)
const did = fc
  .record(
    {
      did: fc.oneof(fc.constantFrom(...names), fc.constantFrom({ role: 'order' }, { role: 'refund' }, { anyOf: ['view', 'cart'] }, { any: true })),
      where: fc.array(filter, { maxLength: 3 }),
      count: comparison(fc.integer({ min: 0, max: 4 })),
      sum: comparison(fc.constantFrom(0, 10, 20.5, 0.3)).map((each) => ({ property: 'price', ...each })),
      within,
    },
    { requiredKeys: ['did'] },
  )
  .map(({ count, ...rest }) => (rest.sum === undefined && count !== undefined ? { ...rest, count } : rest))
const property = fc.oneof(
  fc.record({ property: fc.constant('country'), is: fc.constantFrom(...countries) }),
  fc.record({ property: fc.constant('country'), isNot: fc.array(fc.constantFrom(...countries), { maxLength: 2 }), ignoringCase: fc.constant(true) }),
  fc.record({ property: fc.constant('age'), atLeast: fc.integer({ min: 10, max: 60 }) }),
  fc.record({ property: fc.constantFrom('age', 'tags', 'nothing'), exists: fc.constant(true) }),
  fc.record({ property: fc.constant('tags'), hasNoneOf: fc.constantFrom('a', 'b') }),
)
const condition = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: did },
    { weight: 2, arbitrary: property },
    { weight: 1, arbitrary: fc.record({ in: fc.constantFrom(90, 91) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
  ),
})).tree
const definition: fc.Arbitrary<SegmentDefinition> = condition.map((where) => segmentDefinitionSchema.parse(JSON.parse(JSON.stringify({ where }))))

const irish: SegmentDefinition = { unit: 'person', where: { property: 'country', is: ['Ireland'] } }
const segments = new Map<number, SegmentInfo>([
  [90, { name: 'A list', kind: 'frozen' }],
  [91, { name: 'Irish', kind: 'rule', definition: irish }],
])

async function store({ persons, events, merges, lists }: History, projectId: number): Promise<void> {
  await harness.insertPersons(persons.map(({ id, properties, deleted }) => ({ projectId, personId: id, properties, isDeleted: deleted, version: 2 })))
  // Rows of an older version, and of another project with the same ids, are there to be left out.
  await harness.insertPersons(persons.map(({ id }) => ({ projectId, personId: id, properties: { country: 'Ireland', age: 99 }, version: 1 })))
  await harness.insertPersons(persons.map(({ id }) => ({ projectId: projectId + 1_000_000, personId: id, properties: { country: 'Ireland', age: 99 } })))
  await harness.insertEvents(
    events.flatMap((each) => [
      { projectId, ...each },
      { projectId: projectId + 1_000_000, ...each },
    ]),
  )
  await harness.insertRows(
    'person_overrides',
    [...merges].map(([from_id, to_id]) => ({ project_id: projectId, from_id, to_id, version: 1 })),
  )
  await harness.insertRows(
    'segment_lists',
    [...lists].flatMap(([segment_id, ids]) => ids.map((person_id) => ({ project_id: projectId, segment_id, person_id }))),
  )
}

test('random definitions over random histories have the members that a plain reading finds', async () => {
  let projectId = 0
  let inhabited = 0
  const cases = fc.tuple(history, fc.array(definition, { minLength: 30, maxLength: 30 }), fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York'))
  await fc.assert(
    fc.asyncProperty(cases, async ([given, definitions, timezone]) => {
      projectId++
      await store(given, projectId)
      const context: CompileContext = {
        projectId,
        now,
        timezone,
        weekStart: 'monday',
        currency: 'EUR',
        roles,
        watermark: 100,
        hasOverrides: given.merges.size > 0,
        segments,
      }
      const question: Question = { now, timezone, roles, watermark: 100, segments: new Map([[91, irish]]) }
      for (const each of definitions) {
        const rows = await harness.store.query<{ id: string }>(render(membersSql(planDefinition(each, context), context)))
        const members = rows.map((row) => Number(row.id)).sort((one, other) => one - other)
        expect({ definition: each, members }).toEqual({ definition: each, members: naiveMembers(each, given, question) })
        if (members.length > 0 && members.length < given.persons.length) inhabited++
      }
    }),
    { numRuns: 6, endOnFailure: true },
  )
  // The comparison would say nothing if hardly any definition told people apart.
  expect(inhabited).toBeGreaterThan(40)
}, 180_000)

test('every table that a compiled definition reads is narrowed to the project first', () => {
  const context: CompileContext = {
    projectId: 424242,
    now,
    timezone: 'UTC',
    weekStart: 'monday',
    currency: 'EUR',
    roles,
    watermark: 100,
    hasOverrides: true,
    segments,
  }
  fc.assert(
    fc.property(definition, (given) => {
      const { text, params } = render(membersSql(planDefinition(given, context), context))
      const reads = text.match(/(?:from|join) kindred\.\w+/g) ?? []
      const narrowed = [...text.matchAll(/(?:from|join) kindred\.(\w+)[^()]*?where (?:\w\.)?project_id = \{(\w+):UInt32\}/g)].filter(
        (found) => params[found[2] ?? ''] === 424242,
      )
      const joined = [
        ...text.matchAll(
          /from kindred\.(?:events as e|segment_lists as l) left join \([^()]*(?:\([^()]*\)[^()]*)*\) as o on [^()]*? where \w\.project_id = \{(\w+):UInt32\}/g,
        ),
      ].filter((found) => params[found[1] ?? ''] === 424242)
      expect(narrowed.length + joined.length).toBe(reads.length)
    }),
  )
})

test('any definition can be said, and the sentence holds no name that only programs use', () => {
  fc.assert(
    fc.property(definition, (given) => {
      const sentence = definitionSentence(given, { roles, segmentName: (id) => segments.get(id)?.name ?? '' })
      expect(sentence).toMatch(/^People (who|whose|for whom|\()/)
      expect(sentence).not.toMatch(/undefined|\[object|\bNaN\b|…/)
    }),
  )
})

test.each<[Condition, string]>([
  [
    {
      all: [
        { did: { role: 'order' }, count: { atLeast: 3 }, within: { last: '30 days' }, where: [{ property: 'category', is: 'shoes' }] },
        { property: 'country', is: 'Ireland' },
      ],
    },
    'People who placed an order at least 3 times in the last 30 days where category is shoes, and whose country is Ireland',
  ],
  [{ not: { did: 'refund_requested', within: { last: '90 days' } } }, 'People who did not do “Refund requested” in the last 90 days'],
  [
    { any: [{ property: 'country', isNot: ['US', 'CA'] }, { all: [{ property: 'age', between: [18, 25] }, { in: 90 }] }] },
    'People whose country is not US or CA, or (whose age is between 18 and 25, and who are in “A list”)',
  ],
  [
    { did: { any: true }, sum: { property: 'revenue', moreThan: 1000 }, within: { from: '2026-01-01', to: '2026-03-31' } },
    'People who did anything with a total revenue of more than 1000 from 2026-01-01 to 2026-03-31',
  ],
  [{ did: { anyOf: ['view', 'cart'] }, count: { equals: 0 } }, 'People who did “View” or “Cart” exactly 0 times'],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => segments.get(id)?.name ?? '' })).toBe(sentence)
})
