import { type CompileContext, definitionSentence, membersSql, planDefinition, render, type SegmentInfo } from '@kindred/engine'
import { readByCondition, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import type { Question } from './naive/history.ts'
import { naiveMembers } from './naive/members.ts'
import { leaves } from './random/leaves.ts'
import { randomTraits } from './random/trait.ts'
import { history, now, roles } from './random/world.ts'
import { storeHistory } from './store-history.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const condition = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    ...Object.values(leaves),
    { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('tree'), { minLength: 1, maxLength: 3 })
        .chain((of) => fc.record({ atLeast: fc.integer({ min: 1, max: of.length }), of: fc.constant(of) })),
    },
  ),
})).tree
const definition: fc.Arbitrary<SegmentDefinition> = condition.map((where) => segmentDefinitionSchema.parse(JSON.parse(JSON.stringify({ where }))))

const irish: SegmentDefinition = { unit: 'person', where: { property: 'country', is: ['Ireland'] } }
const segments = new Map<number, SegmentInfo>([
  [90, { name: 'A list', kind: 'frozen' }],
  [91, { name: 'Irish', kind: 'rule', definition: irish }],
])

/** The traits drawn so far, as a project has them. */
const traits = () => new Map([...randomTraits].map(([name, definition]) => [name, { name, label: name, description: '', definition }]))

/** The traits that a definition names, so that a failure shows them. */
const traitsIn = (definition: SegmentDefinition) => readByCondition(definition.where).traits.map((name) => ({ name, definition: randomTraits.get(name) }))

/** `KINDRED_RUNS=670` asks more than 20,000 definitions. */
const histories = Number(process.env.KINDRED_RUNS ?? 8)

test(
  'random definitions over random histories have the members that a plain reading finds',
  async () => {
    let projectId = 0
    let inhabited = 0
    const cases = fc.tuple(history, fc.array(definition, { minLength: 30, maxLength: 30 }), fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York'))
    await fc.assert(
      fc.asyncProperty(cases, async ([given, definitions, timezone]) => {
        projectId++
        await storeHistory(harness, given, projectId)
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
          traits: traits(),
        }
        const question: Question = { now, timezone, weekStart: 'monday', roles, watermark: 100, segments: new Map([[91, irish]]), traits: randomTraits }
        for (const each of definitions) {
          const rows = await harness.store.query<{ id: string }>(render(membersSql(planDefinition(each, context), context)))
          const members = rows.map((row) => Number(row.id)).sort((one, other) => one - other)
          const plain = naiveMembers(each, given, question)
          expect({ definition: each, traits: traitsIn(each), members }).toEqual({ definition: each, traits: traitsIn(each), members: plain })
          if (members.length > 0 && members.length < given.people.length) inhabited++
        }
      }),
      { numRuns: histories, endOnFailure: true },
    )
    // The comparison would say nothing if hardly any definition told people apart.
    expect(inhabited).toBeGreaterThan(40)
  },
  180_000 + histories * 10_000,
)

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
      const { text, params } = render(membersSql(planDefinition(given, { ...context, traits: traits() }), context))
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
