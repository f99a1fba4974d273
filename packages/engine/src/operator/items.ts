import { type ItemsOperator, type NumberOperator, type Operator, operatorOf, positiveOf } from '@kindred/model'
import { itemText, jsonField, jsonProperty, type PropertySql } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { boundsOf } from './number.ts'

/** UInt8 of another operator of another property, with the same clock. */
export type OperatorOn = (property: PropertySql, operator: Operator) => Sql

/** How many items there are, or whether one of them meets what is asked: as a text, or as an object whose fields meet all of a list. */
export function itemsOperator({ list, items }: PropertySql, operator: ItemsOperator, on: OperatorOn): Sql {
  switch (operator.name) {
    case 'length': {
      const { operator: comparison, negated } = positiveOf(operatorOf(operator.operand))
      const bounds = boundsOf(comparison as NumberOperator).map(({ sign, operand }) => sql`length(${items}) ${raw(sign)} ${bind('Float64', operand)}`)
      return sql`${raw(negated ? 'not ' : '')}(${join(bounds, ' and ')})`
    }
    case 'someItem':
      return sql`arrayExists(item_text -> ${on(itemText(raw('item_text')), operatorOf(operator.operand))}, ${list})`
    case 'someItemWhere': {
      // Each field is read once, under a name.
      const met = operator.operand.map((each) => {
        const ofField = on(jsonProperty(raw('item_field')), operatorOf(each))
        return sql`arrayExists(item_field -> ${ofField}, [${jsonField(raw('item_json'), each.property)}])`
      })
      return sql`arrayExists(item_json -> startsWith(item_json, '{') and item_json != '{}' and ${join(met, ' and ')}, ${items})`
    }
  }
}
