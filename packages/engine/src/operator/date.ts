import { type AnniversaryOperator, anniversaryDays, type DateOperator, dateBounds, type MatchContext } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, join, type Sql, sql } from '../sql.ts'

/** A date against moments or against now. NULL where the property is no date. */
export function dateOperator(property: PropertySql, operator: DateOperator, context: MatchContext): Sql {
  const date = property.date(context.timezone)
  const { from, to } = dateBounds(operator, context)
  const bounds: Sql[] = []
  if (Number.isFinite(from)) bounds.push(sql`${date} >= ${bind('Int64', from)}`)
  if (Number.isFinite(to)) bounds.push(sql`${date} <= ${bind('Int64', to)}`)
  return join(bounds, ' and ')
}

/** The day of the year that a date has in the zone, among the days that are meant. NULL where the property is no date. */
export function anniversaryOperator(property: PropertySql, operator: AnniversaryOperator, context: MatchContext): Sql {
  const date = property.date(context.timezone)
  const local = sql`fromUnixTimestamp64Milli(ifNull(${date}, 0), ${bind('String', context.timezone)})`
  return sql`isNotNull(${date}) and toMonth(${local}) * 100 + toDayOfMonth(${local}) in ${bind('Array(UInt64)', anniversaryDays(operator, context))}`
}
