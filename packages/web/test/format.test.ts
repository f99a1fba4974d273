import { expect, test } from 'vitest'
import { formatBytes, formatDuration, formatMoney, formatPercent, formatRelative } from '../src/app/format.ts'
import { freshnessWords } from '../src/app/freshness.tsx'

const now = Date.UTC(2026, 10, 22, 12)

test('a share that is not nothing never reads as nothing', () => {
  expect(formatPercent(0, 'en')).toBe('0%')
  expect(formatPercent(0.00001, 'en')).toBe('< 0.1%')
  expect(formatPercent(0.0123, 'en')).toBe('1.2%')
  expect(formatPercent(0.5, 'en')).toBe('50%')
})

test('relative times take the largest whole unit, both ways', () => {
  expect(formatRelative(now, now, 'en-US')).toBe('now')
  expect(formatRelative(now - 2300, now, 'en-US')).toBe('2 sec. ago')
  expect(formatRelative(now - 3_599_000, now, 'en-US')).toBe('59 min. ago')
  expect(formatRelative(now - 86_400_000, now, 'en-US')).toBe('yesterday')
  expect(formatRelative(now - 40 * 86_400_000, now, 'en-US')).toBe('1 mo. ago')
  expect(formatRelative(now + 2 * 86_400_000, now, 'en-US')).toBe('in 2 days')
})

test.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [61, '1 min 1 s'],
  [599, '9 min 59 s'],
  [3599, '1 h'],
  [3660, '1 h 1 min'],
  [7200, '2 h'],
])('%d seconds are %s', (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words)
})

test('money and sizes follow the reader', () => {
  expect(formatMoney(5_239_240.56, 'GBP', 'en-GB')).toBe('£5,239,240.56')
  expect(formatMoney(1500, 'JPY', 'en-US')).toBe('¥1,500')
  expect(formatBytes(0, 'en')).toBe('0 bytes')
  expect(formatBytes(5_200_000, 'en')).toBe('5.2 MB')
})

test('freshness tells what is on the way before how old the answer is', () => {
  expect(freshnessWords({ lag: 0, exactThrough: now + 500 }, now)).toMatch(/^Up to date, /)
  expect(freshnessWords({ lag: 1, exactThrough: now }, now)).toBe('1 event on the way')
})
