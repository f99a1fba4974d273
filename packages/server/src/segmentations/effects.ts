import { type GroupRows, numberSummariesSql, render, valueCountsSql } from '@kindred/engine'
import type { SegmentDifference } from '@kindred/model'
import { cohensH, differenceOfMeans, differenceOfShares, hedgesG, type Sample } from '@kindred/science'
import type { Parts } from '../parts.ts'

/** How large two groups are that are compared. */
export interface Sizes {
  a: number
  b: number
}

type Effect = Pick<SegmentDifference, 'a' | 'b' | 'difference' | 'low' | 'high' | 'effect'>

/** Of everybody in the groups, those of whom nothing is known among them. */
export function shares(sizes: Sizes, counts: { a: string; b: string }): Effect {
  const [a, b] = [
    { count: Number(counts.a), n: sizes.a },
    { count: Number(counts.b), n: sizes.b },
  ]
  const share = ({ count, n }: typeof a) => (n === 0 ? 0 : count / n)
  return { a: share(a), b: share(b), ...differenceOfShares(a, b), effect: cohensH(share(a), share(b)) }
}

export const mostDistinct = 500
const shownValues = 400

/** The share of each value of columns that are lists; `place`: of which. Those with more than `mostDistinct` values are left out. */
export async function valueShares({ store }: Pick<Parts, 'store'>, rows: GroupRows, sizes: Sizes): Promise<({ place: number; value: string } & Effect)[]> {
  const statement = valueCountsSql(rows, { limit: shownValues, distinct: mostDistinct })
  const found = await store.query<{ place: number; value: string; a: string; b: string }>(render(statement))
  return found.map(({ place, value, a, b }) => ({ place, value, ...shares(sizes, { a, b }) }))
}

type Summary = [n: string, mean: number, variance: number]

/** The means of columns that are numbers; `place`: of which. Those that are known of fewer than two of a group are left out. */
export async function meanDifferences({ store }: Pick<Parts, 'store'>, rows: GroupRows): Promise<({ place: number } & Effect)[]> {
  const [row] = await store.query<{ a: Summary[]; b: Summary[] }>(render(numberSummariesSql(rows)))
  return Array.from({ length: rows.columns }, (_, place) => place).flatMap((place) => {
    const [a, b] = [sampleOf(row?.a[place]), sampleOf(row?.b[place])]
    return a.n > 1 && b.n > 1 ? [{ place, a: a.mean, b: b.mean, ...differenceOfMeans(a, b), effect: hedgesG(a, b) }] : []
  })
}

function sampleOf([n, mean, variance]: Summary = ['0', 0, 0]): Sample {
  return { n: Number(n), mean: Number(mean), variance: Number(variance) }
}
