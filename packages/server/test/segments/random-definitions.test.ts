import {
  type CompileContext,
  clausesOf,
  definitionSentence,
  membersSql,
  type PreviewRow,
  planDefinition,
  previewSql,
  render,
  type SegmentInfo,
} from '@kindred/engine'
import { readByCondition, type SegmentDefinition } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { textlessOf } from '../textless.ts'
import type { History, Question } from './naive/history.ts'
import { naiveMembers } from './naive/members.ts'
import { definition } from './random/definition.ts'
import { randomTraits } from './random/trait.ts'
import { history, now, roles, withListNamed } from './random/world.ts'
import { storeHistory } from './store-history.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const irish: SegmentDefinition = { unit: 'person', where: { property: 'country', is: ['Ireland'] } }
const bigCompanies: SegmentDefinition = { unit: 'account', accountType: 'company', where: { people: { atLeast: 2 }, where: { did: 'view' } } }
const viewers: SegmentDefinition = { unit: 'person', where: { did: 'view', within: { last: '30 days' } } }
const segments = new Map<number, SegmentInfo>([
  [90, { name: 'A list', kind: 'frozen' }],
  [91, { name: 'Irish', kind: 'rule', definition: irish }],
  [92, { name: 'A list of accounts', kind: 'frozen', unit: 'account' }],
  [93, { name: 'Big companies', kind: 'rule', definition: bigCompanies }],
  [94, { name: 'Viewers', kind: 'rule', definition: viewers }],
])

/** As a project knows of them: that somebody was put in or left out by hand, not who. */
function segmentsOf({ choices = [] }: History): Map<number, SegmentInfo> {
  const byHand = new Set(choices.map(({ segment }) => segment))
  return new Map([...segments].map(([id, info]) => [id, byHand.has(id) ? { ...info, hasChoices: true } : info]))
}

/** The traits drawn so far, as a project has them. */
const traits = () => new Map([...randomTraits].map(([name, definition]) => [name, { name, label: name, description: '', definition }]))

/** The traits that a definition names, so that a failure shows them. */
const traitsIn = (definition: SegmentDefinition) => readByCondition(definition.where).traits.map((name) => ({ name, definition: randomTraits.get(name) }))

/** `KINDRED_RUNS=670` asks more than 20,000 definitions. */
const histories = Number(process.env.KINDRED_RUNS ?? 5)

test(
  'random definitions over random histories have the members that a plain reading finds',
  async () => {
    let projectId = 0
    let inhabited = 0
    const world = fc.tuple(fc.constantFrom('items', 'line_items', 'lines'), history).map(([list, drawn]) => withListNamed(list, drawn))
    const cases = fc.tuple(world, fc.array(definition, { minLength: 30, maxLength: 30 }), fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York'))
    await fc.assert(
      fc.asyncProperty(cases, async ([{ given, roles }, definitions, timezone]) => {
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
          personNames: new Set(given.people.flatMap(({ properties }) => Object.keys(properties))),
          textless: textlessOf({ events: given.events.map(({ properties }) => properties), people: given.people.map(({ properties }) => properties) }),
          postalCountries: harness.store.postalCountries(),
          segments: segmentsOf(given),
          traits: traits(),
        }
        const question: Question = {
          now,
          timezone,
          weekStart: 'monday',
          roles,
          watermark: 100,
          segments: new Map([
            [91, irish],
            [93, bigCompanies],
            [94, viewers],
          ]),
          traits: randomTraits,
        }
        for (const each of definitions) {
          const rows = await harness.store.query<{ id: string }>(render(membersSql(planDefinition(each, context), context)))
          const members = rows.map((row) => Number(row.id)).sort((one, other) => one - other)
          const plain = naiveMembers(each, given, question)
          expect({ definition: each, traits: traitsIn(each), members }).toEqual({ definition: each, traits: traitsIn(each), members: plain })
          const everyone = each.unit === 'person' ? given.people : (given.accounts ?? [])
          if (members.length > 0 && members.length < everyone.length) inhabited++
          if (definitions.indexOf(each) % 3 === 0) await expectPreview(each, { given, context, question })
        }
      }),
      { numRuns: histories, endOnFailure: true },
    )
    // The comparison would say nothing if hardly any definition told people apart.
    expect(inhabited).toBeGreaterThan(histories)
  },
  180_000 + histories * 10_000,
)

/** A preview answers everything in one statement: every number of it is that of the plain reading, and so are the members that it shows. */
async function expectPreview(
  definition: SegmentDefinition,
  { given, context, question }: { given: History; context: CompileContext; question: Question },
): Promise<void> {
  const planned = planDefinition(definition, context)
  const clauses = clausesOf(definition, planned)
  const [row] = await harness.store.query<PreviewRow>(render(previewSql(planned, clauses, context)))
  const kept = clauses.map(({ condition }) => naiveMembers({ ...definition, where: condition }, given, question))
  const members = naiveMembers(definition, given, question).sort((one, other) => one - other)
  const plain = {
    members: members.length,
    counts: kept.map(({ length }) => length),
    sample: members.slice(0, 5).map((id) => [id, kept.map((each) => Number(each.includes(id)))]),
  }
  const found = { members: Number(row?.members), counts: row?.counts.map(Number), sample: row?.sample.map(([id, met]) => [Number(id), met]) }
  expect({ definition, ...found }).toEqual({ definition, ...plain })
}

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
    postalCountries: ['DE', 'IE', 'US'],
    segments,
  }
  fc.assert(
    fc.property(definition, (given) => {
      const { text, params } = render(membersSql(planDefinition(given, { ...context, traits: traits() }), context))
      expect(tablesRead(text).map(({ project }) => params[project ?? ''])).toEqual(tablesRead(text).map(() => 424242))
    }),
  )
})

test('any definition can be said, and the sentence holds no name that only programs use', () => {
  fc.assert(
    fc.property(definition, (given) => {
      const sentence = definitionSentence(given, { roles, segmentName: (id) => segments.get(id)?.name ?? '' })
      expect(sentence).toMatch(given.unit === 'person' ? /^People (who|whose|for whom|\()/ : /^Accounts (that|whose|for which|\()/)
      expect(sentence).not.toMatch(/undefined|\[object|\bNaN\b|…/)
    }),
  )
})

/** Each table that a statement reads, and the placeholder its `project_id` is compared with first in the `where` of the same level. */
function tablesRead(text: string): { table: string; project: string | undefined }[] {
  return [...text.matchAll(/(?:from|join) kindred\.(\w+)/g)].map((found) => {
    let level = 0
    let rest = ''
    // What stands in brackets is another statement's.
    for (const character of text.slice(found.index + found[0].length)) {
      if (character === ')') level--
      if (level < 0) break
      if (level === 0) rest += character
      if (character === '(') level++
    }
    return { table: found[1] ?? '', project: /^.*? where (?:\w\.)?project_id = \{(\w+):UInt32\}/.exec(rest)?.[1] }
  })
}
