import type { TraitDefinition, TraitOperand } from '@kindred/model'

/** A formula while it is being typed. `text` names the operands by letters, in their order. */
export interface FormulaDraft {
  kind: 'formula'
  unit: 'person' | 'account'
  text: string
  of: OperandDraft[]
  /** The result is no lower; null: however low. */
  floor: number | null
}
/** What a letter stands for: a trait, a property, or what was written as JSON, which is kept as it is. */
export type OperandDraft = { is: 'trait'; name: string } | { is: 'property'; name: string } | { is: 'written'; operand: TraitOperand }

export const mostOperands = 26
export const letterOf = (index: number): string => String.fromCharCode(65 + index)

export const newFormula: FormulaDraft = {
  kind: 'formula',
  unit: 'person',
  text: 'A / B',
  of: [
    { is: 'trait', name: '' },
    { is: 'trait', name: '' },
  ],
  floor: null,
}

/** The draft of a formula; null for what is none. */
export function formulaDraftOf({ unit, accountType, formula }: TraitDefinition): FormulaDraft | null {
  if (formula === undefined || accountType !== undefined) return null
  const of = formula.of.map((operand): OperandDraft => {
    if (operand.trait !== undefined) return { is: 'trait', name: operand.trait }
    return operand.property === undefined ? { is: 'written', operand } : { is: 'property', name: operand.property }
  })
  return { kind: 'formula', unit, text: formula.text, of, floor: formula.floor ?? null }
}

export function formulaDefinition({ unit, text, of, floor }: FormulaDraft): TraitDefinition {
  const operands = of.map((operand): TraitOperand => (operand.is === 'written' ? operand.operand : { [operand.is]: operand.name }))
  return { unit, formula: { text, of: operands, ...(floor !== null && { floor }) } }
}

/** What is wrong, where it stands: at the text, or at the letter of an operand. */
export interface FormulaMistakes {
  text: string | null
  of: (string | null)[]
}

/** Those that can be told without asking. */
export function formulaMistakes({ text, of }: FormulaDraft): FormulaMistakes {
  return { text: textMistake(text, of.length), of: of.map(operandMistake) }
}

function textMistake(text: string, count: number): string | null {
  if (text.trim() === '') return 'Write the formula, such as A / B.'
  if (!/^[A-Za-z0-9.+\-*/%() ]*$/.test(text)) return 'A formula has letters, numbers, + − * / % ** and parentheses.'
  const letters = (text.match(/[A-Za-z]+/g) ?? []).map((each) => each.toUpperCase())
  const long = letters.find((each) => each.length > 1)
  if (long !== undefined) return `Write a sign between the letters of ${long}.`
  const unknown = letters.find((each) => each.charCodeAt(0) - 65 >= count)
  if (unknown !== undefined) return `Nothing stands for ${unknown}: the letters are ${count === 1 ? 'A alone' : `A to ${letterOf(count - 1)}`}.`
  const opened = [...text].reduce((open, sign) => (open < 0 ? open : open + (sign === '(' ? 1 : sign === ')' ? -1 : 0)), 0)
  return opened === 0 ? null : 'A parenthesis has no other half.'
}

function operandMistake(operand: OperandDraft): string | null {
  if (operand.is === 'written' || operand.name !== '') return null
  return operand.is === 'trait' ? 'Choose a trait.' : 'Choose a property.'
}

/** Without an operand; the letters after it move up, and its own stays in the text, where it is told as a mistake. */
export function withoutOperand(draft: FormulaDraft, gone: number): FormulaDraft {
  const text = draft.text.replace(/\b[A-Za-z]\b/g, (letter) => {
    const index = letter.toUpperCase().charCodeAt(0) - 65
    if (index === gone) return letterOf(draft.of.length - 1)
    return index > gone ? letterOf(index - 1) : letter
  })
  return { ...draft, text, of: draft.of.filter((_, index) => index !== gone) }
}

const signs: Record<string, string> = { '*': '×', '/': '÷', '-': '−', '**': 'to the power of', '%': 'modulo' }

/** The formula with what its letters stand for in their places: "Total spent ÷ Total orders". */
export function formulaWords({ text, floor }: Pick<FormulaDraft, 'text' | 'floor'>, names: readonly string[]): string {
  const said = text
    .replace(/\*\*|[*/%-]/g, (sign) => ` ${signs[sign] ?? sign} `)
    .replace(/\b[A-Za-z]\b/g, (letter) => {
      const name = names[letter.toUpperCase().charCodeAt(0) - 65]
      return name === undefined || name === '' ? '…' : name
    })
    .replace(/\s+/g, ' ')
    .trim()
  return floor === null ? said : `${said}, no less than ${floor}`
}
