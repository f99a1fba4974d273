import type { NumberOperator } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'

/** All that lies between two ends, numbers or versions; without an end it goes on. */
export interface Stretch {
  readonly low?: End
  readonly high?: End
}
interface End {
  /** A number alone, or the parts of a version. */
  readonly at: readonly number[]
  readonly belongs: boolean
}

export const least = (at: number): End => ({ at: [at], belongs: true })

/** The numbers that an operator takes. */
export function numbersOf(operator: NumberOperator): Stretch {
  const ends = boundsOf(operator)
  const low = ends.find(({ sign }) => sign !== '<' && sign !== '<=')
  const high = ends.find(({ sign }) => sign !== '>' && sign !== '>=')
  return {
    ...(low !== undefined && { low: { at: [low.operand], belongs: low.sign !== '>' } }),
    ...(high !== undefined && { high: { at: [high.operand], belongs: high.sign !== '<' } }),
  }
}

/** The whole numbers of a stretch of numbers, from 0 on: `moreThan: 2.5` is at least 3. */
export function countsOf({ low, high }: Stretch): Stretch {
  const lowest = low === undefined ? 0 : nearest(low, Math.ceil, 1)
  return { low: least(Math.max(0, lowest)), ...(high !== undefined && { high: least(nearest(high, Math.floor, -1)) }) }
}

function nearest({ at: [number = 0], belongs }: End, round: (number: number) => number, step: number): number {
  return round(number) === number && !belongs ? number + step : round(number)
}

export function isEmpty({ low, high }: Stretch): boolean {
  if (low === undefined || high === undefined) return false
  const order = compare(low.at, high.at)
  return order > 0 || (order === 0 && !(low.belongs && high.belongs))
}

/** Nothing lies in both. */
export function areApart(one: Stretch, other: Stretch): boolean {
  return isEmpty(one) || isEmpty(other) || isBelow(one, other) || isBelow(other, one)
}

/** All of the one lies before all of the other. */
export function isBelow({ high }: Stretch, { low }: Stretch): boolean {
  return high !== undefined && low !== undefined && isEmpty({ low, high })
}

/** All of `inner` lies in `outer`. */
export function isInside(inner: Stretch, outer: Stretch): boolean {
  return isEmpty(inner) || (beginsIn(inner.low, outer.low) && endsIn(inner.high, outer.high))
}

function beginsIn(inner: End | undefined, outer: End | undefined): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  const order = compare(inner.at, outer.at)
  return order > 0 || (order === 0 && (outer.belongs || !inner.belongs))
}

function endsIn(inner: End | undefined, outer: End | undefined): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  const order = compare(inner.at, outer.at)
  return order < 0 || (order === 0 && (outer.belongs || !inner.belongs))
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let part = 0; part < Math.max(one.length, other.length); part++) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
