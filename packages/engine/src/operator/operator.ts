import { type MatchContext, type Operator, type PositiveOperator, positiveOf } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { type Sql, sql } from '../sql.ts'
import { dateOperator } from './date.ts'
import { listOperator } from './list.ts'
import { numberOperator } from './number.ts'
import { textOperator } from './text.ts'
import { versionOperator } from './version.ts'

/**
 * UInt8, never NULL: whether a property meets an operator, by the value table. A value that is missing or cannot be read does not
 * match, and a negative operator is the exact complement, so it does.
 */
export function operatorSql(property: PropertySql, operator: Operator, context: MatchContext): Sql {
  const { operator: positive, negated } = positiveOf(operator)
  const met = sql`ifNull(${positiveSql(property, positive, context)}, 0)`
  return negated ? sql`not ${met}` : met
}

function positiveSql(property: PropertySql, operator: PositiveOperator, context: MatchContext): Sql {
  switch (operator.name) {
    case 'exists':
      return property.exists
    case 'is':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'matches':
    case 'longerThan':
    case 'shorterThan':
      return textOperator(property, operator)
    case 'hasAnyOf':
    case 'hasAllOf':
      return listOperator(property, operator)
    case 'equals':
    case 'moreThan':
    case 'atLeast':
    case 'lessThan':
    case 'atMost':
    case 'between':
      return numberOperator(property, operator)
    case 'before':
    case 'after':
    case 'on':
    case 'betweenDates':
    case 'withinLast':
    case 'withinNext':
    case 'moreThanAgo':
      return dateOperator(property, operator, context)
    default:
      return versionOperator(property, operator as Parameters<typeof versionOperator>[1])
  }
}
