import { raw, type Sql, sql } from '../sql.ts'

/** Whoever is in a bitmap; `without`: everyone but them, of whom no bitmap is made unless it must be. */
export interface Kept {
  readonly bitmap: Sql
  readonly without: boolean
}

export function opposite({ bitmap, without }: Kept): Kept {
  return { bitmap, without: !without }
}

/** Who is in at least one of one or more. */
export function either(kept: readonly Kept[]): Kept {
  const [outside, inside] = [true, false].map((without) => kept.filter((each) => each.without === without).map(({ bitmap }) => bitmap))
  if (!outside?.length) return { bitmap: folded('bitmapOr', inside ?? []), without: false }
  // Everyone but those who are in none of the others.
  const left = folded('bitmapAnd', outside)
  return { bitmap: inside?.length ? withoutBitmap(left, folded('bitmapOr', inside)) : left, without: true }
}

/** Who is in all of one or more. */
export function both(kept: readonly Kept[]): Kept {
  return opposite(either(kept.map(opposite)))
}

/** Those of the first bitmap that are not in the second. */
export function withoutBitmap(of: Sql, those: Sql): Sql {
  return sql`bitmapAndnot(${of}, ${those})`
}

/** As a balanced tree: the store refuses statements that nest too deep. */
function folded(with_: 'bitmapAnd' | 'bitmapOr', bitmaps: readonly Sql[]): Sql {
  const [only = raw('')] = bitmaps
  if (bitmaps.length <= 1) return only
  const half = bitmaps.length >> 1
  return sql`${raw(with_)}(${folded(with_, bitmaps.slice(0, half))}, ${folded(with_, bitmaps.slice(half))})`
}
