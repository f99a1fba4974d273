import { type PropertyCondition, propertyConditionSchema } from '@kindred/model'
import {
  firstOperator,
  innerOperators,
  type NestedKind,
  nestedKind,
  type OperandKind,
  operandKind,
  operatorWords,
  type RowOperator,
  type ValueType,
} from './operators.ts'

/** A property condition while it is being typed: `operand` is null until there is one. */
export interface PropertyDraft {
  property: string
  operator: RowOperator
  operand: unknown
  ignoringCase: boolean
}

export function emptyDraft(property = '', type: ValueType = 'text'): PropertyDraft {
  const operator = firstOperator(type)
  return { property, operator, operand: startingOperand(operandKind(operator, type)), ignoringCase: false }
}

const rowOperators = Object.keys(operatorWords) as RowOperator[]

/** The draft of a condition that was read; the inverse of `writeDraft`, for the operators that a row can ask for. */
export function readDraft(condition: PropertyCondition): PropertyDraft {
  const operator = rowOperators.find((name) => condition[name] !== undefined) ?? 'exists'
  return { property: condition.property, operator, operand: condition[operator], ignoringCase: condition.ignoringCase ?? false }
}

/** The condition as it goes on the wire; it may still be incomplete, which `draftMistake` tells. */
export function writeDraft(draft: PropertyDraft): PropertyCondition {
  const isBare = operatorWords[draft.operator].operand === 'none'
  const operand = isBare ? true : draft.operand
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
}

/** What is missing in words, or null for a complete condition. */
export function draftMistake(draft: PropertyDraft): string | null {
  if (draft.property === '') return 'Choose a property.'
  const nested = nestedKind(draft.operator)
  if (nested !== null) return innerMistake(nested, draft.operand)
  const operand = operandKind(draft.operator, 'text')
  if (isEmpty(draft.operand) && operand !== 'none') return asks[operand]
  if (propertyConditionSchema.safeParse(writeDraft(draft)).success) return null
  return asks[operand] || 'This condition cannot be read.'
}

/** Changes the operator and keeps the operand where the new one asks for the same kind of thing. */
export function withOperator(draft: PropertyDraft, operator: RowOperator, type: ValueType): PropertyDraft {
  const nested = nestedKind(operator)
  if (nested !== null) return { ...draft, operator, operand: draft.operator === operator ? draft.operand : writeInner(nested, [emptyInner(nested)]) }
  if (nestedKind(draft.operator) !== null) return { ...draft, operator, operand: startingOperand(operandKind(operator, type)) }
  const before = operandKind(draft.operator, type)
  const after = operandKind(operator, type)
  return { ...draft, operator, operand: before === after ? draft.operand : carried(draft.operand, after) }
}

/** Changes the property; a value of another property is of no use, so the row starts anew. */
export const withProperty = (property: string, type: ValueType): PropertyDraft => emptyDraft(property, type)

/** The conditions inside an operand, each as a draft of its own; an item and a count have no property. */
export function innerDrafts(kind: NestedKind, operand: unknown): PropertyDraft[] {
  if (kind === 'fields') return (operand as PropertyCondition[]).map(readDraft)
  if (kind !== 'parameter') return [readDraft({ property: '', ...(operand as object) } as PropertyCondition)]
  const { name, ...rest } = operand as { name: string }
  return [readDraft({ property: name, ...rest } as PropertyCondition)]
}

/** The inverse of `innerDrafts`. */
export function writeInner(kind: NestedKind, drafts: readonly PropertyDraft[]): unknown {
  if (kind === 'fields') return drafts.map(writeDraft)
  const { property, ...rest } = writeDraft(drafts[0] ?? emptyInner(kind))
  return kind === 'parameter' ? { name: property, ...rest } : rest
}

export function emptyInner(kind: NestedKind): PropertyDraft {
  const [operator = 'is'] = kind === 'count' ? (['atLeast'] as const) : innerOperators[kind]
  return { property: '', operator, operand: startingOperand(operandKind(operator, 'text')), ignoringCase: false }
}

export const withInnerOperator = (draft: PropertyDraft, operator: RowOperator): PropertyDraft => withOperator(draft, operator, 'text')

function innerMistake(kind: NestedKind, operand: unknown): string | null {
  const named = kind === 'fields' || kind === 'parameter'
  const drafts = innerDrafts(kind, operand)
  if (named && drafts.some(({ property }) => property === '')) return kind === 'fields' ? 'Name the field.' : 'Name the parameter.'
  return drafts.map((draft) => draftMistake(named ? draft : { ...draft, property: 'item' })).find((mistake) => mistake !== null) ?? null
}

const isEmpty = (operand: unknown): boolean =>
  operand === null ||
  operand === undefined ||
  operand === '' ||
  (Array.isArray(operand) && (operand.length === 0 || operand.some((each) => each === null || each === '')))

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
  return null
}
