import { describe, expect, test } from 'vitest'
import {
  beta,
  chance,
  exponential,
  gamma,
  integer,
  lognormal,
  mean,
  normal,
  pick,
  poisson,
  type Random,
  seededRandom,
  uniform,
  variance,
  weighted,
  zipf,
} from '../src/index.ts'

const draws = 60_000

/** Each distribution with its true mean and variance. */
const moments: [name: string, draw: (random: Random) => number, mean: number, variance: number][] = [
  ['uniform(2, 6)', (random) => uniform(random, 2, 6), 4, 16 / 12],
  ['integer(1, 6)', (random) => integer(random, 1, 6), 3.5, 35 / 12],
  ['chance(0.3)', (random) => Number(chance(random, 0.3)), 0.3, 0.21],
  ['normal(5, 2)', (random) => normal(random, 5, 2), 5, 4],
  ['lognormal(0, 0.5)', (random) => lognormal(random, 0, 0.5), Math.exp(0.125), (Math.exp(0.25) - 1) * Math.exp(0.25)],
  ['exponential(4)', (random) => exponential(random, 4), 0.25, 1 / 16],
  ['gamma(shape 0.5, mean 3)', (random) => gamma(random, 0.5, 3), 3, 18],
  ['gamma(shape 4, mean 2)', (random) => gamma(random, 4, 2), 2, 1],
  ['beta(2, 6)', (random) => beta(random, 2, 6), 0.25, 12 / (64 * 9)],
  ['poisson(3.5)', (random) => poisson(random, 3.5), 3.5, 3.5],
  ['poisson(75)', (random) => poisson(random, 75), 75, 75],
]

describe('mean and variance', () => {
  test.each(moments)('%s', (...[name, draw, trueMean, trueVariance]) => {
    const random = seededRandom(name)
    const values = Array.from({ length: draws }, () => draw(random))
    // Five standard errors of the mean; the variance within 8 %, wide enough for the heavy tail of gamma(0.5).
    expect(Math.abs(mean(values) - trueMean)).toBeLessThan(5 * Math.sqrt(trueVariance / draws))
    expect(Math.abs(variance(values) / trueVariance - 1)).toBeLessThan(0.08)
  })
})

test('gamma(1) is the exponential distribution', () => {
  const random = seededRandom('gamma 1')
  const above = Array.from({ length: draws }, () => gamma(random, 1, 2)).filter((value) => value > 2).length
  expect(above / draws).toBeCloseTo(Math.exp(-1), 2)
})

test('weighted draws in proportion, and never an item of weight 0', () => {
  const random = seededRandom('weights')
  const draw = weighted(['a', 'b', 'c', 'd'], (_, index) => [1, 0, 3, 0][index] ?? 0)
  const counts = new Map<string, number>()
  for (let index = 0; index < draws; index += 1) {
    const item = draw(random)
    counts.set(item, (counts.get(item) ?? 0) + 1)
  }
  expect([...counts.keys()].sort()).toEqual(['a', 'c'])
  expect((counts.get('c') ?? 0) / draws).toBeCloseTo(0.75, 2)
  expect(() => weighted(['a'], () => 0)).toThrow(RangeError)
})

test('zipf: the first item twice as often as the second, at exponent 1', () => {
  const random = seededRandom('zipf')
  const draw = zipf([1, 2, 3], 1)
  const values = Array.from({ length: draws }, () => draw(random))
  expect(values.filter((value) => value === 1).length / draws).toBeCloseTo(6 / 11, 2)
  expect(values.filter((value) => value === 2).length / draws).toBeCloseTo(3 / 11, 2)
})

test('pick reaches every item, and refuses an empty list', () => {
  const random = seededRandom('pick')
  expect(new Set(Array.from({ length: 200 }, () => pick(random, ['x', 'y', 'z']))).size).toBe(3)
  expect(() => pick(random, [])).toThrow(RangeError)
})
