import { dateBounds, type MatchContext, type PositiveOperator } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, join, type Sql, sql } from '../sql.ts'

type DateOperator = Extract<PositiveOperator, { name: 'before' | 'after' | 'on' | 'betweenDates' | 'withinLast' | 'withinNext' | 'moreThanAgo' }>

/** A date against moments or against now. NULL where the property is no date. */
export function dateOperator(property: PropertySql, operator: DateOperator, context: MatchContext): Sql {
  const date = property.date(context.timezone)
  const { from, to } = dateBounds(operator, context)
  const bounds: Sql[] = []
  if (Number.isFinite(from)) bounds.push(sql`${date} >= ${bind('Int64', from)}`)
  if (Number.isFinite(to)) bounds.push(sql`${date} <= ${bind('Int64', to)}`)
  return join(bounds, ' and ')
}
