import { type Comparison, compareNumber, type Operator, operatorOf, type PositiveOperator, positiveOf } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** A comparison of a number of times, `operator` turned round where `negated`. */
export interface TimesComparison {
  readonly operator: Extract<PositiveOperator, { name: 'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between' }>
  readonly negated: boolean
}

/** Left out, a comparison is at least once. */
export function timesComparison(comparison: Comparison = { atLeast: 1 }): TimesComparison {
  return positiveOf(timesOperator(comparison)) as TimesComparison
}

/** For words. */
export function timesOperator(comparison: Comparison): Operator {
  return operatorOf(comparison)
}

export function meetsTimes(times: number, { operator, negated }: TimesComparison): boolean {
  return compareNumber(times, operator) !== negated
}

/** UInt8: the number meets the comparison. */
export function timesSql(times: Sql, { operator, negated }: TimesComparison): Sql {
  const met = boundsOf(operator).map(({ sign, operand }) => sql`${times} ${raw(sign)} ${bind('Float64', operand)}`)
  return sql`${raw(negated ? 'not ' : '')}(${join(met, ' and ')})`
}

/** Whether any one time is enough, and needed. */
export function isOnce(comparison: TimesComparison): boolean {
  return (
    !meetsTimes(0, comparison) &&
    !comparison.negated &&
    boundsOf(comparison.operator).every(({ sign, operand }) => sign.startsWith('>') && operand <= 1 && (sign === '>=' || operand < 1))
  )
}
