/** Numbers that describe a list of numbers. All throw a RangeError on an empty list; none changes it. */

/** Arithmetic mean. */
export function mean(values: readonly number[]): number {
  return filled(values).reduce((sum, value) => sum + value, 0) / values.length
}

/** Variance of the sample: divided by n − 1 (0 for one value). */
export function variance(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1)
}

/** The q-quantile, 0 ≤ q ≤ 1, between neighbours linearly: type 7 of Hyndman and Fan (1996), as R, NumPy and `quantileExactInclusive`. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = filled(values).toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** The middle value; of an even count, the mean of the middle two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The width of the middle half: third quartile less first. */
export function interquartileRange(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25)
}

function filled(values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new RangeError('no values to describe')
  return values
}
