import type { OperatorName, PropertyDefinition } from '@kindred/model'
import type { ValueType } from './operators.ts'

const dateLike = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/

const named: Record<string, ValueType> = {
  string: 'text',
  text: 'text',
  number: 'number',
  integer: 'number',
  int64: 'number',
  uint64: 'number',
  float64: 'number',
  boolean: 'yes-no',
  bool: 'yes-no',
  date: 'date',
  datetime: 'date',
  list: 'list',
  array: 'list',
}

/** What most of a property's values are. Text whose samples all read as dates is a date. */
export function valueTypeOf(property: Pick<PropertyDefinition, 'types' | 'samples'> | undefined): ValueType {
  if (property === undefined) return 'text'
  const [most] = Object.entries(property.types).sort((a, b) => b[1] - a[1])
  const type = named[most?.[0].toLowerCase() ?? ''] ?? 'text'
  const dates = type === 'text' && property.samples.length > 0 && property.samples.every((sample) => dateLike.test(sample))
  return dates ? 'date' : type
}

const dateOperators = [
  'before',
  'after',
  'on',
  'betweenDates',
  'withinLast',
  'withinNext',
  'moreThanAgo',
  'moreThanAhead',
  'anniversaryWithinNext',
  'anniversaryWithinLast',
]

/** The type an operator by itself speaks of, for a property that is not (yet) known. */
export function typeOfOperator(operator: OperatorName, operand: unknown): ValueType {
  if (typeof operand === 'boolean') return 'yes-no'
  if (['equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost', 'between', 'notBetween'].includes(operator)) return 'number'
  if (dateOperators.includes(operator)) return 'date'
  return operator.startsWith('has') || ['length', 'someItem', 'someItemWhere'].includes(operator) ? 'list' : 'text'
}
