import { type OperatorName, type PropertyCondition, propertyConditionSchema } from '@kindred/model'
import { firstOperator, type OperandKind, operandKind, operatorWords, type ValueType } from './operators.ts'

/** A property condition while it is being typed: `operand` is null until there is one. */
export interface PropertyDraft {
  property: string
  operator: OperatorName
  operand: unknown
  ignoringCase: boolean
}

export function emptyDraft(property = '', type: ValueType = 'text'): PropertyDraft {
  const operator = firstOperator(type)
  return { property, operator, operand: startingOperand(operandKind(operator, type)), ignoringCase: false }
}

const operators = Object.keys(operatorWords) as OperatorName[]

/** The draft of a condition that was read, or is half written; the inverse of `writeDraft`. */
export function readDraft(condition: { property: string; ignoringCase?: boolean; [operator: string]: unknown }): PropertyDraft {
  const operator = operators.find((name) => condition[name] !== undefined) ?? 'exists'
  return { property: condition.property, operator, operand: condition[operator], ignoringCase: condition.ignoringCase ?? false }
}

/** The condition as it goes on the wire; it may still be incomplete, which `draftMistake` tells. */
export function writeDraft(draft: PropertyDraft): PropertyCondition {
  const operand = operatorWords[draft.operator].operand === 'none' ? true : draft.operand
  const cased = draft.ignoringCase && operatorWords[draft.operator].cased === true
  return { property: draft.property, [draft.operator]: operand, ...(cased ? { ignoringCase: true } : {}) } as PropertyCondition
}

const asks: Record<OperandKind, string> = {
  none: '',
  values: 'Choose at least one value.',
  'yes-no': 'Choose yes or no.',
  texts: 'Type the text to look for.',
  text: 'Type the text to look for.',
  number: 'Type a number.',
  numbers: 'Type both numbers.',
  length: 'Type a number of characters.',
  moment: 'Choose a date.',
  moments: 'Choose both dates.',
  duration: 'Give a length of time, such as 30 days.',
  comparison: 'Type a number.',
  item: 'Say what the item is.',
  items: 'Say what the item is.',
  parameter: 'Name the parameter and its value.',
}

/** What is missing in words, or null for a complete condition. */
export function draftMistake(draft: PropertyDraft): string | null {
  if (draft.property === '') return 'Choose a property.'
  const { operand } = operatorWords[draft.operator]
  if (isEmpty(draft.operand) && operand !== 'none') return asks[operand]
  if (propertyConditionSchema.safeParse(writeDraft(draft)).success) return null
  return asks[operand] || 'This condition cannot be read.'
}

/** Changes the operator and keeps the operand where the new one asks for the same kind of thing. */
export function withOperator(draft: PropertyDraft, operator: OperatorName, type: ValueType): PropertyDraft {
  const before = operandKind(draft.operator, type)
  const after = operandKind(operator, type)
  return { ...draft, operator, operand: before === after ? draft.operand : carried(draft.operand, after) }
}

/** Changes the property; a value of another property is of no use, so the row starts anew. */
export const withProperty = (property: string, type: ValueType): PropertyDraft => emptyDraft(property, type)

const isEmpty = (operand: unknown): boolean =>
  operand === null ||
  operand === undefined ||
  operand === '' ||
  (Array.isArray(operand) && (operand.length === 0 || operand.some(isEmpty))) ||
  (typeof operand === 'object' && !Array.isArray(operand) && Object.values(operand).some(isEmpty))

function carried(operand: unknown, to: OperandKind): unknown {
  const values = (Array.isArray(operand) ? operand : [operand]).filter((each) => each !== null && each !== undefined)
  const texts = values.map(String)
  if (to === 'values' || to === 'texts') return texts
  if (to === 'text') return texts[0] ?? null
  const numbers = values.map(Number).filter(Number.isFinite)
  if (to === 'number' || to === 'length') return numbers[0] ?? null
  if (to === 'numbers') return [numbers[0] ?? null, numbers[1] ?? null]
  return startingOperand(to)
}

function startingOperand(kind: OperandKind): unknown {
  if (kind === 'values' || kind === 'texts') return []
  if (kind === 'numbers' || kind === 'moments') return [null, null]
  if (kind === 'duration') return '30 days'
  if (kind === 'comparison') return { atLeast: 1 }
  if (kind === 'item') return { is: [] }
  if (kind === 'items') return [{ property: '', is: [] }]
  if (kind === 'parameter') return { name: '', is: [] }
  return null
}
