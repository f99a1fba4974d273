import type { TraitType } from '@kindred/model'
import { listProperty, type PropertySql, textProperty } from '../property.ts'
import { type Sql, sql } from '../sql.ts'

/** A trait's value as a property, by the value table: the operators of properties read it. `value` is of the type that `traitRows` gives. */
export function valueProperty(type: TraitType, value: Sql): PropertySql {
  switch (type) {
    case 'text':
      return textProperty(value)
    case 'list':
      return listProperty(value)
    case 'number': {
      const text = sql`toString(${value})`
      return { ...textProperty(text), number: sql`toFloat64(${value})`, json: text }
    }
    case 'date': {
      const text = sql`concat(formatDateTime(fromUnixTimestamp64Milli(${value}, 'UTC'), '%Y-%m-%dT%H:%i:%S'), '.', leftPad(toString(${value} % 1000), 3, '0'), 'Z')`
      return { ...textProperty(text), date: () => value }
    }
  }
}
