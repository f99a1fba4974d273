import { type Comparison, compareNumber, type NumberOperator, operatorOf, positiveOf } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** How many there must be; left out, at least one. */
export interface Count {
  readonly operator: NumberOperator
  readonly negated: boolean
  /** Whether none at all meets it. */
  readonly includesNone: boolean
}

export function countOf(comparison: Comparison = { atLeast: 1 }): Count {
  const { operator, negated } = positiveOf(operatorOf(comparison)) as { operator: NumberOperator; negated: boolean }
  return { operator, negated, includesNone: compareNumber(0, operator) !== negated }
}

/** UInt8 of a number that is never NULL. */
export function countedSql(counted: Sql, { operator, negated }: Pick<Count, 'operator' | 'negated'>): Sql {
  const bounds = boundsOf(operator).map(({ sign, operand }) => sql`${counted} ${raw(sign)} ${bind('Float64', operand)}`)
  return sql`${raw(negated ? 'not ' : '')}(${join(bounds, ' and ')})`
}
