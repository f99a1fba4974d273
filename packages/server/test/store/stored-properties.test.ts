import { raw, render } from '@kindred/engine'
import type { JsonValue, Properties } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readStoredProperties, storedProperties } from '../../src/store/clickhouse/stored-properties.ts'
import { openTestStore, type TestStore } from '../test-store.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const names = fc.constantFrom('a', 'b.c', 'items', 'line_items', 'category', 'x')
const plain = fc.oneof(fc.constantFrom<JsonValue>('', 'x', '12', '\u0001', '\u0001{"a":1}', '\u0001[', 'a "quoted" \\ one', 'ü😀'), fc.integer(), fc.boolean())
const { value } = fc.letrec<{ value: JsonValue; list: JsonValue[]; object: Properties }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, { weight: 3, arbitrary: plain }, { weight: 2, arbitrary: tie('list') }, { weight: 2, arbitrary: tie('object') }),
  list: fc.array(fc.oneof({ weight: 5, arbitrary: tie('value') }, { weight: 1, arbitrary: fc.constant(null) }), { maxLength: 4 }),
  object: fc.dictionary(names, fc.oneof({ weight: 5, arbitrary: tie('value') }, { weight: 1, arbitrary: fc.constant(null) }), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
}))

/** The store keeps nothing of a null, and of an object without anything in it only where that is an item of a list, or what a typed path holds. */
function kept(object: Properties): Properties {
  const entries = Object.entries(object).map(([key, inner]) => [key, keptValue(inner)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null && !isEmpty(inner)))
}

function keptValue(inner: JsonValue): JsonValue {
  if (Array.isArray(inner)) return inner.map(keptValue)
  return typeof inner === 'object' && inner !== null ? kept(inner) : inner
}

const isEmpty = (inner: JsonValue) => typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.keys(inner).length === 0

test('what is kept in the store comes back as it was, lists of objects and of lists too', async () => {
  let projectId = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(names, value, { maxKeys: 4, noNullPrototype: true }), { minLength: 30, maxLength: 30 }), async (given) => {
      projectId++
      await harness.insertEvents(given.map((properties, index) => ({ projectId, personId: index + 1, properties })))
      const rows = await harness.store.query<{ properties: string }>(
        render(
          raw(
            `select properties from (select toJSONString(properties) as properties, person_id from kindred.events where project_id = ${projectId} order by person_id settings output_format_json_quote_64bit_integers = 0)`,
          ),
        ),
      )
      expect(rows.map(({ properties }) => kept(readStoredProperties(properties)))).toEqual(given.map(kept))
    }),
    { numRuns: Number(process.env.KINDRED_RUNS ?? 20), endOnFailure: true },
  )
})

test('objects stay objects in the lists that are read field by field, and nowhere else in a list', () => {
  const list = [{ sku: 'a', 'to.go': [{ n: 1 }] }]
  const text = '\u0001{"sku":"a","to%2Ego":[{"n":1}]}'
  expect(storedProperties({ items: list, 'Line Items': list, lines: list, deep: { items: list } })).toEqual({
    items: [{ sku: 'a', 'to.go': ['\u0001{"n":1}'] }],
    'Line Items': [{ sku: 'a', 'to.go': ['\u0001{"n":1}'] }],
    lines: [text],
    deep: { items: [text] },
  })
  expect(storedProperties({ items: [null], other: [null] })).toEqual({ items: ['\u0001null'], other: [null] })
  const plainOnes = { tags: ['a', 1, null], name: 'x', place: { city: 'Cork' } }
  expect(storedProperties(plainOnes)).toBe(plainOnes)
})
