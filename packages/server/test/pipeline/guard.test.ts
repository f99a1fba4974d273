import { hotDynamicPaths, hotTextColumns } from '@kindred/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeJson } from '../../src/capture/json.ts'
import { batchRequest, openWayIn, type WayIn } from './way-in.ts'

let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn({ propertyNames: 100_000 })
})
afterAll(() => wayIn.close())

/** Sends the JSON text of events as it is. */
async function sendText(project: number, events: string[]): Promise<void> {
  const body = Buffer.from(`{"api_key":"token-${project}","batch":[${events.join(',')}]}`)
  const reply = await wayIn.ingest.capture({ ...batchRequest(project, []), body })
  expect(reply.status).toBe(200)
  await wayIn.ingest.drained()
}
function setAside(project: number): { reason: string; detail: string; body: string }[] {
  return wayIn.catalog
    .prepare<[number], { reason: string; detail: string; body: string }>('select reason, detail, body from quarantine where project_id = ?')
    .all(project)
}
async function count(project: number): Promise<number> {
  const [row] = await wayIn.rows<{ n: string }>(`select count() as n from kindred.events where project_id = ${project}`)
  return Number(row?.n)
}

const nastyKeys = [
  '',
  ' ',
  '.',
  'a.b',
  'a',
  'a%2Eb',
  'a.b.c',
  '$set',
  '`',
  "'",
  '"',
  '\\',
  '[]',
  'a[]',
  ':Int64',
  '.:String',
  '^',
  'a.^b',
  '\u0000',
  '\ud800',
  '😀',
  'constructor',
  '__proto__',
  'é',
  'null',
  '0',
  '-1',
]
const key = fc.oneof(
  fc.constantFrom(...nastyKeys, ...hotDynamicPaths, ...Object.keys(hotTextColumns)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 5 }),
)
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('2024-01-01', '2024-01-01T00:00:00Z', '\ud800', 'a\u0000b', 'nan', '1e5', '', '\\', "'"),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e20, 1e21, -1e300, 5e-324, 2 ** 53, 2 ** 63, 2 ** 64),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.constantFrom(2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 63n), -(2n ** 63n) - 1n),
  fc.boolean(),
  fc.constant(null),
)
const properties = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 5 }) },
    { weight: 2, arbitrary: tie('object') },
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 6 }),
})).object

test('whatever JSON properties hold, the real store takes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          event: properties,
          set: properties,
          id: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
          name: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
        }),
        { minLength: 60, maxLength: 80 },
      ),
      async (events) => {
        const project = wayIn.project()
        const named = events.filter(({ name, id }) => name.trim() !== '' && id.trim() !== '')
        await sendText(
          project,
          named.map(({ event, set, id, name }) => writeJson({ event: name, distinct_id: id, properties: { ...event, $set: set, token: undefined } })),
        )
        const refused = setAside(project).filter(({ reason }) => reason === 'store-refused')
        expect(refused.map(({ detail, body }) => [detail, body])).toEqual([])
        expect((await count(project)) + setAside(project).length).toBe(named.length)
      },
    ),
    { numRuns: 8, endOnFailure: true },
  )
}, 200_000)

test('digits, texts and types arrive as they were sent', async () => {
  const project = wayIn.project()
  await sendText(project, [
    `{"event":"x","distinct_id":"a","properties":{"big":9007199254740993,"wide":18446744073709551615,"wider":18446744073709551616,"date":"2024-01-01","half":"a\\ud800b","nul":"a\\u0000b","a.b":1,"a":{"b":2},"$browser":7,"revenue":12,"none":null}}`,
  ])
  const [row] =
    await wayIn.rows(`select toString(properties.big) as big, toString(properties.wide) as wide, dynamicType(properties.wider) as wider, properties.date.:String as date,
    properties.half.:String as half, properties.nul.:String as nul, properties.\`a%2Eb\`.:Int64 as dotted, properties.a.b.:Int64 as inner, browser, properties.revenue.:Int64 as revenue,
    dynamicType(properties.none) as none from kindred.events where project_id = ${project}`)
  expect(row).toEqual({
    big: '9007199254740993',
    wide: '18446744073709551615',
    wider: 'String',
    date: '2024-01-01',
    half: 'a\ufffdb',
    nul: 'a\ufffdb',
    dotted: '1',
    inner: '2',
    browser: '7',
    revenue: '12',
    none: 'None',
  })
})

test('a key that writes its dot as the store does is the same key: the last one stands', async () => {
  const project = wayIn.project()
  await sendText(project, ['{"event":"x","distinct_id":"a","properties":{"a.b":1,"a%2Eb":2}}'])
  expect(await wayIn.rows(`select properties.\`a%2Eb\`.:Int64 as value from kindred.events where project_id = ${project}`)).toEqual([{ value: '2' }])
})

test('what cannot be taken is set aside by name, whole', async () => {
  const project = wayIn.project()
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  const event = (more: string) => `{"event":"x","distinct_id":"a",${more}}`
  await sendText(project, [
    event(`"timestamp":"1969-12-31T23:59:59Z"`),
    event(`"properties":{"deep":${nested(65)}}`),
    event(`"properties":{"deep":${nested(63)}}`),
    event(`"properties":{"long":"${'x'.repeat(1_048_576)}"}`),
    event(`"properties":{}`),
  ])
  expect(setAside(project).map(({ reason }) => reason)).toEqual(['timestamp-out-of-range', 'too-deep', 'too-large'])
  expect(setAside(project)[2]?.body.length).toBeGreaterThan(1_048_576)
  expect(await count(project)).toBe(2)
  const counters = wayIn.catalog.prepare(`select reason, count from counters where project_id = ? and kind = 'quarantined' order by reason`).all(project)
  expect(counters).toEqual([
    { reason: 'timestamp-out-of-range', count: 1 },
    { reason: 'too-deep', count: 1 },
    { reason: 'too-large', count: 1 },
  ])
})

test('an insert over nine years is split, since the store refuses more than a hundred months at once', async () => {
  const project = wayIn.project()
  const events = Array.from({ length: 105 }, (_, month) =>
    JSON.stringify({ event: 'x', distinct_id: 'a', timestamp: new Date(Date.UTC(2000, month, 3)).toISOString() }),
  )
  await sendText(project, events)
  expect(await count(project)).toBe(105)
  expect(setAside(project)).toEqual([])
})
