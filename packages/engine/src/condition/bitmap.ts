import { raw, type Sql, sql } from '../sql.ts'

/** `bitmapAnd` or `bitmapOr` over one or more bitmaps, as a balanced tree: the store refuses statements that nest too deep. */
export function foldBitmaps(with_: 'bitmapAnd' | 'bitmapOr', bitmaps: readonly Sql[]): Sql {
  const [only = raw('')] = bitmaps
  if (bitmaps.length <= 1) return only
  const half = bitmaps.length >> 1
  return sql`${raw(with_)}(${foldBitmaps(with_, bitmaps.slice(0, half))}, ${foldBitmaps(with_, bitmaps.slice(half))})`
}

/** Those of the first bitmap that are not in the second. */
export function withoutBitmap(of: Sql, those: Sql): Sql {
  return sql`bitmapAndnot(${of}, ${those})`
}
