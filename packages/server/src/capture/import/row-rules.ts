import { KindredError, type RowRule, type RowTest } from '@kindred/model'
import type { CellReader } from './read-cell.ts'
import { cellText, type Row } from './row.ts'

type CompiledTest = (row: Row) => boolean
/** What the first rule that holds says; undefined where none does. */
export type Ruling = { event: string } | { skip: string } | undefined

export interface TestSurroundings {
  indexOf(column: string, field: string): number
  isEmpty(text: string): boolean
  reader: CellReader
}

/** The rules as one function of a row. Errors: `import/invalid-mapping`; on a row CellProblem where a number is asked of a cell that holds none. */
export function compileRules(rules: readonly RowRule[], surroundings: TestSurroundings): (row: Row) => Ruling {
  const compiled = rules.map((rule, index) => {
    const field = `event.rules.${index}`
    const { when } = rule
    const tests = ('all' in when ? when.all : 'any' in when ? when.any : [when]).map((test) => compileTest(test, field, surroundings))
    const holds: CompiledTest = 'any' in when ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row))
    const ruling: Ruling = rule.event === undefined ? { skip: rule.skip ?? '' } : { event: rule.event }
    return { holds, ruling }
  })
  return (row) => compiled.find(({ holds }) => holds(row))?.ruling
}

/** An empty cell passes `empty: true` and no other test. */
function compileTest(test: RowTest, field: string, { indexOf, isEmpty, reader }: TestSurroundings): CompiledTest {
  const index = indexOf(test.column, field)
  const text = (row: Row) => cellText(row.cells[index])
  if (test.empty !== undefined) return (row) => isEmpty(text(row)) === test.empty
  const ofText = textTest(test, field)
  if (ofText !== undefined) {
    return (row) => {
      const cell = text(row)
      return !isEmpty(cell) && ofText(cell)
    }
  }
  const ofNumber = numberTest(test)
  return (row) => {
    const cell = text(row)
    return !isEmpty(cell) && ofNumber(Number(reader.number(cell, test.column)))
  }
}

function textTest(test: RowTest, field: string): ((text: string) => boolean) | undefined {
  const { is, startsWith, matches } = test
  if (is !== undefined) {
    const wanted = new Set(Array.isArray(is) ? is : [is])
    // A number wanted is the number however the cell writes it: 0 is also `0.00`.
    return (text) => wanted.has(text.trim()) || wanted.has(Number(text))
  }
  if (startsWith !== undefined) return (text) => text.trimStart().startsWith(startsWith)
  if (matches === undefined) return undefined
  const pattern = readPattern(matches, field)
  return (text) => pattern.test(text)
}

function readPattern(pattern: string, field: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    throw new KindredError(
      'import/invalid-mapping',
      { field: `${field}.matches`, reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    )
  }
}

function numberTest({ lessThan, atMost, moreThan, atLeast }: RowTest): (value: number) => boolean {
  if (lessThan !== undefined) return (value) => value < lessThan
  if (atMost !== undefined) return (value) => value <= atMost
  if (moreThan !== undefined) return (value) => value > moreThan
  return (value) => atLeast !== undefined && value >= atLeast
}
