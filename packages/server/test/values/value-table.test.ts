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
import {
  type JsonValue,
  matches,
  type Operator,
  type OperatorName,
  operatorOf,
  operatorProblem,
  operatorShape,
  type Properties,
  propertyConditionSchema,
  type Value,
} from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import vectors from '../../../model/test/value-vectors.json' with { type: 'json' }
import { parseJson, writeJson } from '../../src/capture/json.ts'
import { storedProperties } from '../../src/store/clickhouse/stored-properties.ts'
import { openTestStore, type TestStore } from '../test-store.ts'

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

const words = fc.constantFrom(
  'a',
  'A',
  'ab',
  'shoes',
  'Shoes',
  'ß',
  'ẞ',
  'ς',
  'Σ',
  '5',
  '5.0',
  '-0',
  '1e21',
  'true',
  '12',
  ' 12',
  '2021-04-05',
  '2021-04-05T10:00:00',
  '1617580800',
  '1.2.3',
  'v1.2',
  '😀',
  "a'b",
  'a\\b',
  'a\nb',
  '%',
  '"',
  '',
  '\u0000',
  '\u0001',
  '\u0001[1]',
)
const addresses = fc.constantFrom(
  'a@example.com',
  'A.B@Example.COM',
  'a@b@example.com',
  'Bo <a@example.com>',
  'https://example.com',
  'https://u:p@www.example.com.:8080/a/b/?a=1&a=2&b=x+y#f',
  'HTTP://Example.com?a=%31&c',
  '//example.com/a',
  'example.com/a',
  '/a/b/',
  '/a//?a=%E2%82%AC&%61=%zz%4&a=%ff',
  '/?a=',
  '?a=1',
  'https://[::1]:80/a',
  'https://example.com#/a?a=1',
  'mailto:a@example.com',
  '+353 86 123 4567',
  '+1 (416) 555-0100',
  '+1-212-555-0100',
  '+18765550100',
  '+77011234567',
  '+79161234567',
  '+44 1481 123456',
  '+18005550100',
  '00353861234567',
  '+999123456',
)
const domains = fc.constantFrom('example.com', 'EXAMPLE.com', 'www.example.com', 'example', 'a', '')
const paths = fc.constantFrom('/', '', '/a', 'a', '/a/', '/a/b', '/A', '/a/b/')
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 5, 12, 1e21, 1e-7, 2 ** 53, -(2 ** 53), 2 ** 53 + 2, 2 ** 63, 1617580800, 1617580800000, 1.5, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => Math.round(value * 100) / 100)
    .filter(Number.isFinite),
)
const scalars = fc.oneof(words, words, addresses, fc.string({ unit: 'binary' }), numbers, fc.boolean(), numbers.map(String))
const values: fc.Arbitrary<JsonValue | undefined> = fc.oneof(
  { weight: 6, arbitrary: scalars },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.array(fc.oneof(scalars, fc.constant(null)), { maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.dictionary(fc.constantFrom('a', 'b', 'a.b'), fc.oneof(scalars, fc.constant(null), fc.array(scalars, { maxLength: 2 })), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      { maxLength: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>({}, { a: 1 }, { a: { b: null } }, { a: { b: '' } }, [{ a: 1 }], [[1]], { '': 1 }, { a: [{ b: 1 }] }, [
      { a: [{ b: [1] }] },
      1,
      'x',
    ]),
  },
)
const texts = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 5 }))
const textOrList = fc.oneof(texts, fc.array(texts, { maxLength: 3 }))
const scalarOrList = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }))
const moments = fc.constantFrom('2021-04-05', '1965-03-01', '2021-04-05T10:00:00', '2021-04-05T00:00Z', '2021-03-28T02:30', '2299-12-31')
const dayCounts = fc.constantFrom('0 days', '1 day', '5 days', '52 weeks', '400 days')
const durations = fc.constantFrom('1 day', '30 days', '500 weeks', '999999 hours')
const numberPair = fc.tuple(numbers, numbers)
const versions = fc.constantFrom('1.2.3', 'v1.2', '12', '0.2.3', '0.0.3', '5', '1.2.3-beta')
const truth = fc.constant<true>(true)
const textConditions = fc
  .oneof(
    fc.constantFrom('is', 'isNot').chain((name) => scalarOrList.map((operand) => ({ [name]: operand }))),
    fc.constantFrom('contains', 'notContains', 'startsWith', 'endsWith').chain((name) => textOrList.map((operand) => ({ [name]: operand }))),
    fc.constantFrom<object>({ matches: '^a' }, { notMatches: '[[:digit:]]' }, { longerThan: 1 }, { shorterThan: 2 }, { is: '€' }, { is: 'x y' }),
  )
  .chain((operator) => fc.constantFrom<object>(operator, { ...operator, ignoringCase: true }))
const itemConditions = fc.oneof(
  textConditions,
  fc.constantFrom<object>({ exists: true }, { missing: true }),
  fc.constantFrom('equals', 'notEquals', 'moreThan', 'atMost').chain((name) => numbers.map((operand) => ({ [name]: operand }))),
)
const operands: { [Name in OperatorName]: fc.Arbitrary<unknown> } = {
  exists: truth,
  missing: truth,
  is: scalarOrList,
  isNot: scalarOrList,
  contains: textOrList,
  notContains: textOrList,
  startsWith: textOrList,
  endsWith: textOrList,
  matches: fc.constantFrom('^a', 'a.b', '[[:alpha:]]+$', '\\p{Lu}', '(a|b)c?', '^$', '\\d{2,}', '(?i)SHOES', '\\s'),
  notMatches: fc.constantFrom('^a', '.'),
  longerThan: fc.nat({ max: 6 }),
  shorterThan: fc.nat({ max: 6 }),
  equals: numbers,
  notEquals: numbers,
  moreThan: numbers,
  atLeast: numbers,
  lessThan: numbers,
  atMost: numbers,
  between: numberPair,
  notBetween: numberPair,
  before: moments,
  after: moments,
  on: moments,
  betweenDates: fc.tuple(moments, moments),
  withinLast: durations,
  withinNext: durations,
  moreThanAgo: durations,
  moreThanAhead: durations,
  anniversaryWithinNext: dayCounts,
  anniversaryWithinLast: dayCounts,
  length: fc.oneof(
    fc.constantFrom('equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost').chain((name) => fc.nat({ max: 3 }).map((count) => ({ [name]: count }))),
    fc.constantFrom({ between: [1, 2] }, { notBetween: [1, 2] }, { atLeast: 1.5 }),
  ),
  someItem: textConditions,
  someItemWhere: fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'a.b'), itemConditions).map(([property, operator]) => ({ property, ...operator })),
    { minLength: 1, maxLength: 2 },
  ),
  domainIs: fc.oneof(domains, fc.array(domains, { maxLength: 2 })),
  domainIsNot: fc.oneof(domains, textOrList),
  pathIs: fc.oneof(paths, fc.array(paths, { maxLength: 2 }), textOrList),
  pathStartsWith: fc.oneof(paths, fc.array(paths, { maxLength: 2 }), textOrList),
  queryParameter: fc
    .tuple(fc.constantFrom('a', 'b', 'c'), fc.oneof(textConditions, fc.constant({ exists: true })))
    .map(([name, operator]) => ({ name, ...operator })),
  countryCodeIs: fc.subarray(['IE', 'us', 'CA', 'JM', 'RU', 'KZ', 'GB', 'GG'], { minLength: 1 }),
  hasAnyOf: scalarOrList,
  hasAllOf: scalarOrList,
  hasNoneOf: scalarOrList,
  versionEquals: versions,
  versionNotEquals: versions,
  versionMoreThan: versions,
  versionAtLeast: versions,
  versionLessThan: versions,
  versionAtMost: versions,
  versionTilde: versions,
  versionCaret: versions,
}
const operators: fc.Arbitrary<Operator> = fc
  .constantFrom(...(Object.keys(operatorShape) as OperatorName[]))
  .chain((name) => fc.record({ name: fc.constant(name), operand: operands[name], ignoringCase: fc.boolean() }) as fc.Arbitrary<Operator>)
  .filter((operator) => operatorProblem(operator) === null)

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
