import { type Operator, operatorOf } from './condition/index.ts'
import type { JsonValue, Properties } from './event.ts'
import { listOf, type Value, valueExists } from './value.ts'
import { compareNumber, type NumberOperator } from './value-match-number.ts'
import { textsOf } from './value-match-text.ts'
import { type Of, positiveOf } from './value-negation.ts'
import { compilePattern, textPattern } from './value-pattern.ts'

export type ListOperator = Of<'hasAnyOf' | 'hasAllOf'>
export type ItemsOperator = Of<'length' | 'someItem' | 'someItemWhere'>
/** Reads another operator of another value, with the same clock. */
export type Meets = (value: Value, operator: Operator) => boolean

export function meetsList(value: Value, operator: ListOperator): boolean {
  const items = listOf(value)
  const has = (wanted: string) => {
    if (!operator.ignoringCase) return items.includes(wanted)
    const pattern = compilePattern(textPattern([wanted], 'whole'))
    return items.some((item) => pattern.found(item))
  }
  const wanted = textsOf(operator.operand)
  return operator.name === 'hasAnyOf' ? wanted.some(has) : wanted.every(has)
}

/** The items of a value, whatever they are: a single value is a list of one, a missing one a list of none. */
function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  return valueExists(value) ? [value] : []
}

/** How many items there are, or whether one of them meets what is asked: as a text, or as an object whose fields meet all of a list. */
export function meetsItems(value: Value, operator: ItemsOperator, meets: Meets): boolean {
  switch (operator.name) {
    case 'length': {
      const { operator: comparison, negated } = positiveOf(operatorOf(operator.operand))
      return compareNumber(itemsOf(value).length, comparison as NumberOperator) !== negated
    }
    case 'someItem': {
      const ofItem = operatorOf(operator.operand)
      return listOf(value).some((text) => meets(text, ofItem))
    }
    case 'someItemWhere':
      return itemsOf(value)
        .filter(isObject)
        .some((item) => operator.operand.every((each) => meets(item[each.property], operatorOf(each))))
  }
}

/** An object that holds something: the store keeps an empty one and `null` in a list alike. */
function isObject(item: Value | JsonValue): item is Properties {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && valueExists(item)
}
