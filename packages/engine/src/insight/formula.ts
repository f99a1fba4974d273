import { KindredError } from '@kindred/model'

/** A formula over series, read once and worked out for every bucket. */
export type Formula =
  | { kind: 'number'; value: number }
  | { kind: 'series'; index: number }
  | { kind: 'negative'; of: Formula }
  | { kind: 'binary'; operator: BinaryOperator; left: Formula; right: Formula }

const operators = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  // The remainder takes the sign of the divisor.
  '%': (left, right) => left - right * Math.floor(left / right),
  '**': (left, right) => left ** right,
} satisfies Record<string, (left: number, right: number) => number>
type BinaryOperator = keyof typeof operators

/** The value for one bucket, given a number for each series. What has no number, such as x / 0, is 0. */
export function evaluateFormula(formula: Formula, values: readonly number[]): number {
  switch (formula.kind) {
    case 'number':
      return formula.value
    case 'series':
      return values[formula.index] ?? 0
    case 'negative':
      return -evaluateFormula(formula.of, values)
    case 'binary': {
      const result = operators[formula.operator](evaluateFormula(formula.left, values), evaluateFormula(formula.right, values))
      return Number.isFinite(result) ? result : 0
    }
  }
}

/** The series a formula reads, as indexes in order. */
export function seriesOf(formula: Formula): number[] {
  switch (formula.kind) {
    case 'number':
      return []
    case 'series':
      return [formula.index]
    case 'negative':
      return seriesOf(formula.of)
    case 'binary':
      return [...new Set([...seriesOf(formula.left), ...seriesOf(formula.right)])].sort((a, b) => a - b)
  }
}

interface Token {
  text: string
  /** Where it stands, the first character being 1. */
  at: number
}

const tokenPattern = /\s*(\*\*|[-+*/%()]|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[A-Za-z]+|$)/y
const deepest = 100

/**
 * Reads numbers, the letters of the series (A is the first), `+ - * / % **`, a minus before a value, and parentheses. Powers bind strongest and
 * to the right, as in Python: `-2 ** 2` is −4. Errors: `insight/formula` with the place of the mistake.
 */
export function parseFormula(text: string, seriesCount: number): Formula {
  return new Parser(text, seriesCount).whole()
}

class Parser {
  readonly #text: string
  readonly #seriesCount: number
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(text: string, seriesCount: number) {
    this.#text = text
    this.#seriesCount = seriesCount
    this.#tokens = this.#split()
  }

  whole(): Formula {
    const formula = this.#sum()
    const rest = this.#peek()
    if (rest.text !== '') throw this.#error(rest, rest.text === ')' ? 'there is no ( for this )' : 'an operator is missing before it')
    return formula
  }

  #split(): Token[] {
    const tokens: Token[] = []
    tokenPattern.lastIndex = 0
    for (;;) {
      const start = tokenPattern.lastIndex
      const match = tokenPattern.exec(this.#text)
      const token = match?.[1]
      if (token === undefined) {
        const at = start + (/^\s*/.exec(this.#text.slice(start))?.[0].length ?? 0)
        throw this.#error({ text: '', at: at + 1 }, `"${this.#text[at] ?? ''}" has no meaning here; write numbers, letters of series, + - * / % ** and ( )`)
      }
      tokens.push({ text: token, at: tokenPattern.lastIndex - token.length + 1 })
      if (token === '') return tokens
    }
  }

  #sum(): Formula {
    return this.#chain(['+', '-'], () => this.#product())
  }

  #product(): Formula {
    return this.#chain(['*', '/', '%'], () => this.#signed())
  }

  #chain(names: readonly BinaryOperator[], operand: () => Formula): Formula {
    let left = operand()
    for (;;) {
      const operator = names.find((name) => name === this.#peek().text)
      if (operator === undefined) return left
      this.#next += 1
      left = { kind: 'binary', operator, left, right: operand() }
    }
  }

  #signed(): Formula {
    const token = this.#peek()
    this.#depth += 1
    if (this.#depth > deepest) throw this.#error(token, 'it is nested too deep')
    const formula = token.text === '-' ? this.#negative() : this.#power()
    this.#depth -= 1
    return formula
  }

  #negative(): Formula {
    this.#next += 1
    return { kind: 'negative', of: this.#signed() }
  }

  #power(): Formula {
    const base = this.#value()
    if (this.#peek().text !== '**') return base
    this.#next += 1
    return { kind: 'binary', operator: '**', left: base, right: this.#signed() }
  }

  #value(): Formula {
    const token = this.#peek()
    this.#next += 1
    if (/^[\d.]/.test(token.text)) return { kind: 'number', value: Number(token.text) }
    if (/^[A-Za-z]/.test(token.text)) return this.#series(token)
    if (token.text !== '(') throw this.#error(token, token.text === '' ? 'a value is missing at the end' : `a value is missing before "${token.text}"`)
    const inside = this.#sum()
    const close = this.#peek()
    if (close.text !== ')') throw this.#error(close, `a ) is missing for the ( at ${token.at}`)
    this.#next += 1
    return inside
  }

  #series(token: Token): Formula {
    const index = token.text.length === 1 ? token.text.toUpperCase().charCodeAt(0) - 65 : -1
    if (index < 0) throw this.#error(token, `"${token.text}" is no letter of a series; formulas have no functions`)
    if (index >= this.#seriesCount) throw this.#error(token, `there is no series ${token.text.toUpperCase()}`)
    return { kind: 'series', index }
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { text: '', at: this.#text.length + 1 }
  }

  #error({ at }: Token, reason: string): KindredError {
    return new KindredError('insight/formula', { formula: this.#text, at, reason })
  }
}
