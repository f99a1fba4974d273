import { type Sql, sql } from './sql.ts'

/**
 * Float64: the sum of a Nullable(Float64), exact to nine decimals and the same on every run, because integers are added. Beyond ten
 * to the 29th a single value does not fit and is left out. 0 where there is nothing.
 */
export function exactSum(number: Sql): Sql {
  return sql`toFloat64(ifNull(sum(accurateCastOrNull(round(${number} * 1e9), 'Int128')), 0)) / 1e9`
}
