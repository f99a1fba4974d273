import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type {
  Page,
  PersonBackground,
  PersonRow,
  PostalCodes,
  PostalCodesInstalled,
  Segment,
  SegmentFilesApplied,
  SegmentPreview,
  Trait,
  TraitPreview,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postalCodes } from '../../src/postal-codes/command.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let shop: TestProject
let folder: string

const secret = 'the-instance-secret-of-tests'
const authorization = `Bearer ${secret}`

const cork = { $geoip_country_code: 'IE', $geoip_city_name: 'Cork', $geoip_latitude: 51.9, $geoip_longitude: -8.5 }

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.createProject()
  folder = mkdtempSync(join(tmpdir(), 'kindred-postal-'))
  await shop.append([
    { event: '$identify', distinctId: 'dublin', set: { country: 'Ireland', postal_code: 'D04 V5K8', ...cork } },
    { event: '$identify', distinctId: 'london', set: { shipping_country: 'GB', shipping_postcode: 'SW1A 1AA', $geoip_country_code: 'GB' } },
    { event: '$identify', distinctId: 'nowhere', set: { country: 'Ireland' } },
  ])
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A line as GeoNames writes it: our own, of a place that is made up or known to everybody. */
const line = (country: string, [code, place]: readonly [string, string], [latitude, longitude]: readonly (number | string)[]) =>
  [country, code, place, 'Region', 'RG', '', '', '', '', latitude, longitude, 6].join('\t')

async function install(
  name: string,
  body: string | Buffer,
): Promise<{ status: number; reply: PostalCodesInstalled & { error?: { code: string; message: string } } }> {
  const headers = { authorization, 'content-type': 'application/octet-stream' }
  const answer = await server.app.inject({ method: 'POST', url: `/api/v1/postal-codes?name=${name}`, headers, payload: Buffer.from(body) })
  return { status: answer.statusCode, reply: answer.json() }
}

async function ask<Reply>(method: 'GET' | 'DELETE', path = ''): Promise<{ status: number; reply: Reply }> {
  const answer = await server.app.inject({ method, url: `/api/v1/postal-codes${path}`, headers: { authorization } })
  return { status: answer.statusCode, reply: answer.json() }
}

const near = (postalCode: string, country: string) => ({ definition: { unit: 'person', where: { place: 'profile', near: { postalCode, country, km: 10 } } } })
/** How many of the people who were put in at the start. */
const countNear = async (postalCode: string, country: string) => (await shop.post<SegmentPreview>('/segments/preview', near(postalCode, country))).count

test('without a table a distance from a postal code is refused with what to do', async () => {
  await expect(shop.post('/segments/preview', near('D04', 'IE'))).rejects.toThrow(/postal-codes install/)
})

test('a file of GeoNames is installed; the bad lines are told; people who were here before are found', async () => {
  const text = [
    line('IE', ['D04', 'Dublin 4'], [53.33, -6.23]),
    line('IE', ['D04', 'Donnybrook'], [53.31, -6.25]),
    line('IE', ['D06', '"Rathmines'], [53.32, -6.27]),
    line('ZZ', ['1', 'Nowhere'], [1, 1]),
    line('IE', ['', 'No code'], [53, -6]),
    line('IE', ['D08', 'Too far north'], [93, -6]),
    line('IE', ['D09', 'East'], [53, 'east']),
    'IE\tD10',
  ].join('\n')
  const { status, reply } = await install('IE.txt', gzipSync(text))
  expect(status).toBe(200)
  expect(reply).toMatchObject({
    lines: 8,
    rejected: 5,
    rejects: [
      { line: 4, reason: '“ZZ” is no country' },
      { line: 5, reason: 'the postal code is empty' },
      { line: 6, reason: 'the latitude “93” is no number from -90 to 90' },
      { line: 7, reason: 'the longitude “east” is no number from -180 to 180' },
      { line: 8, reason: 'it has 2 columns, at least 11 are needed' },
    ],
    countries: [{ country: 'IE', codes: 2, file: 'IE.txt' }],
  })
  // The middle of two lines with one code, under the name of the first.
  expect((await ask('GET', '/find?country=Ireland&code=d04%20v5k8')).reply).toEqual({
    country: 'IE',
    code: 'D04',
    place: 'Dublin 4',
    latitude: 53.32,
    longitude: -6.24,
  })
  expect(await countNear('D06', 'IE')).toBe(1)
})

test('a code that is in no table is warned of at its row: by a preview, by what is saved, and by files', async () => {
  const where = (code: string) => ({
    any: [{ property: 'vip', is: [true] }, { not: { place: 'profile', near: { postalCode: code, country: 'Ireland', km: 5 } } }],
  })
  const definition = (code: string) => ({ unit: 'person', where: where(code) })
  const warnings = [{ path: 'where.any.1.not.near.postalCode', reason: '“D99” is not among the postal codes of Ireland, so nobody is near it' }]
  expect((await shop.post<SegmentPreview>('/segments/preview', { definition: definition('D99') })).warnings).toEqual(warnings)
  // Of a whole code the area is enough, as it is to find people.
  expect((await shop.post<SegmentPreview>('/segments/preview', { definition: definition('D04 V5K8') })).warnings).toEqual([])
  const made = await shop.post<Segment>('/segments', { name: 'Not near', definition: definition('D99') })
  expect(made.warnings).toEqual(warnings)
  expect(await shop.get<Segment>(`/segments/${made.id}`)).not.toHaveProperty('warnings')
  expect(await shop.put<Segment>(`/segments/${made.id}`, { name: 'Not near', definition: definition('D06') })).not.toHaveProperty('warnings')
  expect((await shop.put<Segment>(`/segments/${made.id}`, { name: 'Not near', definition: definition('D99') })).warnings).toEqual(warnings)
  const text = JSON.stringify({ key: 'far-away', name: 'Far away', definition: definition('D99') })
  const { changes } = await shop.post<SegmentFilesApplied>('/segments/files/apply', { files: [{ path: 'far-away.yaml', text }] })
  expect(changes.map(({ key, warnings: told }) => [key, told])).toEqual([['far-away', warnings]])
})

test('a trait is warned of such a code in the conditions of its labels and of its people, by a trial and by what is saved', async () => {
  const near = (postalCode: string) => ({ place: 'profile', near: { postalCode, country: 'Ireland', km: 5 } })
  const reason = '“D99” is not among the postal codes of Ireland, so nobody is near it'
  const labels = (code: string) => ({
    unit: 'person',
    labels: {
      first: [
        { label: 'South', where: near('D06') },
        { label: 'Far', where: { all: [{ property: 'vip', exists: true }, { not: near(code) }] } },
      ],
    },
  })
  const warnings = [{ path: 'definition.labels.first.1.where.all.1.not.near.postalCode', reason }]
  const tried = async (definition: unknown) => (await shop.post<TraitPreview>('/traits/preview', { definition })).warnings
  expect(await tried(labels('D99'))).toEqual(warnings)
  expect(await tried(labels('D04 V5K8'))).toEqual([])
  expect(await tried({ unit: 'account', people: { of: 'count', where: near('D99') } })).toEqual([{ path: 'definition.people.where.near.postalCode', reason }])
  const ofFormula = { text: 'A / B', of: [{ people: { of: 'count', where: near('D04') } }, { people: { of: 'count', where: near('D99') } }] }
  expect(await tried({ unit: 'account', formula: ofFormula })).toEqual([{ path: 'definition.formula.of.1.people.where.near.postalCode', reason }])

  const words = { label: 'Side', description: '' }
  expect((await shop.post<Trait>('/traits', { ...words, name: 'side', definition: labels('D99') })).warnings).toEqual(warnings)
  expect((await shop.post<TraitPreview>('/traits/preview', { name: 'side' })).warnings).toEqual(warnings)
  expect(await shop.get<Trait>('/traits/side')).not.toHaveProperty('warnings')
  expect(await shop.put<Trait>('/traits/side', { ...words, definition: labels('D06') })).not.toHaveProperty('warnings')
  expect((await shop.put<Trait>('/traits/side', { ...words, definition: labels('D99') })).warnings).toEqual(warnings)
})

test('a profile tells where a person is by each source, and whether a postal code told it', async () => {
  const { results } = await shop.get<Page<PersonRow>>('/people?search=dublin')
  const { known } = await shop.get<PersonBackground>(`/people/${results[0]?.id}/background`)
  expect(known).toEqual([
    {
      source: 'declared',
      country: 'Ireland',
      countryCode: 'IE',
      region: '',
      city: '',
      postalCode: 'D04 V5K8',
      point: { latitude: 53.32, longitude: -6.24, from: 'postalCode' },
    },
    {
      source: 'ip',
      country: 'Ireland',
      countryCode: 'IE',
      region: '',
      city: 'Cork',
      postalCode: '',
      point: { latitude: 51.9, longitude: -8.5, from: 'coordinates' },
    },
  ])

  await shop.patch('/data/properties', { of: 'person', name: 'postal_code', sensitive: true })
  const masked = await shop.get<PersonBackground>(`/people/${results[0]?.id}/background`)
  expect(masked.known[0]).toMatchObject({ source: 'declared', country: 'Ireland', postalCode: '', point: null })
})

test('another country is added, one that was there is replaced, and one can be removed', async () => {
  const csv = 'Postal code;Country;lat;lng;place\nsw1a;uk;51.5;-0.13;Westminster\nEH1;Scotland;55.95;-3.19;Edinburgh\n'
  expect((await install('gb.csv', csv)).reply.countries).toMatchObject([{ country: 'GB', codes: 2 }])
  expect((await ask<PostalCodes>('GET')).reply.countries).toMatchObject([
    { country: 'GB', codes: 2 },
    { country: 'IE', codes: 2 },
  ])
  expect(await countNear('SW1A 2AA', 'United Kingdom')).toBe(1)
  expect(await countNear('D04', 'IE')).toBe(1)

  expect((await install('again.csv', 'country,postal_code,latitude,longitude\nIE,T12,51.9,-8.47\n')).reply.countries).toMatchObject([
    { country: 'IE', codes: 1 },
  ])
  // The code that was declared is known no more: the address of the connection tells where they are.
  expect(await countNear('T12', 'IE')).toBe(1)
  expect((await ask('GET', '/find?country=IE&code=D04')).status).toBe(404)

  expect((await ask<PostalCodes>('DELETE', '/IE')).reply.countries).toMatchObject([{ country: 'GB' }])
  await expect(shop.post('/segments/preview', near('T12', 'IE'))).rejects.toThrow(/segment\/postal-codes/)
  expect((await ask('DELETE', '/IE')).status).toBe(404)
})

test('a file that holds no postal codes changes nothing and says why', async () => {
  const before = (await ask<PostalCodes>('GET')).reply
  const refusals = [
    ['notes.csv', 'name,age\nAnna,31\n', /“country” is missing/],
    ['empty.csv', 'country,postal_code,latitude,longitude\n', /the file has no lines/],
    ['bad.csv', 'country,postal_code,latitude,longitude\nGB,SW1A,north,0\n', /none of its 1 lines can be read; line 2: the latitude “north”/],
  ] as const
  for (const [name, body, why] of refusals) {
    const { status, reply } = await install(name, body)
    expect(status).toBe(400)
    expect(reply.error).toMatchObject({ code: 'postal-codes/unreadable', message: expect.stringMatching(why) })
  }
  expect((await install('world.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).reply.error?.message).toMatch(/unpack it/)
  expect((await ask<PostalCodes>('GET')).reply).toEqual(before)
})

test('a key of a project may not touch what all projects share', async () => {
  const answer = await server.app.inject({ method: 'DELETE', url: '/api/v1/postal-codes/GB', headers: shop.headers })
  expect(answer.statusCode).toBe(403)
})

test('the command line installs a file and says what it left out', async () => {
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const file = join(folder, 'codes.csv')
  writeFileSync(file, 'country,postal_code,latitude,longitude\nFR,75001,48.86,2.34\nFR,,48,2\n')
  const said: string[] = []
  const { log } = console
  console.log = (text: string) => said.push(text)
  try {
    await postalCodes({ url, authorization }, 'install', file)
    await postalCodes({ url, authorization }, 'remove', 'fr')
  } finally {
    console.log = log
  }
  expect(said).toEqual([
    'FR France: 1 postal code, from codes.csv',
    '2 lines read, 1 of them left out.',
    '  line 3: the postal code is empty',
    'GB United Kingdom: 2 postal codes, from gb.csv',
  ])
})
