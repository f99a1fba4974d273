import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CapturedEvent, Properties } from '@kindred/model'
import { afterAll, describe, expect, test } from 'vitest'
import { clientAddress } from '../../src/capture/client-address.ts'
import { Geography } from '../../src/enrich/geo.ts'

const folder = join(process.env.KINDRED_SHARED ?? '../shared', 'data/maxmind')
const own = mkdtempSync(join(tmpdir(), 'kindred-geography-'))
afterAll(() => rmSync(own, { recursive: true }))

function from(ip: string, properties: Properties = {}): CapturedEvent {
  return { uuid: '', event: 'x', distinctId: 'a', timestamp: 0, properties, ip }
}

describe('the database that comes along', () => {
  const geography = new Geography(null)
  test.each([
    ['8.8.8.8', 'US', 'United States', 'North America'],
    ['81.2.69.142', 'GB', 'United Kingdom', 'Europe'],
    ['2001:4860:4860::8888', 'US', 'United States', 'North America'],
  ])('%s is in %s', (ip, ...names) => {
    const { $geoip_country_code, $geoip_country_name, $geoip_continent_name } = geography.placeOf(from(ip))
    expect([$geoip_country_code, $geoip_country_name, $geoip_continent_name]).toEqual(names)
  })

  test.each(['127.0.0.1', '10.1.2.3', '::1', 'not an address', ''])('%j is nowhere', (ip) => {
    expect(geography.placeOf(from(ip))).toEqual({})
  })

  test('a sender may ask for none', () => {
    expect(geography.placeOf(from('8.8.8.8', { $geoip_disable: true }))).toEqual({})
  })
})

test('a file that is missing or no database is named with what to do, and the one that comes along is used', () => {
  const noDatabase = join(own, 'text.mmdb')
  writeFileSync(noDatabase, 'not a database')
  for (const path of ['/nowhere/city.mmdb', noDatabase]) {
    const geography = new Geography(path)
    expect(geography.state.problem).toContain(path)
    expect(geography.state.problem).toContain('KINDRED_GEOIP')
    expect(geography.placeOf(from('8.8.8.8')).$geoip_country_code).toBe('US')
  }
})

describe.skipIf(!existsSync(folder))('databases of MaxMind (skipped where they are absent)', () => {
  const city = join(folder, 'GeoIP2-City-Test.mmdb')
  const broken = ['GeoIP2-City-Test-Broken-Double-Format.mmdb', 'MaxMind-DB-test-broken-pointers-24.mmdb'].map((name) => join(folder, name))

  test('a city database gives region, city and place too', () => {
    const geography = new Geography(city)
    expect(geography.state).toMatchObject({ database: 'GeoIP2-City-Test.mmdb', kind: 'GeoIP2-City', problem: null })
    expect(geography.placeOf(from('81.2.69.142'))).toEqual({
      $geoip_country_code: 'GB',
      $geoip_country_name: 'United Kingdom',
      $geoip_continent_code: 'EU',
      $geoip_continent_name: 'Europe',
      $geoip_subdivision_1_code: 'ENG',
      $geoip_subdivision_1_name: 'England',
      $geoip_city_name: 'London',
      $geoip_latitude: 51.5142,
      $geoip_longitude: -0.0931,
      $geoip_accuracy_radius: 10,
      $geoip_time_zone: 'Europe/London',
    })
  })

  test('every network of the test database has its country', () => {
    const geography = new Geography(city)
    const networks = JSON.parse(readFileSync(join(folder, 'GeoIP2-City-Test.json'), 'utf8')) as Record<string, { country?: { iso_code?: string } }>[]
    const known = networks.flatMap((network) => Object.entries(network)).filter(([, { country }]) => country?.iso_code !== undefined)
    expect(known.length).toBeGreaterThan(100)
    for (const [network, { country }] of known) {
      expect([network, geography.placeOf(from(network.split('/')[0] ?? '')).$geoip_country_code]).toEqual([network, country?.iso_code])
    }
  })

  test.each(broken)('%s is broken inside: it is not taken, and says so', (file) => {
    const geography = new Geography(file)
    expect(geography.state.problem).toMatch(/cannot be used: its record for .* cannot be read/)
    expect(geography.placeOf(from('81.2.69.142')).$geoip_country_code).toBe('GB')
  })

  test('a file that is replaced is taken; a broken one in its place leaves the good one in use', () => {
    const path = join(own, 'replaced.mmdb')
    const place = (file: string, second: number) => {
      copyFileSync(file, path)
      utimesSync(path, second, second)
    }
    place(join(folder, 'GeoIP2-Country-Test.mmdb'), 1)
    const said: (string | null)[] = []
    const geography = new Geography(path, ({ kind, problem }) => said.push(problem === null ? kind : 'problem'))
    expect(geography.placeOf(from('81.2.69.142')).$geoip_city_name).toBeUndefined()
    place(city, 2)
    geography.refresh()
    geography.refresh()
    expect(geography.placeOf(from('81.2.69.142')).$geoip_city_name).toBe('London')
    for (const [second, file] of broken.entries()) {
      place(file, 3 + second)
      geography.refresh()
      geography.refresh()
      expect(geography.placeOf(from('81.2.69.142')).$geoip_city_name).toBe('London')
    }
    rmSync(path)
    geography.refresh()
    expect(geography.placeOf(from('81.2.69.142')).$geoip_city_name).toBe('London')
    place(city, 9)
    geography.refresh()
    expect(said).toEqual(['GeoIP2-Country', 'GeoIP2-City', 'problem', 'problem', 'problem', 'GeoIP2-City'])
  })
})

test.each<[says: string, request: { proxies: string[]; connection: string; forwarded?: string }, sender: string]>([
  ['nobody is trusted', { proxies: [], connection: '203.0.113.9', forwarded: '8.8.8.8' }, '203.0.113.9'],
  ['the connection is no proxy of ours', { proxies: ['10.0.0.0/8'], connection: '203.0.113.9', forwarded: '8.8.8.8' }, '203.0.113.9'],
  ['a proxy of ours', { proxies: ['10.0.0.0/8'], connection: '10.1.2.3', forwarded: '8.8.8.8' }, '8.8.8.8'],
  ['a sender that made something up', { proxies: ['10.0.0.0/8'], connection: '10.1.2.3', forwarded: '1.1.1.1, 8.8.8.8' }, '8.8.8.8'],
  ['two proxies of ours', { proxies: ['loopback', '10.0.0.5'], connection: '::ffff:127.0.0.1', forwarded: '8.8.8.8, 10.0.0.5' }, '8.8.8.8'],
  ['a proxy that says nothing', { proxies: ['loopback'], connection: '127.0.0.1' }, '127.0.0.1'],
  ['an address with a port', { proxies: ['loopback'], connection: '::1', forwarded: '8.8.8.8:4711' }, '8.8.8.8'],
  ['IPv6 in brackets', { proxies: ['loopback'], connection: '::1', forwarded: '[2001:db8::1]:443' }, '2001:db8::1'],
])('the sender where %s', (_, { proxies, connection, forwarded }, sender) => {
  expect(clientAddress(proxies)(connection, forwarded)).toBe(sender)
})

test('a proxy that is no address is refused by name', () => {
  expect(() => clientAddress(['10.0.0.0/99'])).toThrow(/KINDRED_TRUSTED_PROXIES has 10\.0\.0\.0\/99/)
})
