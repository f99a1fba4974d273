import { type Sql, sql } from './sql.ts'

/**
 * Float64: the sum of a Nullable(Float64), exact to nine decimals and the same on every run, because integers are added. Beyond ten
 * to the 29th a single value does not fit and is left out. 0 where there is nothing.
 */
export function exactSum(number: Sql): Sql {
  return ofBillionths(billionths(number))
}

/** Int128: the same sum in billionths. */
export function billionths(number: Sql): Sql {
  return sql`sum(${inBillionths(number)})`
}

/** Int128 of a Nullable(Float64), 0 where there is none: a sum of what may be missing takes longer. */
export function inBillionths(number: Sql): Sql {
  // The plain conversion is three times as fast as one that looks for overflow; what would overflow is kept from it.
  return sql`toInt128(ifNull(if(abs(${number}) < 1e29, round(${number} * 1e9), 0), 0))`
}

/** Float64 of a sum in billionths. */
export function ofBillionths(sum: Sql): Sql {
  return sql`toFloat64(ifNull(${sum}, 0)) / 1e9`
}
