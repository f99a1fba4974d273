import { textOf, type Value } from './value.ts'
import type { Of } from './value-negation.ts'
import { type Anchor, compilePattern, textPattern } from './value-pattern.ts'

export type TextOperator = Of<'is' | 'contains' | 'startsWith' | 'endsWith' | 'matches' | 'longerThan' | 'shorterThan'>

const anchors = { is: 'whole', contains: 'anywhere', startsWith: 'start', endsWith: 'end' } as const satisfies Record<string, Anchor>

/** The operand of a text operator as texts: a list means any of them. */
export function textsOf(operand: string | number | boolean | readonly (string | number | boolean)[]): string[] {
  return [operand].flat().map((each) => textOf(each as Value) ?? '')
}

/** A text against texts (any of them), a pattern, or a length in code points. */
export function meetsText(value: Value, operator: TextOperator): boolean {
  const text = textOf(value)
  if (text === null) return false
  switch (operator.name) {
    case 'matches':
      return compilePattern(operator.ignoringCase ? `(?i)${operator.operand}` : operator.operand).found(text)
    case 'longerThan':
      return [...text].length > operator.operand
    case 'shorterThan':
      return [...text].length < operator.operand
    default:
      return meetsAnyText(text, operator)
  }
}

function meetsAnyText(text: string, operator: Of<'is' | 'contains' | 'startsWith' | 'endsWith'>): boolean {
  const texts = textsOf(operator.operand)
  if (texts.length === 0) return false
  const anchor = anchors[operator.name]
  if (operator.ignoringCase) return compilePattern(textPattern(texts, anchor)).found(text)
  const test = {
    whole: (each: string) => text === each,
    anywhere: (each: string) => text.includes(each),
    start: (each: string) => text.startsWith(each),
    end: (each: string) => text.endsWith(each),
  }
  return texts.some(test[anchor])
}
