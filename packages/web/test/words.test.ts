import type { EventRow } from '@kindred/model'
import { expect, test } from 'vitest'
import { gist } from '../src/data/event-words.ts'
import { typeWords } from '../src/data/known-names.ts'
import { narrow } from '../src/data/picker.tsx'
import { countryOf, shownValue } from '../src/people/person-value.ts'
import { byDay } from '../src/people/timeline.tsx'

test('a picker keeps what holds every word, in its label or its raw name', () => {
  const groups = [
    { label: 'Events', options: [{ value: '1', label: 'Viewed a page', name: '$pageview' }] },
    { label: 'More', options: [{ value: '2', label: 'Order completed', name: 'order_completed' }] },
  ]
  expect(narrow(groups, 'page view').map(({ label }) => label)).toEqual(['Events'])
  expect(narrow(groups, 'order_c').map(({ label }) => label)).toEqual(['More'])
  expect(narrow(groups, '')).toEqual(groups)
  expect(narrow(groups, 'nothing')).toEqual([])
})

test('a picker shows at most 200 options in all', () => {
  const many = (label: string) => ({ label, options: Array.from({ length: 150 }, (_, at) => ({ value: `${label}${at}`, label: `${label} ${at}` })) })
  expect(narrow([many('a'), many('b')], '').map(({ options }) => options.length)).toEqual([150, 50])
})

test('types are said in words, the most frequent first', () => {
  expect(typeWords({ Int64: 3, Float64: 2 })).toBe('number')
  expect(typeWords({ string: 2, number: 900 })).toBe('number, some text')
  expect(typeWords({})).toBe('unknown')
})

test('values read as a person writes them', () => {
  expect(shownValue(false)).toBe('no')
  expect(shownValue(['a', 1])).toBe('a, 1')
  expect(shownValue({ a: 1 })).toBe('{"a":1}')
  expect(shownValue(null)).toBe('–')
})

test('a country is taken from the surest source and named in words', () => {
  expect(countryOf({ properties: { $geoip_country_code: 'FR', country: 'IE' } }, 'en')).toBe('Ireland')
  expect(countryOf({ properties: { $geoip_country_name: 'France', $geoip_country_code: 'FR' } }, 'en')).toBe('France')
  expect(countryOf({ properties: { country: '' } }, 'en')).toBeNull()
})

test('an event is told apart by its most telling property', () => {
  expect(gist({ $pathname: '/a', product_name: 'Shoe' })).toBe('Shoe')
  expect(gist({ product_name: '', order_id: 7 })).toBe('7')
  expect(gist({ product: { id: 1 } })).toBe('')
})

test('a timeline has a heading for each day of the project’s zone', () => {
  const at = (timestamp: number) => ({ uuid: String(timestamp), timestamp }) as EventRow
  const days = byDay([at(Date.UTC(2026, 5, 2, 23, 30)), at(Date.UTC(2026, 5, 2, 12)), at(Date.UTC(2026, 5, 1))], 'Europe/Dublin', 'en-GB')
  expect(days.map(({ day, rows }) => [day, rows.length])).toEqual([
    ['3 Jun 2026', 1],
    ['2 Jun 2026', 1],
    ['1 Jun 2026', 1],
  ])
})
