import { type InsightAnswer, type SegmentPreview, standardFields, standardName, type ValueCount } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ timezone: 'America/New_York' })
  const people: Record<string, Record<string, unknown>> = {
    ann: { Email: ' Ann@Example.com ', country: 'IE', city: 'Dublin', $geoip_country_name: 'Germany', $geoip_city_name: 'Berlin', birth_date: '1996-03-31' },
    bob: { $email: 'bob@example.com', shipping_address: { country: 'usa', city: 'Boston', zip: '02101' }, billing_country: 'CA', dob: '1996-04-01' },
    cem: { $geoip_country_code: 'TR', $geoip_city_name: 'İzmir', language: 'tr-TR', age: '41', gender: 'M', hobbies: ['chess', 'running'] },
    dot: { country: '', email: null, age: 200, 'age-group': '20 - 30', latitude: -33.9, longitude: 151.2 },
    eve: {
      country: 'Atlantis',
      $geoip_latitude: 53.3,
      $geoip_longitude: -6.3,
      language: 'Klingon',
      birthday: '2026-05-01',
      first_name: 'Eve',
      last_name: 'Ó Sé',
    },
  }
  await project.append(Object.entries(people).map(([distinctId, set]) => ({ event: '$identify', distinctId, set: set as never })))
}, 60_000)
afterAll(() => server.close())

const values = async (property: string) => (await project.get<{ results: ValueCount[] }>(`/data/values?of=person&property=${property}`)).results
const has = async (property: string) => Object.fromEntries((await values(property)).map(({ value, count }) => [value, count]))
const members = async (where: object) => {
  const preview = await project.post<SegmentPreview>('/segments/preview', { definition: { where } })
  return { who: preview.people.map(({ distinctIds }) => distinctIds[0]).sort(), sentence: preview.sentence }
}

test('a standard field is the surest of its sources in one form, and a raw property keeps its own name', async () => {
  expect(await has('standard.country')).toEqual({ Ireland: 1, 'United States': 1, Türkiye: 1, Atlantis: 1 })
  expect(await has('country')).toEqual({ IE: 1, Atlantis: 1 })
  expect(await has('standard.country_ip')).toEqual({ Germany: 1, Türkiye: 1 })
  expect(await has('standard.country_shipping')).toEqual({ 'United States': 1 })
  expect(await has('standard.country_billing')).toEqual({ Canada: 1 })
  expect(await has('standard.country_code')).toEqual({ IE: 1, US: 1, TR: 1 })
  expect(await has('standard.continent')).toEqual({ Europe: 1, 'North America': 1, Asia: 1 })
  expect(await has('standard.email')).toEqual({ 'ann@example.com': 1, 'bob@example.com': 1 })
  expect(await has('standard.name')).toEqual({ 'Eve Ó Sé': 1 })
  expect(await has('standard.language')).toEqual({ Turkish: 1, Klingon: 1 })
  expect(await has('standard.gender')).toEqual({ male: 1 })
  expect(await has('standard.hobbies')).toEqual({ chess: 1, running: 1 })
  expect(await has('standard.postal_code')).toEqual({ '02101': 1 })
})

test('a city is taken only from a source of the same country', async () => {
  expect(await has('standard.city')).toEqual({ Dublin: 1, Boston: 1, İzmir: 1 })
  expect(await has('standard.city_ip')).toEqual({ Berlin: 1, İzmir: 1 })
  expect(await has('standard.climate_season')).toEqual({ spring: 4, autumn: 1 })
})

test('segments, filters and breakdowns ask for standard fields and say so', async () => {
  expect(await members({ property: 'standard.country', is: ['Ireland', 'United States'] })).toEqual({
    who: ['ann', 'bob'],
    sentence: 'People whose country (any source) is Ireland or United States',
  })
  expect(await members({ property: 'standard.age', atLeast: 30 })).toEqual({ who: ['ann', 'cem'], sentence: 'People whose age (any source) is at least 30' })
  expect((await members({ property: 'standard.age', missing: true })).who).toEqual(['dot', 'eve'])
  expect((await members({ property: 'standard.age_group', is: '20 - 30' })).who).toEqual(['dot'])
  expect((await members({ property: 'standard.age_group', is: '25-34' })).who).toEqual(['ann', 'bob'])
  expect((await members({ property: 'standard.hobbies', hasAllOf: ['chess', 'running'] })).who).toEqual(['cem'])
  expect((await members({ property: 'standard.birth_date', on: '1996-04-01' })).who).toEqual(['bob'])
  expect((await members({ property: 'standard.latitude', lessThan: 0 })).who).toEqual(['dot'])
  const answer = await project.post<InsightAnswer>('/insights/run', {
    query: {
      series: [{ event: '$identify', filters: [{ of: 'person', property: 'standard.country', isNot: 'Atlantis' }] }],
      breakdown: { of: 'person', property: 'standard.age_group' },
      display: 'table',
    },
  })
  expect(answer.rows.map(({ breakdown, total }) => [breakdown?.kind === 'value' ? breakdown.value : breakdown?.kind, total])).toEqual([
    ['25-34', 2],
    ['20 - 30', 1],
    ['35-44', 1],
  ])
})

test('names that are no standard field are refused by name', async () => {
  const refused = (definition: object) => project.post('/segments/preview', { definition })
  await expect(refused({ where: { property: 'standard.countri', is: 'x' } })).rejects.toMatchObject({
    status: 400,
    body: expect.stringContaining('not a standard field'),
  })
  await expect(refused({ where: { did: 'a', where: [{ property: 'standard.country', is: 'x' }] } })).rejects.toMatchObject({ status: 400 })
  await expect(refused({ where: { property: 'standard.industry', is: 'x' } })).rejects.toMatchObject({ status: 400 })
})

test('every field can be asked where nobody has any of its sources, and is found as soon as somebody does', async () => {
  const bare = await server.createProject()
  await bare.append([{ event: '$identify', distinctId: 'ann', set: { shoe_size: 38 } }])
  const fields = standardFields.filter(({ of }) => of === 'person').map(standardName)
  const definition = (operator: object) => ({ where: { all: fields.map((property) => ({ property, ...operator })) } })
  expect((await bare.post<SegmentPreview>('/segments/preview', { definition: definition({ missing: true }) })).count).toBe(1)
  const anyOf = {
    where: { any: fields.flatMap((property) => [{ is: 'x' }, { moreThan: 1 }, { hasAnyOf: ['x'] }, { exists: true }].map((each) => ({ property, ...each }))) },
  }
  expect((await bare.post<SegmentPreview>('/segments/preview', { definition: anyOf })).count).toBe(0)
  for (const property of fields)
    expect((await bare.get<{ results: ValueCount[] }>(`/data/values?of=person&property=${property}&reveal=true`)).results).toEqual([])
  await bare.append([{ event: '$set', distinctId: 'ann', set: { billing_country: 'IE' } }])
  const irish = { where: { property: 'standard.country', is: 'Ireland' } }
  expect((await bare.post<SegmentPreview>('/segments/preview', { definition: irish })).count).toBe(1)
})
