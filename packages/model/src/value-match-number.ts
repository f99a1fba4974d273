import { integerOf, numberOf, type Value } from './value.ts'
import type { Of } from './value-negation.ts'

export type NumberOperator = Of<'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between'>

export function meetsNumber(value: Value, operator: NumberOperator): boolean {
  // A bigint against a number is compared exactly, whatever its size.
  const number = integerOf(value) ?? numberOf(value)
  return number !== null && compareNumber(number, operator)
}

/** A count or a sum against a comparison. */
export function compareNumber(number: number | bigint, { name, operand }: Pick<NumberOperator, 'name' | 'operand'>): boolean {
  if (typeof operand !== 'number') return number >= operand[0] && number <= operand[1]
  switch (name) {
    case 'moreThan':
      return number > operand
    case 'atLeast':
      return number >= operand
    case 'lessThan':
      return number < operand
    case 'atMost':
      return number <= operand
    default:
      return number >= operand && number <= operand
  }
}
