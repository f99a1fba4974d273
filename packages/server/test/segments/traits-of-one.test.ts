import { absentNumber, type CompileContext, planTrait, render, valuesOfOneSql } from '@kindred/engine'
import { builtInTraits, type TraitDefinition, traitType } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'
import { accountsThere, askedOf } from './naive/accounts.ts'
import type { Asked, History, Question } from './naive/history.ts'
import { meets } from './naive/kinds.ts'
import { personEvents } from './naive/person-events.ts'
import { traitValue } from './naive/trait.ts'
import { accountTrait, randomTraits, trait } from './random/trait.ts'
import { history, now, roles } from './random/world.ts'
import { storeHistory } from './store-history.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const timezone = 'Europe/Berlin'
const list = { name: 'A list', kind: 'frozen' as const }

test('the traits of one person, or one account, read together are those that a plain reading finds', async () => {
  let projectId = 0
  let known = 0
  await fc.assert(
    fc.asyncProperty(history, fc.array(fc.oneof(trait, accountTrait), { minLength: 12, maxLength: 12 }), async (given, named) => {
      projectId++
      await storeHistory(harness, given, projectId)
      const names = named.map((each) => (each as { trait: string }).trait)
      const definitions = [...new Set(names)].flatMap((name) => randomTraits.get(name) ?? [])
      const built = [...builtInTraits.values()].map(({ definition }) => definition)
      for (const unit of ['person', 'account'] as const) {
        const traits = [...definitions, ...built].filter((each) => each.unit === unit)
        for (const asked of somebody(given, unit)) known += await expectValues(traits, asked, projectId)
      }
    }),
    { numRuns: 4, endOnFailure: true },
  )
  // The comparison would say nothing if hardly any value was known.
  expect(known).toBeGreaterThan(100)
}, 180_000)

function somebody(given: History, unit: 'person' | 'account'): Asked[] {
  const traits = randomTraits
  const question: Question = { now, timezone, weekStart: 'monday', roles, watermark: 100, segments: new Map(), traits }
  const asked = { history: given, question, meets }
  if (unit === 'account') return accountsThere(given).map((account) => askedOf(account, asked))
  const people = given.people.filter(({ deleted }) => !deleted).slice(0, 5)
  return people.map((subject) => ({ ...asked, subject, unit, events: personEvents(subject.id, given, question) }))
}

/** How many of the values are known. */
async function expectValues(traits: readonly TraitDefinition[], asked: Asked, projectId: number): Promise<number> {
  const own = new Map([...randomTraits].map(([name, definition]) => [name, { name, label: name, description: '', definition }]))
  const context: CompileContext = {
    projectId,
    now,
    timezone,
    weekStart: 'monday',
    currency: 'EUR',
    roles,
    watermark: 100,
    hasOverrides: asked.history.merges.size > 0,
    segments: new Map([[90, { ...list, hasChoices: asked.history.choices?.some(({ segment }) => segment === 90) === true }]]),
    traits: own,
  }
  const planned = traits.map((definition) => planTrait(definition, context))
  const statement = valuesOfOneSql(planned, asked.subject.id, context)
  if (statement === null) throw new Error('some trait has values')
  const rows = await harness.store.query<{ indexes: number[]; values: (string | null)[] }>(render(statement))
  const found = new Map(rows.flatMap(({ indexes, values }) => indexes.map((index, place) => [index, values[place] ?? 'null'])))
  const seen = traits.map((definition, index) => {
    const plan = planned[index]
    const json = found.get(index) ?? JSON.stringify(plan === undefined ? null : absentNumber(plan, context))
    return plainOf(definition, JSON.parse(json))
  })
  const plain = traits.map((definition) => plainOf(definition, traitValue(definition, asked).value))
  expect({ id: asked.subject.id, values: traits.map((definition, index) => ({ definition, value: seen[index] })) }).toEqual({
    id: asked.subject.id,
    values: traits.map((definition, index) => ({ definition, value: plain[index] })),
  })
  return plain.filter((value) => value !== null).length
}

/** A value in one form: dates as epoch milliseconds, numbers to nine digits, an empty list as none. */
function plainOf(definition: TraitDefinition, value: unknown): unknown {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null
  const type = traitType(definition)
  if (type === 'date') return typeof value === 'string' && value.includes('T') ? Date.parse(value) : Number(value)
  return type === 'number' ? Number(Number(value).toPrecision(9)) : type === 'text' ? String(value) : value
}
