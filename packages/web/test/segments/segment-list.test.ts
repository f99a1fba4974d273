import { expect, test } from 'vitest'
import { listedSegments } from '../../src/segments/list/listed-segments.ts'
import { freshnessOf, updatesOf } from '../../src/segments/list/segment-freshness.ts'
import { readSegmentsSearch, type SegmentsSearch } from '../../src/segments/list/segments-search.ts'
import { sizeChange } from '../../src/segments/list/size-change.ts'

type Row = Parameters<typeof listedSegments>[0][number]

const segment = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  sentence: '',
  kind: 'rule',
  unit: 'person',
  folder: '',
  tags: [],
  owner: null,
  count: 0,
  weekAgo: null,
  updatedAt: 0,
  ...more,
})
const size = (count: number | null, before?: number, newRule = false) => ({ count, weekAgo: before === undefined ? null : { size: before, newRule } })
const rows = [
  segment('Bees', { ...size(30, 10), tags: ['vip'], owner: { id: 3, name: 'Ann' }, updatedAt: 1 }),
  segment('Ants', { ...size(40, 90), folder: 'Garden', kind: 'frozen', updatedAt: 2 }),
  segment('Firms', { ...size(7), unit: 'account', sentence: 'Accounts with bees', updatedAt: 3 }),
  segment('Wasps', { ...size(null), updatedAt: 4 }),
  segment('Moths', { ...size(50, 20, true), updatedAt: 5 }),
]

test.each<[SegmentsSearch, string[]]>([
  [{}, ['Moths', 'Wasps', 'Firms', 'Ants', 'Bees']],
  [{ sort: 'size' }, ['Moths', 'Ants', 'Bees', 'Firms', 'Wasps']],
  [{ sort: 'name' }, ['Ants', 'Bees', 'Firms', 'Moths', 'Wasps']],
  [{ sort: 'grown' }, ['Bees', 'Ants', 'Firms', 'Wasps', 'Moths']],
  [{ sort: 'shrunk' }, ['Ants', 'Bees', 'Firms', 'Wasps', 'Moths']],
  [{ search: ' BEES ' }, ['Firms', 'Bees']],
  [{ kind: 'frozen' }, ['Ants']],
  [{ kind: 'account' }, ['Firms']],
  [{ folder: 'Garden' }, ['Ants']],
  [{ tag: 'vip' }, ['Bees']],
  [{ owner: 3 }, ['Bees']],
  [{ owner: 3, folder: 'Garden' }, []],
])('the list by %j', (search, names) => {
  expect(listedSegments(rows, search).map(({ name }) => name)).toEqual(names)
})

test('a size is compared with a week ago only where both are of one rule', () => {
  expect(sizeChange(size(30, 10))).toEqual({ kind: 'by', by: 20, share: 2 })
  expect(sizeChange(size(5, 0))).toEqual({ kind: 'by', by: 5, share: null })
  expect(sizeChange(size(5))).toEqual({ kind: 'new' })
  expect(sizeChange(size(5, 3, true))).toEqual({ kind: 'newRule' })
  expect(sizeChange(size(null, 3))).toEqual({ kind: 'uncounted' })
})

test('a count of the last hour is up to date; what keeps a segment from becoming so is said', () => {
  const now = 1_800_000_000_000
  expect(freshnessOf({ countedAt: now - 2000 }, now)).toMatch(/^Up to date, 2 sec/)
  expect(freshnessOf({ countedAt: now - 2 * 3_600_000 }, now)).toMatch(/^Counted 2 hr/)
  expect(freshnessOf({ countedAt: null }, now)).toBe('Not counted yet')
  const kept = { kind: 'rule', countedAt: now, paused: false, recordError: null, schedule: 'nightly' } as const
  expect(updatesOf(kept)).toBe('updates every night')
  expect(updatesOf({ ...kept, kind: 'frozen' })).toBe('changes by hand alone')
  expect(updatesOf({ ...kept, paused: true })).toBe('paused until it is looked at')
  expect(updatesOf({ ...kept, recordError: 'too long' })).toBe('the last update failed')
})

test('an address is read as far as it can be used', () => {
  expect(readSegmentsSearch({ search: 7, kind: 'frozen', tag: 'vip', owner: '3', sort: 'grown', page: 2 })).toEqual({
    search: '7',
    kind: 'frozen',
    tag: 'vip',
    owner: 3,
    sort: 'grown',
    page: 2,
  })
  expect(readSegmentsSearch({ search: '', kind: 'odd', folder: '', owner: -1, sort: 'odd', page: 1 })).toEqual({})
})
