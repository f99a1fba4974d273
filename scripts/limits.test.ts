import { expect, test } from 'vitest'
import { broken, limits, measure } from './limits.ts'

const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n')

test('blank lines and comments are not code, lines of a template are', () => {
  const text = ['// a reason', '', '/**', ' * A docstring', ' */', 'const sql = `select 1', '', '-- still the template`', 'export default sql // why'].join(
    '\n',
  )
  expect(measure('a.ts', text).codeLines).toBe(3)
})

test('a file at the limit passes and one line more fails by name', () => {
  expect(
    broken(
      measure(
        'long.ts',
        lines(limits.fileLines, (index) => `export const a${index} = ${index}`),
      ),
    ),
  ).toEqual([])
  expect(
    broken(
      measure(
        'long.ts',
        lines(limits.fileLines + 1, (index) => `export const a${index} = ${index}`),
      ),
    ),
  ).toEqual(['long.ts: 401 lines of code, at most 400'])
})

test('a function is counted from its first line to its last, comments left out', () => {
  const body = lines(limits.functionLines - 2, (index) => `  call(${index})\n  // why`)
  expect(broken(measure('a.ts', `function fits() {\n${body}\n}`))).toEqual([])
  expect(broken(measure('a.ts', `\nconst tooLong = () => {\n${body}\n  call()\n}`))).toEqual(['a.ts:2: tooLong has 81 lines of code, at most 80'])
})

test('a fourth parameter fails, in functions, methods, constructors and callbacks alike', () => {
  const text = `
function one(a: number, b: number, c: number, d: number) { return a + b + c + d }
class Two { constructor(a: number, b: number, c: number, d: number) { use(a, b, c, d) } }
const three = { method(a: number, b: number, c: number, d: number) { use(a, b, c, d) } }
run((a, b, c, d) => use(a, b, c, d))
function fine(this: object, a: number, b: number, c: number) { return a + b + c }
type Signature = (a: number, b: number, c: number, d: number) => void
`
  const said = broken(measure('a.ts', text))
  expect(said.map((line) => line.split(' takes ')[0])).toEqual(['a.ts:2: one', 'a.ts:3: constructor', 'a.ts:4: method', 'a.ts:5: the function given to run'])
})

test('JSX is read as JSX', () => {
  const { codeLines, functions } = measure('Page.tsx', 'export function Page() {\n  return (\n    <p>\n\n      words\n    </p>\n  )\n}\n')
  expect(codeLines).toBe(7)
  expect(functions.map(({ name }) => name)).toEqual(['Page'])
})
