import { type Comparison, compareNumber, type NumberOperator, operatorOf, positiveOf } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** How many there must be: `operator` turned round where `negated`. */
export interface Count {
  readonly operator: NumberOperator
  readonly negated: boolean
  /** Whether none at all meets it. */
  readonly includesNone: boolean
}

/** Left out, a comparison is at least one. */
export function countOf(comparison: Comparison = { atLeast: 1 }): Count {
  const { operator, negated } = positiveOf(operatorOf(comparison)) as { operator: NumberOperator; negated: boolean }
  return { operator, negated, includesNone: compareNumber(0, operator) !== negated }
}

export function meetsCount(number: number, { operator, negated }: Count): boolean {
  return compareNumber(number, operator) !== negated
}

/** UInt8 of a number that is never NULL. */
export function countedSql(counted: Sql, { operator, negated }: Pick<Count, 'operator' | 'negated'>): Sql {
  const bounds = boundsOf(operator).map(({ sign, operand }) => sql`${counted} ${raw(sign)} ${bind('Float64', operand)}`)
  return sql`${raw(negated ? 'not ' : '')}(${join(bounds, ' and ')})`
}

/** Whether any one is enough, and needed. */
export function isOnce({ operator, negated, includesNone }: Count): boolean {
  return !includesNone && !negated && boundsOf(operator).every(({ sign, operand }) => sign.startsWith('>') && operand <= 1 && (sign === '>=' || operand < 1))
}
