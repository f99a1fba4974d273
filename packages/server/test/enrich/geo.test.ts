import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CapturedEvent, Properties } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { openGeo } from '../../src/enrich/geo.ts'

const folder = join(process.env.KINDRED_SHARED ?? '../shared', 'data/maxmind')

function from(ip: string, properties: Properties = {}): CapturedEvent {
  return { uuid: '', event: 'x', distinctId: 'a', timestamp: 0, properties, ip }
}

describe('the database that comes along', () => {
  const geo = openGeo(null)
  test.each([
    ['8.8.8.8', 'US', 'United States', 'North America'],
    ['81.2.69.142', 'GB', 'United Kingdom', 'Europe'],
    ['2001:4860:4860::8888', 'US', 'United States', 'North America'],
  ])('%s is in %s', (ip, ...names) => {
    const { $geoip_country_code, $geoip_country_name, $geoip_continent_name } = geo(from(ip))
    expect([$geoip_country_code, $geoip_country_name, $geoip_continent_name]).toEqual(names)
  })

  test.each(['127.0.0.1', '10.1.2.3', '::1', 'not an address', ''])('%j is nowhere', (ip) => {
    expect(geo(from(ip))).toEqual({})
  })

  test('a sender may ask for none', () => {
    expect(geo(from('8.8.8.8', { $geoip_disable: true }))).toEqual({})
  })
})

test('a database that is missing is named, with what to do', () => {
  expect(() => openGeo('/nowhere/city.mmdb')).toThrow(/\/nowhere\/city\.mmdb.*KINDRED_GEOIP/)
})

describe.skipIf(!existsSync(folder))('databases of MaxMind', () => {
  const city = join(folder, 'GeoIP2-City-Test.mmdb')

  test('a city database gives region, city and place too', () => {
    expect(openGeo(city)(from('81.2.69.142'))).toEqual({
      $geoip_country_code: 'GB',
      $geoip_country_name: 'United Kingdom',
      $geoip_continent_name: 'Europe',
      $geoip_subdivision_1_code: 'ENG',
      $geoip_subdivision_1_name: 'England',
      $geoip_city_name: 'London',
      $geoip_latitude: 51.5142,
      $geoip_longitude: -0.0931,
      $geoip_time_zone: 'Europe/London',
    })
  })

  test('every network of the test database has its country', () => {
    const geo = openGeo(city)
    const networks = JSON.parse(readFileSync(join(folder, 'GeoIP2-City-Test.json'), 'utf8')) as Record<string, { country?: { iso_code?: string } }>[]
    const known = networks.flatMap((network) => Object.entries(network)).filter(([, { country }]) => country?.iso_code !== undefined)
    expect(known.length).toBeGreaterThan(100)
    for (const [network, { country }] of known) {
      expect([network, geo(from(network.split('/')[0] ?? '')).$geoip_country_code]).toEqual([network, country?.iso_code])
    }
  })

  test.each(['GeoIP2-City-Test-Broken-Double-Format.mmdb', 'MaxMind-DB-test-broken-pointers-24.mmdb'])(
    '%s is broken inside: events stay without a country, nothing fails',
    (file) => {
      const geo = openGeo(join(folder, file))
      for (let part = 0; part < 256; part++) expect(() => geo(from(`${part}.1.1.1`))).not.toThrow()
    },
  )
})
