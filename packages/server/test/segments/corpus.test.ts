import { type CompileContext, membersSql, planDefinition, render, type SegmentInfo } from '@kindred/engine'
import { KindredError, segmentDefinitionSchema } from '@kindred/model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { textlessOf } from '../textless.ts'
import { type CorpusCase, type CorpusFile, corpusFiles, historyOf, segmentsOf, traitsOf } from './corpus.ts'
import type { Question } from './naive/history.ts'
import { naiveMembers } from './naive/members.ts'
import { storeHistory } from './store-history.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const files = corpusFiles()
const everyPosition = 1_000_000

for (const [index, { file, world }] of files.entries()) {
  const projectId = index + 1
  const history = historyOf(world)
  describe(`${file}: ${world.about}`, () => {
    beforeAll(() => storeHistory(harness, history, projectId))

    test.each(world.cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
      const context = contextOf(world, each, projectId)
      if (each.refused !== undefined) {
        expect(refusalOf(each, context)).toMatchObject({
          code: each.refused.code,
          ...(each.refused.path === undefined ? {} : { details: { path: each.refused.path } }),
        })
        return
      }
      const definition = segmentDefinitionSchema.parse(each.definition)
      const planned = planDefinition(definition, context)
      const rows = await harness.store.query<{ id: string }>(render(membersSql(planned, context)))
      const compiled = rows.map(({ id }) => Number(id)).sort((one, other) => one - other)
      const plain = naiveMembers(definition, history, questionOf(world, each)).sort((one, other) => one - other)
      expect({ compiled, plain }).toEqual({ compiled: each.members, plain: each.members })
      expect(planned.warnings.map(({ path }) => path)).toEqual(each.warned ?? [])
    })
  })
}

/** What a definition is refused with, when it is read or when it is planned. */
function refusalOf({ definition }: CorpusCase, context: CompileContext): unknown {
  const read = segmentDefinitionSchema.safeParse(definition)
  if (!read.success) return { code: 'segment/invalid', details: { path: read.error.issues[0]?.path.join('.') } }
  try {
    planDefinition(read.data, context)
  } catch (error) {
    if (error instanceof KindredError) return error
    throw error
  }
  return { code: 'nothing: the definition was taken' }
}

function contextOf(world: CorpusFile, each: CorpusCase, projectId: number): CompileContext {
  const rules = [...segmentsOf(world)].map(([id, definition]): [number, SegmentInfo] => [id, { name: `Segment ${id}`, kind: 'rule', definition }])
  const lists = Object.keys(world.lists).map((id): [number, SegmentInfo] => [Number(id), { name: `List ${id}`, kind: 'frozen' }])
  const accountLists = Object.keys(world.accountLists).map((id): [number, SegmentInfo] => [Number(id), { name: `List ${id}`, kind: 'frozen', unit: 'account' }])
  return {
    projectId,
    now: Date.parse(each.now ?? world.now),
    timezone: each.timezone ?? world.timezone,
    weekStart: each.weekStart ?? world.weekStart,
    currency: 'EUR',
    roles: world.roles,
    ...(world.seasons === undefined ? {} : { seasons: world.seasons }),
    watermark: each.watermark ?? everyPosition,
    hasOverrides: world.merges.length > 0,
    personNames: new Set(world.people.flatMap(({ properties }) => Object.keys(properties))),
    textless: textlessOf({ events: world.events.map(({ properties }) => properties), people: world.people.map(({ properties }) => properties) }),
    postalCountries: harness.store.postalCountries(),
    segments: new Map([...rules, ...lists, ...accountLists]),
    traits: new Map([...traitsOf(world)].map(([name, definition]) => [name, { name, label: name, description: '', definition }])),
  }
}

function questionOf(world: CorpusFile, each: CorpusCase): Question {
  return {
    now: Date.parse(each.now ?? world.now),
    timezone: each.timezone ?? world.timezone,
    weekStart: each.weekStart ?? world.weekStart,
    roles: world.roles,
    ...(world.seasons === undefined ? {} : { seasons: world.seasons }),
    watermark: each.watermark ?? everyPosition,
    segments: segmentsOf(world),
    traits: traitsOf(world),
  }
}
