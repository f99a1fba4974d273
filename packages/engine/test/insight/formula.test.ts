import { evaluateFormula, parseFormula, seriesOf } from '@kindred/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const value = (text: string, ...values: number[]) => evaluateFormula(parseFormula(text, Math.max(values.length, 1)), values)

test.each([
  ['A + 2*B', [1, 2], 5],
  ['a - b - 1', [5, 2], 2],
  ['(A/3600)/B', [7200, 2], 1],
  ['A / B', [1, 0], 0],
  ['A % 0', [1], 0],
  ['-2 ** 2', [], -4],
  ['2 ** -1', [], 0.5],
  ['2 ** 3 ** 2', [], 512],
  ['-7 % 3', [], 2],
  ['0 ** -1', [], 0],
  ['1.5e1 + .5', [], 15.5],
  ['--A', [3], 3],
  [' ( ( A ) ) ', [3], 3],
  ['A/0 + B', [1, 4], 4],
] as const)('%s of %j is %d', (text, values, expected) => {
  expect(value(text, ...values)).toBe(expected)
})

test.each([
  ['A +', 4, 'a value is missing at the end'],
  ['A ** / B', 6, 'a value is missing before "/"'],
  ['A B', 3, 'an operator is missing'],
  ['(A', 3, 'a ) is missing for the ( at 1'],
  ['A)', 2, 'there is no ( for this )'],
  ['C', 1, 'there is no series C'],
  ['A + sum(B)', 5, 'no letter of a series'],
  ['A & B', 3, '"&" has no meaning'],
  ['', 1, 'a value is missing at the end'],
  ['  ;', 3, '";" has no meaning'],
])('%s is refused at character %d: %s', (text, at, reason) => {
  expect(() => parseFormula(text, 2)).toThrow(
    expect.objectContaining({ code: 'insight/formula', details: expect.objectContaining({ at, reason: expect.stringContaining(reason) }) }),
  )
})

test('a formula nested too deep is refused instead of overflowing', () => {
  expect(() => parseFormula(`${'('.repeat(250)}A${')'.repeat(249)}`, 1)).toThrow('nested too deep')
})

/** A formula as text with all its parentheses, beside what JavaScript makes of it. */
const { formula } = fc.letrec<{ formula: { text: string; js: string } }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('A', 'B', 'C').map((text) => ({ text, js: text })),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map((number) => ({ text: String(number), js: String(number) })),
    fc.tuple(tie('formula'), fc.constantFrom('+', '-', '*'), tie('formula')).map(([left, operator, right]) => ({
      text: `(${left.text} ${operator} ${right.text})`,
      js: `(${left.js} ${operator} ${right.js})`,
    })),
    tie('formula').map((of) => ({ text: `-${of.text}`, js: `(- ${of.js})` })),
  ),
}))

test('sums, differences and products are those of arithmetic', () => {
  const operand = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(formula, fc.tuple(operand, operand, operand), ({ text, js }, [a, b, c]) => {
      const expected = new Function('A', 'B', 'C', `return ${js}`)(a, b, c) as number
      fc.pre(Number.isFinite(expected))
      expect(evaluateFormula(parseFormula(text, 3), [a, b, c])).toBeCloseTo(expected, 5)
    }),
  )
})

test('any text is a formula or is refused by name, and a formula is always a finite number', () => {
  const piece = fc.constantFrom('A', 'b', '1', '0', '.5', '+', '-', '*', '/', '%', '**', '(', ')', ' ', '&')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.double(), { minLength: 2, maxLength: 2 }), (pieces, values) => {
      const numbers = values.map((each) => (Number.isFinite(each) ? each : 0))
      try {
        const parsed = parseFormula(pieces.join(''), 2)
        expect(Number.isFinite(evaluateFormula(parsed, numbers))).toBe(true)
        expect(seriesOf(parsed).every((index) => index < 2)).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ code: 'insight/formula' })
      }
    }),
  )
})
