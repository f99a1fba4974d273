import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cohensH, differenceOfMeans, differenceOfShares, hedgesG, wilsonInterval } from '../src/differences.ts'

test('Wilson’s interval is that of Newcombe’s table: 81 of 263, and 0 of 20', () => {
  // Newcombe 1998, table I, method 3.
  const [some, none] = [wilsonInterval(81, 263), wilsonInterval(0, 20)]
  expect(some.low).toBeCloseTo(0.2553, 4)
  expect(some.high).toBeCloseTo(0.3662, 4)
  expect(none.low).toBe(0)
  expect(none.high).toBeCloseTo(0.1611, 4)
})

test('Newcombe’s interval of a difference is that of his table', () => {
  // Newcombe 1998 (part II), table II, method 10: 56/70 − 48/80, 9/10 − 3/10, 0/20 − 0/10.
  const of = (a: [number, number], b: [number, number]) => differenceOfShares({ count: a[0], n: a[1] }, { count: b[0], n: b[1] })
  expect(of([56, 70], [48, 80]).low).toBeCloseTo(0.0524, 4)
  expect(of([56, 70], [48, 80]).high).toBeCloseTo(0.3339, 4)
  expect(of([9, 10], [3, 10]).low).toBeCloseTo(0.1705, 4)
  expect(of([9, 10], [3, 10]).high).toBeCloseTo(0.809, 4)
  expect(of([0, 20], [0, 10]).low).toBeCloseTo(-0.2775, 4)
  expect(of([0, 20], [0, 10]).high).toBeCloseTo(0.1611, 4)
})

test('a share against another turns round with its sign', () => {
  const group = fc.tuple(fc.nat(500), fc.nat(500)).map(([count, more]) => ({ count, n: count + more }))
  fc.assert(
    fc.property(group, group, (a, b) => {
      const [there, back] = [differenceOfShares(a, b), differenceOfShares(b, a)]
      expect(there.difference).toBeCloseTo(-back.difference, 12)
      expect(there.low).toBeCloseTo(-back.high, 12)
      expect(there.low).toBeLessThanOrEqual(there.difference)
      expect(there.high).toBeGreaterThanOrEqual(there.difference)
    }),
  )
})

test('Cohen’s h is that of his book: .65 against .50, and .05 against .01', () => {
  expect(cohensH(0.65, 0.5)).toBeCloseTo(0.3047, 4)
  expect(cohensH(0.05, 0.01)).toBeCloseTo(0.2507, 3)
  expect(cohensH(0.4, 0.4)).toBe(0)
})

test('two means differ by what a hand computes', () => {
  // 2, 4, 6 and 1, 2, 3: means 4 and 2, variances 4 and 1.
  const [a, b] = [
    { n: 3, mean: 4, variance: 4 },
    { n: 3, mean: 2, variance: 1 },
  ]
  const { difference, low, high } = differenceOfMeans(a, b)
  expect(difference).toBe(2)
  expect(high - difference).toBeCloseTo(1.959964 * Math.sqrt(4 / 3 + 1 / 3), 5)
  expect(difference - low).toBeCloseTo(high - difference, 12)
  expect(hedgesG(a, b)).toBeCloseTo((2 / Math.sqrt(2.5)) * 0.8, 12)
  expect(hedgesG({ n: 1, mean: 1, variance: 0 }, { n: 1, mean: 2, variance: 0 })).toBe(0)
})
