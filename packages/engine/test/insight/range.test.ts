import { bucketsOf, comparedPeriod, movingWindows, type Period, type RangeContext, readRange } from '@kindred/engine'
import type { Interval, Range } from '@kindred/model'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'

const context = (now: string, timezone = 'UTC', weekStart: 'sunday' | 'monday' = 'sunday'): RangeContext => ({
  now: Date.parse(now),
  timezone,
  weekStart,
  earliest: Date.parse('2025-12-24T15:30:00Z'),
})
const says = (at: number) => new Date(at).toISOString()
const ends = ({ from, to }: Period) => [says(from), says(to)]

const now = '2026-03-18T10:20:30Z'
test.each<[Range, Interval, string, string]>([
  [{}, 'day', '2026-03-11T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-7d' }, 'day', '2026-03-11T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-24h' }, 'day', '2026-03-17T10:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-24h' }, 'hour', '2026-03-17T10:00:00.000Z', '2026-03-18T10:59:59.999Z'],
  [{ from: '-1d' }, 'hour', '2026-03-17T00:00:00.000Z', '2026-03-18T10:59:59.999Z'],
  [{ from: '-1d', to: '-1d' }, 'day', '2026-03-17T00:00:00.000Z', '2026-03-17T23:59:59.999Z'],
  [{ from: '-1dStart', to: '-1dEnd' }, 'hour', '2026-03-17T00:00:00.000Z', '2026-03-17T23:59:59.999Z'],
  [{ from: 'dStart' }, 'day', '2026-03-18T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: 'wStart' }, 'day', '2026-03-15T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: 'mStart' }, 'day', '2026-03-01T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-1mStart', to: '-1mEnd' }, 'day', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  [{ from: 'yStart' }, 'month', '2026-01-01T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-1q' }, 'week', '2025-12-17T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-2w' }, 'week', '2026-03-04T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-1y' }, 'month', '2025-03-01T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '-14d' }, 'month', '2026-03-01T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: 'all' }, 'day', '2025-12-24T00:00:00.000Z', '2026-03-18T23:59:59.999Z'],
  [{ from: '2026-01-09', to: '2026-01-09' }, 'hour', '2026-01-09T00:00:00.000Z', '2026-01-09T00:00:00.000Z'],
  [{ from: '2026-01-09', to: '2026-01-10' }, 'day', '2026-01-09T00:00:00.000Z', '2026-01-10T23:59:59.999Z'],
  [{ from: '2026-1-9', to: '2026-01-10T05:00' }, 'day', '2026-01-09T00:00:00.000Z', '2026-01-10T23:59:59.999Z'],
  [{ from: '2026-01-09T07:45', to: '2026-01-09T09:15' }, 'hour', '2026-01-09T07:00:00.000Z', '2026-01-09T09:15:00.000Z'],
  [{ from: '2026-01-09T07:45:00+02:00', to: '2026-01-09' }, 'day', '2026-01-09T05:45:00.000Z', '2026-01-09T23:59:59.999Z'],
  [{ from: '2026-01-14', to: '2026-02-10' }, 'week', '2026-01-14T00:00:00.000Z', '2026-02-10T23:59:59.999Z'],
])('%j by %s reads from %s to %s', (range, interval, ...expected) => {
  expect(ends(readRange(range, interval, context(now)))).toEqual(expected)
})

test('days are those of the zone, 23 or 25 hours long when clocks change', () => {
  const berlin = context('2026-03-30T08:00:00Z', 'Europe/Berlin')
  const period = readRange({ from: '-2d' }, 'day', berlin)
  expect(bucketsOf(period, 'day', berlin).map(({ start, label }) => [says(start), label])).toEqual([
    ['2026-03-27T23:00:00.000Z', '2026-03-28'],
    ['2026-03-28T23:00:00.000Z', '2026-03-29'],
    ['2026-03-29T22:00:00.000Z', '2026-03-30'],
  ])
  const autumn = bucketsOf({ from: Date.parse('2026-10-24T22:00:00Z'), to: Date.parse('2026-10-25T22:59:59Z') }, 'hour', berlin)
  expect(autumn).toHaveLength(25)
  expect(autumn.slice(2, 4).map(({ label }) => label)).toEqual(['2026-10-25 02:00:00', '2026-10-25 02:00:00'])
})

test('weeks begin as the project says, months with their first day', () => {
  const period = readRange({ from: '2026-10-29', to: '2026-11-10' }, 'week', context(now))
  const labels = (weekStart: 'sunday' | 'monday') => bucketsOf(period, 'week', { timezone: 'UTC', weekStart }).map(({ label }) => label)
  expect(labels('sunday')).toEqual(['2026-10-25', '2026-11-01', '2026-11-08'])
  expect(labels('monday')).toEqual(['2026-10-26', '2026-11-02', '2026-11-09'])
})

test.each<[Range, Interval, string, string, string]>([
  [{ from: '-7d' }, 'day', 'previous', '2026-03-04T00:00:00.000Z', '2026-03-11T23:59:59.999Z'],
  [{}, 'day', 'previous', '2026-03-04T00:00:00.000Z', '2026-03-11T23:59:59.999Z'],
  [{ from: '2026-01-15', to: '2026-01-19' }, 'day', 'previous', '2026-01-10T00:00:00.000Z', '2026-01-14T23:59:59.999Z'],
  [{ from: '2026-01-15', to: '2026-01-19' }, 'day', '-1w', '2026-01-08T00:00:00.000Z', '2026-01-12T23:59:59.999Z'],
  [{ from: '2026-03-01', to: '2026-03-31' }, 'month', 'previous', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  [{ from: '2026-03-01', to: '2026-04-30' }, 'month', 'previous', '2026-01-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  [{ from: '-24h' }, 'hour', 'previous', '2026-03-16T10:00:00.000Z', '2026-03-17T10:59:59.999Z'],
])('%j by %s compared with %s is %s to %s', (range, interval, ...[to, from, until]) => {
  const period = readRange(range, interval, context(now))
  expect(ends(comparedPeriod(period, { range, interval, compare: { to } }, context(now)))).toEqual([from, until])
})

test.each(['tomorrow', '2026-02-30', '7', '-7x', ''])('%j is refused by name', (from) => {
  expect(() => readRange({ from }, 'day', context(now))).toThrow(expect.objectContaining({ code: 'insight/invalid' }))
})

test('a range that ends before it begins, and one of too many buckets, are refused', () => {
  expect(() => readRange({ from: '2026-02-02', to: '2026-02-01' }, 'day', context(now))).toThrow('ends before it begins')
  expect(() => bucketsOf({ from: 0, to: Date.parse(now) }, 'hour', context(now))).toThrow('more than 10,000')
})

test.each<[Range, ReturnType<typeof movingWindows>]>([
  [{}, [{ last: '7 days', wholeDays: true }]],
  [{ from: '-1d' }, [{ last: '1 day', wholeDays: true }]],
  [{ from: '-2w' }, [{ last: '2 weeks', wholeDays: true }]],
  [{ from: '-24h' }, [{ last: '24 hours', wholeHours: true }]],
  [
    { from: '-12m' },
    [
      { last: '12 months', wholeDays: true },
      { last: '12 months', wholeMonths: true },
    ],
  ],
  [{ from: 'dStart' }, [{ period: 'today' }]],
  [{ from: '-1dStart', to: '-1dEnd' }, [{ period: 'yesterday' }]],
  [{ from: 'mStart' }, [{ period: 'this month' }]],
  [{ from: 'qStart' }, [{ period: 'this quarter' }]],
  [{ from: '-1yStart', to: '-1yEnd' }, [{ period: 'last year' }]],
  [{ from: 'all' }, [undefined]],
  [{ from: '-3d', to: '-1d' }, []],
  [{ from: '-1mStart', to: '-1dEnd' }, []],
  [{ from: '-1mStart' }, []],
  [{ from: '-2mStart', to: '-2mEnd' }, []],
  [{ from: '-1qStart', to: '-1qEnd' }, []],
])('%j moves as a condition can say: %j', (range, windows) => {
  expect(movingWindows(range)).toEqual(windows)
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Beirut',
  'Pacific/Auckland',
  'America/St_Johns',
] as const

test('buckets follow each other without gaps, and each begins where the calendar says', { timeout: 60_000 }, () => {
  const instant = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2035, 0) })
  const interval = fc.constantFrom<Interval>('hour', 'day', 'week', 'month')
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.tuple(instant, fc.integer({ min: 0, max: 12 * 24 * 3_600_000 })), interval, (timezone, [from, length], each) => {
      const period = { from, to: from + length }
      const buckets = bucketsOf(period, each, { timezone, weekStart: 'monday' })
      expect(buckets[0]?.start).toBeLessThanOrEqual(period.from)
      expect(buckets.at(-1)?.start).toBeLessThanOrEqual(period.to)
      buckets.forEach(({ start }, index) => {
        const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone)
        const before = local.subtract({ milliseconds: 1 })
        if (index > 0) expect(start).toBeGreaterThan(buckets[index - 1]?.start ?? 0)
        if (each === 'hour') expect(before.hour === local.hour && before.offset === local.offset).toBe(false)
        else expect(before.toPlainDate().equals(local.toPlainDate())).toBe(false)
        if (each === 'week') expect(local.dayOfWeek).toBe(1)
        if (each === 'month') expect(local.day).toBe(1)
      })
      const next = buckets.at(-1)
      if (next !== undefined && each === 'day') {
        const end = Temporal.Instant.fromEpochMilliseconds(next.start).toZonedDateTimeISO(timezone).startOfDay().add({ days: 1 }).startOfDay()
        expect(end.epochMilliseconds).toBeGreaterThan(period.to)
      }
    }),
    { numRuns: 100 },
  )
})

test('the time compared with has as many buckets', { timeout: 60_000 }, () => {
  const range = fc.constantFrom<Range>(
    { from: '-7d' },
    { from: '-1m' },
    { from: '-40d' },
    { from: 'mStart' },
    { from: '2026-01-31', to: '2026-03-30' },
    { from: '-1d' },
    { from: '-26h' },
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      range,
      fc.tuple(fc.constantFrom<Interval>('hour', 'day', 'week', 'month'), fc.constantFrom('previous', '-1w', '-1m')),
      (timezone, each, [interval, to]) => {
        const at = context('2026-03-31T10:00:00Z', timezone)
        const period = readRange(each, interval, at)
        const before = comparedPeriod(period, { range: each, interval, compare: { to } }, at)
        expect(bucketsOf(before, interval, at)).toHaveLength(bucketsOf(period, interval, at).length)
      },
    ),
    { numRuns: 100 },
  )
})
