import { type CompileContext, clausesOf, membersSql, type PreviewRow, planDefinition, previewSql, render } from '@kindred/engine'
import { type Condition, maximumLeads, type SegmentDefinition } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { now, roles } from './random/world.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
  await harness.insertPersons([{ personId: 1 }, { personId: 2 }, { personId: 3 }])
  // Person 1 viewed once, person 2 twice, person 3 three times.
  await harness.insertEvents([1, 2, 2, 3, 3, 3].map((personId) => ({ personId, event: 'view', timestamp: now - 86_400_000 })))
})
afterAll(() => harness.close())

const context: CompileContext = {
  projectId: 1,
  now,
  timezone: 'UTC',
  weekStart: 'monday',
  currency: 'EUR',
  roles,
  watermark: 100,
  hasOverrides: true,
  postalCountries: [],
  segments: new Map(),
}

/** A condition put so often into what `wrap` makes of it. */
const nested = (times: number, wrap: (inner: Condition, level: number) => Condition, innermost: Condition): Condition =>
  Array.from({ length: times }, (_, level) => level).reduce(wrap, innermost)
const viewed = (atLeast: number): Condition => ({ did: 'view', count: { atLeast } })

async function ask(where: Condition): Promise<{ members: number[]; counted: number; clauses: number[] }> {
  const definition: SegmentDefinition = { unit: 'person', where }
  const planned = planDefinition(definition, context)
  const rows = await harness.store.query<{ id: string }>(render(membersSql(planned, context)))
  const [row] = await harness.store.query<PreviewRow>(render(previewSql(planned, clausesOf(definition, planned), context)))
  return { members: rows.map(({ id }) => Number(id)).sort(), counted: Number(row?.members), clauses: row?.counts.map(Number) ?? [] }
}

test.each<[string, Condition, number[]]>([
  ['of both', nested(80, (inner) => ({ all: [inner, viewed(2)] }), viewed(1)), [2, 3]],
  ['of either', nested(80, (inner) => ({ any: [inner, viewed(3)] }), viewed(2)), [2, 3]],
  ['of opposites', nested(499, (inner) => ({ not: inner }), viewed(3)), [1, 2]],
  ['of one and the other', nested(80, (inner, level) => (level % 2 === 0 ? { all: [inner, viewed(2)] } : { any: [inner, viewed(3)] }), viewed(1)), [2, 3]],
  ['of one of two', nested(80, (inner) => ({ atLeast: 1, of: [inner, viewed(3)] }), viewed(2)), [2, 3]],
  ['of two of three', nested(30, (inner) => ({ atLeast: 2, of: [inner, viewed(2), viewed(3)] }), viewed(1)), [2, 3]],
])('a group %s is answered however deep it nests, and so is its preview', async (_, where, members) => {
  expect(await ask(where)).toMatchObject({ members, counted: members.length })
})

test('events of people who are not there yet, or not any more, make no number less than nothing', async () => {
  const projectId = 7
  await harness.insertEvents([1, 2, 2].map((personId) => ({ projectId, personId, event: 'view', timestamp: now - 86_400_000 })))
  const own = { ...context, projectId }
  const preview = async (where: Condition) => {
    const definition: SegmentDefinition = { unit: 'person', where }
    const planned = planDefinition(definition, own)
    const [row] = await harness.store.query<PreviewRow>(render(previewSql(planned, clausesOf(definition, planned), own)))
    return row?.counts.map(Number)
  }
  // One pass over the views, and then bitmaps, since orders are other events.
  expect(await preview({ all: [viewed(1), { not: viewed(2) }] })).toEqual([2, 1, 1])
  expect(await preview({ all: [viewed(1), { not: { did: 'order' } }] })).toEqual([2, 0, 0])
  expect(await preview({ all: [{ did: 'order' }, { not: viewed(1) }] })).toEqual([0, 0, 2])
})

test('a hundred and fifty conditions are answered, each with its count', async () => {
  const { members, counted, clauses } = await ask({ any: Array.from({ length: 150 }, (_, index) => viewed(index + 2)) })
  expect({ members, counted }).toEqual({ members: [2, 3], counted: 2 })
  expect(clauses).toEqual([2, 1, ...Array.from({ length: 148 }, () => 0)])
})

test.each([1, 3, 20, 39])('at least %i of forty are counted right', async (atLeast) => {
  // Person 3 meets 3 of them, person 2 two, person 1 one: the others are met by nobody, or, turned round, by everybody.
  const some = await ask({ atLeast, of: Array.from({ length: 40 }, (_, index) => viewed(index + 1)) })
  expect(some.members).toEqual([1, 2, 3].filter((views) => views >= atLeast))
  expect(some.counted).toBe(some.members.length)
  const others = await ask({ atLeast, of: Array.from({ length: 40 }, (_, index) => ({ not: viewed(index + 1) })) })
  expect(others.members).toEqual([1, 2, 3].filter((views) => 40 - views >= atLeast))
  expect(others.counted).toBe(others.members.length)
})

const others: [string, (inner: Condition, level: number) => Condition][] = [
  ['any', (where, level) => (level % 2 === 0 ? { people: 'any', where } : { account: 'any', where })],
  ['all', (where, level) => (level % 2 === 0 ? { people: 'all', where } : { account: 'all', where })],
  ['a number', (where, level) => (level % 2 === 0 ? { people: { between: [1, 3] }, where } : { account: { between: [1, 3] }, where })],
  ['a share', (where, level) => (level % 2 === 0 ? { people: { share: { between: [1, 90] } }, where } : { account: { share: { between: [1, 90] } }, where })],
]

test.each(others)('%s of the people of accounts within each other is said once at each level', async (_, wrap) => {
  const statement = (times: number) => {
    const definition: SegmentDefinition = { unit: times % 2 === 0 ? 'person' : 'account', where: nested(times, wrap, viewed(1)) }
    return render(membersSql(planDefinition(definition, context), context))
  }
  const [two, four, six, eight] = [2, 4, 6, maximumLeads].map((times) => statement(times).text.length) as [number, number, number, number]
  // Each further level adds as much as the one before, but for the length of numbers.
  expect(Math.abs(eight - six - (six - four))).toBeLessThan(60)
  expect(Math.abs(six - four - (four - two))).toBeLessThan(60)
  await harness.store.query(statement(maximumLeads))
})

test('people of accounts within each other more often than the store can ask is refused where it stands', () => {
  const [, wrap] = others[0] ?? []
  const where = wrap && nested(maximumLeads + 1, wrap, viewed(1))
  const path = `where${'.where'.repeat(maximumLeads + 1)}`
  expect(() => planDefinition({ unit: 'account', where: where ?? viewed(1) }, context)).toThrow(
    expect.objectContaining({ code: 'segment/too-deep', details: { path, limit: maximumLeads } }),
  )
})
