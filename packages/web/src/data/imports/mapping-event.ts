import type { ImportMappingInput } from '@kindred/model'

export type EventMapping = NonNullable<ImportMappingInput['event']>
export type Rule = NonNullable<EventMapping['rules']>[number]
export type Test = Extract<Rule['when'], { column: string }>
export type Totals = NonNullable<EventMapping['totals']>

/** A rule as the wizard edits it: the tests in a row, whether all or any must hold, and what then. */
export interface RuleDraft {
  join: 'all' | 'any'
  tests: Test[]
  event?: string
  skip?: string
}

export function draftOf(rule: Rule): RuleDraft {
  const { when, event, skip } = rule
  if ('all' in when) return { join: 'all', tests: when.all, event, skip }
  if ('any' in when) return { join: 'any', tests: when.any, event, skip }
  return { join: 'all', tests: [when], event, skip }
}

export function ruleOf({ join, tests, event, skip }: RuleDraft): Rule {
  const [only] = tests
  const when: Rule['when'] = tests.length === 1 && only ? only : join === 'any' ? { any: tests } : { all: tests }
  return skip === undefined ? { when, event: event ?? '' } : { when, skip }
}

/** Tests of a cell in words, with what their operand is. */
export const testWords = {
  is: { label: 'is', operand: 'text' },
  startsWith: { label: 'starts with', operand: 'text' },
  matches: { label: 'matches the pattern', operand: 'text' },
  lessThan: { label: 'is less than', operand: 'number' },
  atMost: { label: 'is at most', operand: 'number' },
  moreThan: { label: 'is more than', operand: 'number' },
  atLeast: { label: 'is at least', operand: 'number' },
  empty: { label: 'is empty', operand: 'none' },
} as const
export type TestName = keyof typeof testWords

export const testNames = Object.keys(testWords) as TestName[]
export const testNameOf = (test: Test): TestName => testNames.find((name) => test[name] !== undefined) ?? 'is'

/** The same cell under another test; the operand is kept where it still fits. */
export function withTestName(test: Test, name: TestName): Test {
  const operand = test[testNameOf(test)]
  const { operand: wanted } = testWords[name]
  if (wanted === 'none') return { column: test.column, empty: true }
  if (wanted === 'number') return { column: test.column, [name]: Number(operand) || 0 }
  return { column: test.column, [name]: typeof operand === 'string' || typeof operand === 'number' ? String(operand) : '' }
}

/** What is typed for `is` may be several values, apart by commas. */
export function withOperand(test: Test, text: string): Test {
  const name = testNameOf(test)
  if (name === 'is' && text.includes(',')) return { column: test.column, is: text.split(',').map((part) => part.trim()) }
  return { column: test.column, [name]: testWords[name].operand === 'number' ? Number(text) : text }
}

export function operandText(test: Test): string {
  const operand = test[testNameOf(test)]
  return Array.isArray(operand) ? operand.join(', ') : String(operand ?? '')
}

/** `mapping` about events again, or about people only; the event's part is kept by the caller to come back to. */
export function withEvent(mapping: ImportMappingInput, event: EventMapping | undefined): ImportMappingInput {
  const { event: _, ...rest } = mapping
  return event === undefined ? rest : { ...rest, event }
}

/** Groups the rows of an event by `columns`, or makes each row its own event where there are none. */
export function withGroup(event: EventMapping, columns: string[]): EventMapping {
  // Rows of a group are told apart by it.
  const { group, id, ...rest } = event
  if (columns.length === 0) return id === undefined ? rest : { ...rest, id }
  return { ...rest, group: { ...group, by: columns, items: group?.items ?? { property: 'items', fields: {} } } }
}
