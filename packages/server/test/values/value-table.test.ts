import {
  bind,
  type CompileContext,
  eventProperty,
  eventsWhere,
  itemField,
  itemValue,
  join,
  operatorSql,
  personsWhere,
  raw,
  rawPersonProperty,
  render,
  type Sql,
  sql,
} from '@kindred/engine'
import { type JsonValue, matches, operatorOf, type Properties, propertyConditionSchema, type Value } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import vectors from '../../../model/test/value-vectors.json' with { type: 'json' }
import { parseJson, writeJson } from '../../src/capture/json.ts'
import { storedProperties } from '../../src/store/clickhouse/stored-properties.ts'
import { openTestStore, type TestStore } from '../test-store.ts'
import { operators, values } from './arbitrary-values.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
})
afterAll(() => harness.close())

const now = Date.UTC(2026, 2, 31, 12)
function contextOf(projectId: number, timezone = 'UTC'): CompileContext {
  return { projectId, now, timezone, weekStart: 'monday', currency: 'EUR', roles: { events: {}, properties: {} }, hasOverrides: false, segments: new Map() }
}

/** The answers of many conditions for every row: `places` says where the value was put. */
const places = {
  person: { of: rawPersonProperty('value x'), from: personsWhere, order: raw('p.person_id') },
  event: { of: eventProperty('value x'), from: (context: CompileContext) => eventsWhere(context), order: raw('e.person_id') },
  'hot path': { of: eventProperty('revenue'), from: (context: CompileContext) => eventsWhere(context), order: raw('e.person_id') },
} as const

async function answers(place: keyof typeof places, projectId: number, conditions: readonly Sql[]): Promise<boolean[][]> {
  const { from, order } = places[place]
  const met: boolean[][] = []
  // The store takes statements up to a quarter of a megabyte.
  for (let first = 0; first < conditions.length; first += conditionsAtOnce) {
    const some = conditions.slice(first, first + conditionsAtOnce)
    const statement = sql`select [${join(some, ', ')}] as met ${from(contextOf(projectId))} order by ${order}`
    const rows = await harness.store.query<{ met: (0 | 1 | null)[] }>(render(statement))
    rows.forEach((row, index) => {
      const read = row.met.map((each) => (each === null ? expect.fail('an answer is never NULL') : each === 1))
      met[index] = [...(met[index] ?? []), ...read]
    })
  }
  return met
}
const conditionsAtOnce = 60

/** As the pipeline writes them now, and as it wrote them before items of lists were kept as text: such rows stay as they are. */
const forms = {
  now: (properties: string) => writeJson(storedProperties(parseJson(properties) as Properties)),
  before: (properties: string) => properties,
}
type Form = keyof typeof forms

async function insertValues(projectId: number, values: readonly (string | null)[], form: Form = 'now'): Promise<void> {
  const written = (properties: (value: string) => string) =>
    values.map((value, index) => ({ projectId, personId: index + 1, properties: value === null ? '{}' : forms[form](properties(value)) }))
  await harness.insertPersons(written((value) => `{"value x":${value}}`))
  await harness.insertEvents(
    written((value) => {
      const list = `[{"other":1},{"value x":${value}}]`
      return `{"value x":${value},"revenue":${value},"items":[{"value x":${value}}],"line_items":${list},"lines":${list}}`
    }),
  )
}

const placesAndForms = (Object.keys(places) as (keyof typeof places)[]).flatMap((place) => (Object.keys(forms) as Form[]).map((form) => [place, form] as const))

test.each(placesAndForms)('the vectors read alike in SQL, from a %s, as written %s', async (place, form) => {
  const projectId = 10 + placesAndForms.findIndex((each) => each[0] === place && each[1] === form)
  await insertValues(
    projectId,
    vectors.map((vector) => vector.value),
    form,
  )
  const conditions = vectors.map(({ operator, timezone, now: at }) =>
    operatorSql(places[place].of, operatorOf(propertyConditionSchema.parse({ property: 'x', ...operator })), { now: at ?? 0, timezone: timezone ?? 'UTC' }),
  )
  const met = await answers(place, projectId, conditions)
  // A typed path holds whole numbers above 2^63 as floats; the way in turns them into text before.
  const unsigned = (value: string | null) => place === 'hot path' && value === '18446744073709551615'
  const wrong = vectors.filter((vector, index) => met[index]?.[index] !== vector.matches && !unsigned(vector.value))
  expect(wrong).toEqual([])
})

/** As the way in leaves a value: integers beyond 64 bits as text, wherever they stand. */
function asStored(value: JsonValue | undefined): { text: string | null; read: Value } {
  if (value === undefined) return { text: null, read: undefined }
  const isWide = (each: unknown) => typeof each === 'number' && Number.isInteger(each) && Math.abs(each) >= 2 ** 63 && Math.abs(each) < 1e21
  const text = JSON.stringify(value, (_key, each: unknown) => (isWide(each) ? String(each) : each))
  return { text, read: JSON.parse(text) as JsonValue }
}

test('random values and operators read alike in TypeScript and in SQL', async () => {
  let projectId = 100
  const timezones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu')
  const cases = fc.tuple(fc.array(values, { minLength: 60, maxLength: 60 }), fc.array(operators, { minLength: 40, maxLength: 40 }), timezones)
  await fc.assert(
    fc.asyncProperty(cases, async ([given, asked, timezone]) => {
      projectId++
      const stored = given.map(asStored)
      await insertValues(
        projectId,
        stored.map(({ text }) => text),
      )
      const expected = stored.map(({ read }) => asked.map((operator) => matches(read, operator, { now, timezone })))
      for (const place of Object.keys(places) as (keyof typeof places)[]) {
        const met = await answers(
          place,
          projectId,
          asked.map((operator) => operatorSql(places[place].of, operator, { now, timezone })),
        )
        met.forEach((row, value) => {
          row.forEach((each, operator) => {
            if (each !== expected[value]?.[operator])
              expect.fail(`${place}: ${stored[value]?.text} ${JSON.stringify(asked[operator])}: SQL says ${each} in ${timezone}`)
          })
        })
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

test.each(Object.keys(forms) as Form[])("an item's field reads as a property does, as written %s", async (form) => {
  const projectId = form === 'now' ? 90 : 91
  const list = vectors.filter(({ value, now: at, timezone }) => value !== null && at === undefined && timezone === undefined && !value.startsWith('{'))
  await insertValues(
    projectId,
    list.map((vector) => vector.value),
    form,
  )
  for (const key of ['items', 'line_items', 'lines']) {
    const conditions = list.map(({ operator }) => {
      const ofItem = operatorSql(itemValue(key, raw('item')), operatorOf(propertyConditionSchema.parse({ property: 'x', ...operator })), {
        now: 0,
        timezone: 'UTC',
      })
      return sql`arrayMap(item -> ${ofItem}, ${itemField(key, 'value x')})[-1]`
    })
    const met = await answers('event', projectId, conditions)
    // What is read through text compares whole numbers above 2^63 as those that are sent as text.
    const unsigned = (value: string | null) => key === 'lines' && value === '18446744073709551615'
    expect(list.filter((vector, index) => met[index]?.[index] !== vector.matches && !unsigned(vector.value))).toEqual([])
  }
})

test('any text may be a key, and each key reads its own value', async () => {
  const keys = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        'a.b',
        'a`b',
        "a'b",
        '$x',
        '^y',
        'a[]',
        'a[].b',
        '.:Int64',
        'a.:`Int64`',
        'a\\',
        '\\`',
        '{p0:String}',
        '--',
        '/*',
        ';',
        'null',
        '1',
        '`',
        '%',
        '..',
        'properties',
        'a b',
        'é',
        '😀',
        '"',
        '$session_id',
        'revenue',
        'items',
      ),
    ),
    { minLength: 5, maxLength: 20 },
  )
  let projectId = 1000
  await fc.assert(
    fc.asyncProperty(keys, async (given) => {
      projectId++
      const properties = Object.fromEntries(given.map((key, index) => [key, `value ${index}`]))
      await harness.insertEvents([{ projectId, personId: 1, properties }])
      await harness.insertPersons([{ projectId, personId: 1, properties }])
      const text = (of: typeof eventProperty) =>
        sql`[${join(
          given.map((key) => sql`ifNull(${of(key).text}, '')`),
          ', ',
        )}]`
      const [event] = await harness.store.query<{ read: string[] }>(render(sql`select ${text(eventProperty)} as read ${eventsWhere(contextOf(projectId))}`))
      const [person] = await harness.store.query<{ read: string[] }>(
        render(sql`select ${text(rawPersonProperty)} as read ${personsWhere(contextOf(projectId))}`),
      )
      expect(event?.read).toEqual(given.map((_, index) => `value ${index}`))
      expect(person?.read).toEqual(given.map((_, index) => `value ${index}`))
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('a bound value stays a value', async () => {
  const rows = await harness.store.query<{ echo: string }>(
    render(sql`select ${bind('String', `'; drop table kindred.events -- {p0:String} \\ \t \n \u0000 \``)} as echo`),
  )
  expect(rows).toEqual([{ echo: `'; drop table kindred.events -- {p0:String} \\ \t \n \u0000 \`` }])
})
