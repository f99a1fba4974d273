import { familyOf, type MatchContext, type Operator, type PositiveOperator, positiveOf } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { type Sql, sql } from '../sql.ts'
import { addressOperator } from './address.ts'
import { anniversaryOperator, dateOperator } from './date.ts'
import { itemsOperator } from './items.ts'
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

/** The same as a condition of a WHERE, where NULL is no as well: to turn each of them into 0 takes longer than the comparison. */
export function operatorWhere(property: PropertySql, operator: Operator, context: MatchContext): Sql {
  const { operator: positive, negated } = positiveOf(operator)
  return negated ? operatorSql(property, operator, context) : sql`(${positiveSql(property, positive, context)})`
}

function positiveSql(property: PropertySql, operator: PositiveOperator, context: MatchContext): Sql {
  const of = familyOf(operator)
  const on = (other: PropertySql, each: Operator) => operatorSql(other, each, context)
  switch (of.family) {
    case 'exists':
      return property.exists
    case 'text':
      return textOperator(property, of.operator)
    case 'number':
      return numberOperator(property, of.operator)
    case 'date':
      return dateOperator(property, of.operator, context)
    case 'anniversary':
      return anniversaryOperator(property, of.operator, context)
    case 'list':
      return listOperator(property, of.operator)
    case 'items':
      return itemsOperator(property, of.operator, on)
    case 'address':
      return addressOperator(property, of.operator, on)
    case 'version':
      return versionOperator(property, of.operator)
  }
}
