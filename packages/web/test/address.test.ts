import { expect, test } from 'vitest'
import { apiUrl } from '../src/api/client.ts'
import { onlyReadable } from '../src/app/only-readable.ts'
import { readPageNumber } from '../src/app/page-number.ts'
import { recentRange } from '../src/home/recent-range.ts'
import { tokenOf } from '../src/login/token.ts'
import { readPeopleSearch } from '../src/people/people-search.ts'
import { readCompareSearch, readOverlapSearch } from '../src/segmentations/read-search.ts'

test('a sign-in token is read from the fragment first, then from the parameters', () => {
  expect(tokenOf({ hash: '#token=abc', search: '?token=def' })).toBe('abc')
  expect(tokenOf({ hash: '', search: '?token=def' })).toBe('def')
  expect(tokenOf({ hash: '#token=', search: '' })).toBeNull()
  expect(tokenOf({ hash: '', search: '' })).toBeNull()
})

test('parameters that are not given are left out of an address', () => {
  expect(apiUrl('/people', { search: 'a&b', kind: undefined, page: null, limit: 50 })).toBe('/api/v1/people?search=a%26b&limit=50')
  expect(apiUrl('me')).toBe('/api/v1/me')
})

test('what cannot be used is taken away, not only left out: the router lays it over the rest', () => {
  const read = onlyReadable(readPeopleSearch)({ kind: 'odd', page: 2, sort: 'odd', project: 7, other: 1 })
  expect({ kind: 'odd', sort: 'odd', other: 1, ...read }).toEqual({ kind: undefined, sort: undefined, other: undefined, page: 2 })
  expect('project' in read).toBe(false)
})

test('a page beyond what a list can show is the first', () => {
  expect(['2', 3, 201, 202, 99999, 1, -1, 'x', undefined].map(readPageNumber)).toEqual([2, 3, 201, ...Array(6).fill(undefined)])
})

test('an address of an overlap or a comparison names segments by their numbers', () => {
  expect(readOverlapSearch({ segments: [1, 'x', -1, 2.5, 3] })).toEqual({ segments: [1, 3] })
  expect([{ segments: 'x' }, { segments: { a: 1 } }, {}].map(readOverlapSearch)).toEqual([{}, {}, {}])
  expect(readCompareSearch({ a: 4, b: 'x' })).toEqual({ a: 4 })
  expect(readCompareSearch({ a: { a: 1 }, b: 5 })).toEqual({ b: 5 })
})

test('an address of people keeps what can be used and drops the rest', () => {
  expect(readPeopleSearch({ search: 42, kind: 'customer', sort: 'events', page: '3', columns: ['a', 1] })).toEqual({
    search: '42',
    kind: 'customer',
    sort: 'events',
    page: 3,
    columns: ['a'],
  })
  expect(readPeopleSearch({ kind: 'robot', sort: 'name', page: -1, columns: 'a', search: '' })).toEqual({})
})

test('a history that ended long ago is shown around its end', () => {
  const now = Date.UTC(2026, 10, 22)
  expect(recentRange(now - 3_600_000, 'UTC', now).range).toEqual({ from: '-30d' })
  expect(recentRange(null, 'UTC', now).range).toEqual({ from: '-30d' })
  // 23:30 in UTC is the next day in Dublin's summer.
  expect(recentRange(Date.UTC(2011, 7, 30, 23, 30), 'Europe/Dublin', now).range).toEqual({ from: '2011-08-02', to: '2011-08-31' })
})
