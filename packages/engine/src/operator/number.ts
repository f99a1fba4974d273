import type { NumberOperator } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

type Sign = '=' | '>' | '>=' | '<' | '<='

/** A number against numbers. NULL where the property is no number. */
export function numberOperator({ number, integer }: PropertySql, operator: NumberOperator): Sql {
  return join(
    boundsOf(operator).map(({ sign, operand }) => compare({ number, integer }, sign, operand)),
    ' and ',
  )
}

/** The comparisons that a number operator asks for, all of them. */
export function boundsOf(operator: NumberOperator): { sign: Sign; operand: number }[] {
  if (operator.name === 'between') {
    return [
      { sign: '>=', operand: operator.operand[0] },
      { sign: '<=', operand: operator.operand[1] },
    ]
  }
  const signs = { equals: '=', moreThan: '>', atLeast: '>=', lessThan: '<', atMost: '<=' } as const
  return [{ sign: signs[operator.name], operand: operator.operand }]
}

const largestExact = 2 ** 53
/** Above this a 256-bit integer cannot hold the operand; no stored integer is that large. */
const largestInteger = 2 ** 250

function compare({ number, integer }: Pick<PropertySql, 'number' | 'integer'>, sign: Sign, operand: number): Sql {
  const inexact = sql`${number} ${raw(sign)} ${bind('Float64', operand)}`
  // Below 2^53 rounding an integer to a float cannot carry it past the operand; from there on integers are compared as such.
  if (Math.abs(operand) < largestExact || Math.abs(operand) > largestInteger) return inexact
  return sql`if(isNotNull(${integer}), ${integer} ${raw(sign)} toInt256(${bind('String', BigInt(operand).toString())}), ${inexact})`
}
