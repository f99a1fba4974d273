import { expect, test } from 'vitest'
import { ApiError } from '../../src/api/client.ts'
import { takesNone } from '../../src/conditions/comparison.ts'
import { readDuration, writeDuration } from '../../src/conditions/duration.ts'
import { operatorGroups, operatorWords } from '../../src/conditions/operators.ts'
import { draftMistake, emptyDraft, withOperator } from '../../src/conditions/property-draft.ts'
import { valueTypeOf } from '../../src/conditions/value-type.ts'
import { keptByNode, rowErrors } from '../../src/segments/builder/row-errors.ts'
import { shownClauses } from '../../src/segments/builder/shown-clauses.ts'
import { dates, kindOfWithin, withKind } from '../../src/segments/builder/within.ts'
import { exportColumns } from '../../src/segments/page/export-columns.ts'
import { changedPath } from '../../src/segments/tree/changed-path.ts'
import { writeDefinition } from '../../src/segments/tree/definition.ts'
import { change, redo, startHistory, undo } from '../../src/segments/tree/history.ts'
import { group, row } from '../../src/segments/tree/node.ts'
import { rowMistake } from '../../src/segments/tree/write-row.ts'

test('every operator that a row can ask for can be reached on a property of any type', () => {
  for (const type of ['text', 'number', 'date', 'list', 'yes-no'] as const) {
    const reached = operatorGroups(type).flatMap(({ operators }) => operators)
    expect(new Set(reached)).toEqual(new Set(Object.keys(operatorWords)))
    expect(reached.length).toBe(new Set(reached).size)
  }
})

test('a changed operator keeps what was typed where it can', () => {
  const number = { ...emptyDraft('age', 'number'), operand: 30 }
  expect(withOperator(number, 'lessThan', 'number').operand).toBe(30)
  expect(withOperator(number, 'between', 'number').operand).toEqual([30, null])
  expect(withOperator({ ...emptyDraft('plan'), operand: ['pro', 'team'] }, 'contains', 'text').operand).toEqual(['pro', 'team'])
  expect(withOperator({ ...emptyDraft('plan'), operand: ['pro'] }, 'exists', 'text').operand).toBe(null)
  expect(withOperator(number, 'withinLast', 'number').operand).toBe('30 days')
})

test('what is missing in a condition is said in words', () => {
  expect(draftMistake(emptyDraft())).toBe('Choose a property.')
  expect(draftMistake(emptyDraft('plan'))).toBe('Choose at least one value.')
  expect(draftMistake({ ...emptyDraft('age', 'number'), operator: 'between', operand: [1, null] })).toBe('Type both numbers.')
  expect(draftMistake({ ...emptyDraft('born', 'date'), operator: 'withinLast', operand: ' days' })).toBe('Give a length of time, such as 30 days.')
  expect(draftMistake({ ...emptyDraft('plan'), operator: 'exists', operand: null })).toBe(null)
  expect(draftMistake({ ...emptyDraft('vip', 'yes-no'), operand: false })).toBe(null)
})

test('text that always reads as a date is a date', () => {
  expect(valueTypeOf({ types: { string: 5 }, samples: ['1990-02-01', '1988-11-30T10:00:00Z'] })).toBe('date')
  expect(valueTypeOf({ types: { string: 5 }, samples: ['1990-02-01', 'never'] })).toBe('text')
  expect(valueTypeOf({ types: { string: 5, number: 9 }, samples: ['1'] })).toBe('number')
})

test('windows and lengths of time are written as the language has them', () => {
  expect(writeDuration({ amount: 1, unit: 'days' })).toBe('1 day')
  expect(readDuration('12 hours')).toEqual({ amount: 12, unit: 'hours' })
  expect(readDuration(' weeks')).toEqual({ amount: null, unit: 'weeks' })
  expect(withKind({ last: '90 days' }, 'whole-days')).toEqual({ last: '90 days', wholeDays: true })
  expect(kindOfWithin({ last: '90 days', before: '2011-09-01' })).toBe('before')
  expect(dates('', '2011-09-01')).toEqual({ to: '2011-09-01' })
  expect(dates('2011-01-01', null)).toEqual({ from: '2011-01-01' })
  const within = withKind(null, 'dates') ?? undefined
  expect(rowMistake({ kind: 'did', did: 'order', within })).toBe('Complete the time: a length such as 30 days, or dates.')
})

test('a comparison that zero satisfies takes those who never did', () => {
  expect([takesNone({ name: 'atMost', operand: 3 }), takesNone({ name: 'atLeast', operand: 1 }), takesNone({ name: 'lessThan', operand: 1 })]).toEqual([
    true,
    false,
    true,
  ])
  expect([
    takesNone({ name: 'between', operand: [0, 2] }),
    takesNone({ name: 'notBetween', operand: [1, 2] }),
    takesNone({ name: 'equals', operand: null }),
  ]).toEqual([true, true, false])
})

test('what the server refuses is told at its row, and what belongs to none is told beside', () => {
  const pattern = row({ kind: 'property', property: 'email', matches: '(' }, { negated: true })
  const written = writeDefinition({ unit: 'person', root: group('all', [row({ kind: 'in', in: 3 }), pattern]) })
  const refuse = (details: Record<string, string>) => new ApiError({ code: 'segment/invalid', message: 'The definition cannot be read.', details }, 400)
  expect(rowErrors(written, refuse({ path: 'where.all.1.not.matches', reason: 'no closing parenthesis' })).mistakes.get(pattern.id)).toBe(
    'no closing parenthesis',
  )
  expect(rowErrors(written, refuse({ field: 'definition.where.all.1', reason: 'bad' })).other).toBe(null)
  expect(rowErrors(written, new Error('down')).other?.message).toBe('down')
  expect(keptByNode(written.paths, [{ path: 'where.all.1', count: 7 }]).get(pattern.id)).toBe(7)
})

test('undo goes back a step at a time, typing is one step, and a new change ends the future', () => {
  const typed = change(change(change(startHistory('a'), 'b'), 'bc', 'typing'), 'bcd', 'typing')
  expect([undo(typed).present, undo(undo(typed)).present, undo(undo(undo(typed))).present]).toEqual(['b', 'a', 'a'])
  expect(redo(undo(typed)).present).toBe('bcd')
  expect(change(undo(typed), 'x').future).toEqual([])
  expect(change(typed, 'bcd')).toBe(typed)
})

test('changes of one field are one step of undoing, those of others and each corner of an area are steps of their own', () => {
  const at = (inside: (number | null)[][], km = 5) => ({ kind: 'place', place: 'profile', inside, near: { km } })
  const three = [
    [1, 2],
    [3, 4],
    [5, 6],
  ]
  expect(changedPath(at(three), at(three, 50))).toBe('/near/km')
  expect(changedPath(at(three), at([...three, [7, 8]]))).toBe('/inside/3')
  expect(changedPath(at(three), at(three.with(1, [3, 9])))).toBe('/inside/1/1')
  expect(changedPath(at(three), at(three.with(1, [8, 9])))).toBe('/inside/1')
  expect(changedPath(at(three), at(three.toSpliced(0, 1)))).toBe('/inside#2')
  expect(changedPath(at(three), { ...at(three, 7), place: 'lastEvent' })).toBe('')
  expect(changedPath(at(three), { kind: 'place', place: 'profile', country: ['Ireland'] })).toBe('')
})

test('a negated condition is listed once, and those of inner groups are set in', () => {
  const paths = ['where', 'where.all.0', 'where.all.0.not', 'where.all.1', 'where.all.1.any.0', 'where.all.1.any.0.not']
  const shown = shownClauses(paths.map((path) => ({ path, sentence: path, count: 1 })))
  expect(shown.map(({ path, depth }) => [path, depth])).toEqual([
    ['where.all.0', 0],
    ['where.all.1', 0],
    ['where.all.1.any.0', 1],
  ])
})

test('a property whose name holds a comma is one column of an export', () => {
  expect(exportColumns(['email', 'id'], ['country', 'size, in "EU"'])).toBe('id,email,country,"size, in ""EU"""')
})
