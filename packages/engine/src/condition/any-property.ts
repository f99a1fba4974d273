import { eventProperty } from '../property.ts'
import { bind, join, type Sql, sql } from '../sql.ts'

/** UInt8: one of the properties of the event `e` is one of the texts. */
export function anyPropertyIs(properties: readonly string[], texts: readonly string[]): Sql {
  const each = properties.map((key) => sql`ifNull(${eventProperty(key).text} in ${bind('Array(String)', texts)}, 0)`)
  return sql`(${join(each, ' or ')})`
}
