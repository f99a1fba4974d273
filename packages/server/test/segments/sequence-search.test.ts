import { type ChainRow, type CompileContext, chainRowsSql, matchedChain, membersSql, personSubject, planDefinition, render, sequenceOf } from '@kindred/engine'
import { type Properties, type Roles, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import type { History } from './naive/history.ts'
import { naiveMembers } from './naive/members.ts'
import { storeHistory } from './store-history.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

/** Few names, few values and few instants, so that chains of events compete, meet their limits to the minute and tie. */
const minute = 60_000
const now = Date.UTC(2026, 2, 31, 12)
const roles: Roles = { events: {}, properties: { items: 'items' } }
const names = ['a', 'b', 'c'] as const
const value = fc.constantFrom('x', 'y', 1)
const event = fc.record({
  event: fc.constantFrom(...names, 'a', 'b', 'other'),
  minutes: fc.integer({ min: -1, max: 12 }),
  position: fc.integer({ min: 1, max: 1000 }),
  properties: fc.record(
    {
      k: fc.oneof(value, fc.uniqueArray(value, { maxLength: 2 })),
      l: value,
      items: fc.array(fc.record({ p: value, q: value }, { requiredKeys: [] }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ) as unknown as fc.Arbitrary<Properties>,
})
const people = 120
const history: fc.Arbitrary<History> = fc
  .array(fc.uniqueArray(event, { maxLength: 9, selector: ({ minutes, position }) => `${minutes} ${position}` }), { minLength: people, maxLength: people })
  .map((histories) => ({
    people: histories.map((_, index) => ({ id: index + 1, properties: {}, deleted: false })),
    events: histories.flatMap((events, index) => events.map(({ minutes, ...each }) => ({ ...each, personId: index + 1, timestamp: now - minutes * minute }))),
    merges: new Map(),
    lists: new Map(),
  }))

const length = fc.option(
  fc.integer({ min: 0, max: 8 }).map((minutes) => `${minutes} minutes`),
  { nil: undefined },
)
const step = fc.record({
  absent: fc.constantFrom(false, false, true),
  of: fc.oneof({ weight: 8, arbitrary: fc.constantFrom<unknown>(...names) }, { weight: 1, arbitrary: fc.constant({ any: true }) }),
  within: length,
  after: fc.constantFrom(undefined, undefined, 'first'),
  filter: fc.option(fc.constantFrom<unknown>({ property: 'p', is: 'x' }, { property: 'l', isNot: 'y' }, { property: 'q', exists: true }), {
    nil: undefined,
    freq: 3,
  }),
  same: fc.option(fc.tuple(fc.nat(), fc.constantFrom('k', 'l', 'p', 'q'), fc.constantFrom(undefined, undefined, 'k', 'p')), { nil: undefined, freq: 3 }),
})
type Drawn = typeof step extends fc.Arbitrary<infer Of> ? Of : never

const definition: fc.Arbitrary<SegmentDefinition> = fc
  .record({
    steps: fc.array(step, { minLength: 2, maxLength: 5 }),
    within: fc.option(fc.constantFrom({ last: '10 minutes' }, { ago: ['12 minutes', '3 minutes'] }, { to: '2026-03-31T11:55:00Z' }), {
      nil: undefined,
      freq: 4,
    }),
    strict: fc.constantFrom(undefined, undefined, undefined, undefined, true),
  })
  .map(({ steps, within, strict }) => ({ sequence: steps.map((each, place) => written(each, place, steps)), within, strict }))
  .map((where) => segmentDefinitionSchema.parse({ where: JSON.parse(JSON.stringify(where)) }))

function written(drawn: Drawn, place: number, steps: readonly Drawn[]): object {
  const { absent, of, within, after, filter, same } = drawn
  if (place === 0) return { did: of, where: filter === undefined ? undefined : [filter] }
  const before = [1, ...steps.flatMap((each, index) => (index > 0 && index < place && !each.absent ? [index + 1] : []))]
  const [which = 0, property, other] = same ?? []
  const sameAs = same === undefined ? [] : [{ property, sameAs: { step: before[which % before.length], of: other } }]
  const where = [...(filter === undefined ? [] : [filter]), ...sameAs]
  return { [absent ? 'absent' : 'did']: of, where: where.length === 0 ? undefined : where, within, after: within === undefined ? undefined : after }
}

/** Each definition is asked of `people` small histories at once. */
const definitions = Number(process.env.KINDRED_RUNS ?? 4) * 10

test(
  'a sequence has the members for whom some choice of events meets everything, by trying every choice',
  async () => {
    let projectId = 0
    let inhabited = 0
    await fc.assert(
      fc.asyncProperty(fc.tuple(history, fc.array(definition, { minLength: 10, maxLength: 10 })), async ([given, asked]) => {
        projectId++
        await storeHistory(harness, given, projectId)
        const context: CompileContext = {
          projectId,
          now,
          timezone: 'UTC',
          weekStart: 'monday',
          currency: 'EUR',
          roles,
          watermark: 990,
          hasOverrides: false,
          segments: new Map(),
        }
        for (const each of asked) {
          const rows = await harness.store.query<{ id: string }>(render(membersSql(planDefinition(each, context), context)))
          const members = rows.map(({ id }) => Number(id)).sort((one, other) => one - other)
          const plain = naiveMembers(each, given, { now, timezone: 'UTC', weekStart: 'monday', roles, watermark: 990, segments: new Map() })
          expect({ definition: each, members }).toEqual({ definition: each, members: plain })
          if (members.length > 0 && members.length < people) inhabited++
          expect({ definition: each, chained: await chainedOf(each, given, context) }).toEqual({ definition: each, chained: members })
        }
      }),
      { numRuns: definitions / 10, endOnFailure: true },
    )
    // The comparison would say nothing if hardly any sequence told people apart.
    expect(inhabited).toBeGreaterThan(definitions / 10)
  },
  60_000 + definitions * 5000,
)

/** Whom a chain of events can be shown for; every event of it, and the steps around it, must be what the sequence asks for: asked of these events alone, they are members too. */
async function chainedOf(definition: SegmentDefinition, given: History, context: CompileContext): Promise<number[]> {
  const { plan } = sequenceOf(planDefinition(definition, context).plan, personSubject) ?? { plan: null }
  if (plan === null) throw new Error('the definition is a sequence')
  const rows = await harness.store.query<ChainRow>(render(chainRowsSql(plan, { context, subject: personSubject })))
  const found = rows.flatMap((row) => {
    const chain = matchedChain(plan, row)
    return chain === null ? [] : [{ id: Number(row.id), positions: chain.map((at) => `${row.times[at]} ${row.places[at]}`) }]
  })
  const done = 'sequence' in definition.where ? definition.where.sequence.filter((each) => 'did' in each) : []
  const question = { now, timezone: 'UTC', weekStart: 'monday' as const, roles, watermark: 990, segments: new Map() }
  for (const { id, positions } of found) {
    // Without what must be absent, and without the other events, the chain alone is the sequence.
    const events = given.events.filter((event) => event.personId === id && positions.includes(`${event.timestamp} ${event.position}`))
    expect(events).toHaveLength(done.length)
    const isPlain = 'sequence' in definition.where && done.length === definition.where.sequence.length
    if (isPlain) expect(naiveMembers(definition, { ...given, events }, question)).toContain(id)
  }
  return [...new Set(found.map(({ id }) => id))].sort((one, other) => one - other)
}
