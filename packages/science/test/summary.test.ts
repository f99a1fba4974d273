import { expect, test } from 'vitest'
import { interquartileRange, mean, median, quantile, variance } from '../src/index.ts'

test('values as R gives them: quantile(c(7, 1, 3, 10, 4), type = 7)', () => {
  const values = [7, 1, 3, 10, 4]
  expect([0, 0.25, 0.5, 0.75, 0.9, 1].map((q) => quantile(values, q))).toEqual([1, 3, 4, 7, 8.8, 10])
  expect(mean(values)).toBe(5)
  expect(variance(values)).toBe(12.5)
  expect(interquartileRange(values)).toBe(4)
  expect(values).toEqual([7, 1, 3, 10, 4])
})

test('the median of an even count is the mean of the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9])).toBe(9)
})

test('an empty list is refused', () => {
  for (const summary of [mean, variance, median, interquartileRange]) expect(() => summary([])).toThrow(RangeError)
})
