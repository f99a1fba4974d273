import { type ListOperator, textPattern, textsOf } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** The texts of a list against texts. */
export function listOperator({ list }: PropertySql, operator: ListOperator): Sql {
  const texts = textsOf(operator.operand)
  const every = operator.name === 'hasAllOf'
  if (texts.length === 0) return raw(every ? '1' : '0')
  if (!operator.ignoringCase) return sql`${raw(every ? 'hasAll' : 'hasAny')}(${list}, ${bind('Array(String)', texts)})`
  const has = (wanted: readonly string[]) => sql`arrayExists(item -> match(item, ${bind('String', textPattern(wanted, 'whole'))}), ${list})`
  return every
    ? sql`(${join(
        texts.map((text) => has([text])),
        ' and ',
      )})`
    : has(texts)
}
