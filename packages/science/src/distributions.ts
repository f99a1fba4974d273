import type { Random } from './random.ts'

/** Uniform on [low, high). */
export function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next()
}

/** A whole number, uniform on [low, high], both included. */
export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random.next() * (high - low + 1))
}

/** True with this probability. */
export function chance(random: Random, probability: number): boolean {
  return random.next() < probability
}

/** Normal, by the polar method (Marsaglia and Bray 1964). */
export function normal(random: Random, mean = 0, deviation = 1): number {
  for (;;) {
    const x = 2 * random.next() - 1
    const y = 2 * random.next() - 1
    const square = x * x + y * y
    if (square > 0 && square < 1) return mean + deviation * x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** exp(N(mu, sigma)): the median is exp(mu), the mean exp(mu + sigma² / 2). */
export function lognormal(random: Random, mu: number, sigma: number): number {
  return Math.exp(normal(random, mu, sigma))
}

/** Waiting time of a Poisson process: mean 1 / rate. */
export function exponential(random: Random, rate: number): number {
  return -Math.log(1 - random.next()) / rate
}

/** Gamma with this shape and mean (scale = mean / shape), by Marsaglia and Tsang (2000); variance mean² / shape. */
export function gamma(random: Random, shape: number, mean: number): number {
  return (standardGamma(random, shape) * mean) / shape
}

/** Beta: mean a / (a + b), as the share of two gammas. With a = 0 always 0, with b = 0 always 1. */
export function beta(random: Random, a: number, b: number): number {
  const x = standardGamma(random, a)
  return x / (x + standardGamma(random, b))
}

function standardGamma(random: Random, shape: number): number {
  if (shape === 0) return 0
  // Below 1: Gamma(shape) = Gamma(shape + 1) · U^(1 / shape), §6 of the paper.
  if (shape < 1) return standardGamma(random, shape + 1) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Above this, exp(-mean) loses the precision that Knuth's product needs. */
const poissonStep = 30

/** Poisson, by Knuth's product of uniforms; a large mean is the sum of smaller ones. */
export function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = mean; left > 0; left -= poissonStep) {
    const limit = Math.exp(-Math.min(left, poissonStep))
    for (let product = random.next(); product > limit; product *= random.next()) count += 1
  }
  return count
}

/** One item, all equally likely. Throws on an empty list. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.next() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** Draws items in proportion to their weights (0 is never drawn). Throws where no weight is above 0. */
export function weighted<Item>(items: readonly Item[], weight: (item: Item, index: number) => number): (random: Random) => Item {
  const cumulative: number[] = []
  let total = 0
  items.forEach((item, index) => {
    total += weight(item, index)
    cumulative.push(total)
  })
  if (!(total > 0)) throw new RangeError('weights must add up to more than 0')
  return (random) => {
    const at = random.next() * total
    let low = 0
    let high = cumulative.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((cumulative[middle] ?? total) > at) high = middle
      else low = middle + 1
    }
    return items[low] as Item
  }
}

/** Zipf: the item at place k (from 1) is drawn in proportion to 1 / k^exponent. */
export function zipf<Item>(items: readonly Item[], exponent: number): (random: Random) => Item {
  return weighted(items, (_, index) => 1 / (index + 1) ** exponent)
}
