/**
 * How far two groups lie apart, with how sure that is. Intervals are of 95 %.
 */
const z95 = 1.959963984540054

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's interval of a share: `count` of `n`. Of nobody nothing is known: 0 to 1. */
export function wilsonInterval(count: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 }
  const share = count / n
  const spread = z95 * z95
  const middle = (share + spread / (2 * n)) / (1 + spread / n)
  const half = (z95 / (1 + spread / n)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n * n))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** The difference of two shares, a − b, with Newcombe's interval (method 10 of Newcombe 1998, from Wilson's). */
export function differenceOfShares(a: { count: number; n: number }, b: { count: number; n: number }): { difference: number } & Interval {
  const [shareA, shareB] = [a.n === 0 ? 0 : a.count / a.n, b.n === 0 ? 0 : b.count / b.n]
  const [ofA, ofB] = [wilsonInterval(a.count, a.n), wilsonInterval(b.count, b.n)]
  const difference = shareA - shareB
  return {
    difference,
    low: difference - Math.hypot(shareA - ofA.low, ofB.high - shareB),
    high: difference + Math.hypot(ofA.high - shareA, shareB - ofB.low),
  }
}

/** Cohen's h: the distance of two shares on a scale where steps near 0 and 1 count more. 0.2 is small, 0.5 medium, 0.8 large. */
export function cohensH(shareA: number, shareB: number): number {
  return 2 * Math.asin(Math.sqrt(shareA)) - 2 * Math.asin(Math.sqrt(shareB))
}

export interface Sample {
  readonly n: number
  readonly mean: number
  /** Of the sample, divided by n − 1. */
  readonly variance: number
}

/** The difference of two means, a − b, with Welch's interval (normal approximation, which for groups of 30 and more is close). */
export function differenceOfMeans(a: Sample, b: Sample): { difference: number } & Interval {
  const difference = a.mean - b.mean
  const half = z95 * Math.sqrt(a.variance / Math.max(1, a.n) + b.variance / Math.max(1, b.n))
  return { difference, low: difference - half, high: difference + half }
}

/** Hedges' g: the difference of two means in pooled standard deviations, corrected for small groups; 0 where nothing varies. */
export function hedgesG(a: Sample, b: Sample): number {
  const freedom = a.n + b.n - 2
  if (freedom <= 0) return 0
  const pooled = Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom)
  return pooled === 0 ? 0 : ((a.mean - b.mean) / pooled) * (1 - 3 / (4 * freedom - 1))
}
