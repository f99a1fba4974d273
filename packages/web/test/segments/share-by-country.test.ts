import { expect, test } from 'vitest'
import { countryName, countryOf } from '../../src/insights/chart/country-match.ts'
import { shareByCountry } from '../../src/segments/page/portrait/share-by-country.ts'

test('shares stand at the countries of the map: spellings of one add up, and what is no country is not placed', () => {
  const rows = [
    { value: 'Ireland', share: 0.25 },
    { value: 'DE', share: 0.375 },
    { value: 'IE', share: 0.25 },
    { value: 'on the moon', share: 0.125 },
  ]
  expect(shareByCountry(rows, { countryOf, nameOf: (code) => countryName(code, 'en') })).toEqual([
    { code: 'IE', name: 'Ireland', value: 0.5, opens: 'Ireland' },
    { code: 'DE', name: 'Germany', value: 0.375, opens: 'DE' },
  ])
})
