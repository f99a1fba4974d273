import { type Condition, conditionSchema, kindOf } from '@kindred/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDefinition, writeDefinition } from '../../src/segments/tree/definition.ts'
import { rowsOf } from '../../src/segments/tree/edit.ts'
import { conditions, leafKinds, leavesOf } from './conditions.ts'

const back = (where: Condition) => writeDefinition(readDefinition({ where }))

/** What the language allows and nobody means: a value that is empty. Such a condition is kept as the text it is. */
const holdsNothing = (value: unknown): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsNothing))

describe('a condition of each kind comes back from its row as it was', () => {
  test.each(leafKinds)('%s', { timeout: 30_000 }, (kind) => {
    fc.assert(
      fc.property(leavesOf(kind), (where) => {
        const tree = readDefinition({ where })
        expect(writeDefinition(tree).definition).toEqual({ unit: 'person', where })
        const [row] = rowsOf(tree.root)
        const isText = ['model', 'flag', 'experiment'].includes(kind) || (row?.draft.kind === 'written' && holdsNothing(where))
        expect(row?.draft.kind).toBe(isText ? 'written' : kindOf(where))
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })
})

test('any definition comes back from the builder as it was', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(conditions, (each) => {
      const where = conditionSchema.parse(each)
      const { definition, mistakes } = back(where)
      expect([...mistakes.values()]).toEqual([])
      expect(definition).toEqual({ unit: 'person', where })
    }),
    { numRuns: 200, endOnFailure: true },
  )
})

test('a negative window and its `observed` are one row, which writes both', () => {
  const lapsed: Condition = { not: { did: 'paid', within: { last: '90 days' } } }
  const beside = readDefinition({ where: { all: [lapsed, { observed: '90 days' }, { property: 'plan', exists: true }] } })
  expect(beside.root.children.map((node) => node.kind === 'row' && [node.draft.kind, node.negated, node.observed])).toEqual([
    ['did', true, true],
    ['property', false, true],
  ])
  const inAny: Condition = { any: [{ all: [lapsed, { observed: '90 days' }] }, { property: 'plan', exists: true }] }
  expect(readDefinition({ where: inAny }).root.children.map(({ kind }) => kind)).toEqual(['row', 'row'])
  expect(back(inAny).definition?.where).toEqual(inAny)
  const without = readDefinition({ where: { all: [lapsed, { observed: '80 days' }] } })
  expect(without.root.children.map((node) => node.kind === 'row' && [node.draft.kind, node.observed])).toEqual([
    ['did', false],
    ['observed', true],
  ])
})

test('the paths of a row and of its `observed` both lead to the row', () => {
  const tree = readDefinition({ where: { all: [{ not: { did: 'paid', within: { last: '90 days' } } }, { observed: '90 days' }, { in: 3 }] } })
  const written = writeDefinition(tree)
  const [first, second] = rowsOf(tree.root)
  expect([written.paths.get(first?.id ?? ''), written.observed.get(first?.id ?? ''), written.paths.get(second?.id ?? '')]).toEqual([
    'where.all.0',
    'where.all.1',
    'where.all.2',
  ])
})

test('a definition of accounts stays one', () => {
  const where: Condition = { people: { atLeast: 2 }, where: { any: [{ did: 'login' }, { property: 'role', is: 'admin' }] } }
  const tree = readDefinition({ unit: 'account', accountType: 'company', where })
  expect(writeDefinition(tree).definition).toEqual({ unit: 'account', accountType: 'company', where })
})

test('at least so many of a group cannot be more than there are', () => {
  const tree = readDefinition({ where: { atLeast: 2, of: [{ in: 1 }, { in: 2 }] } })
  expect(writeDefinition({ ...tree, root: { ...tree.root, children: tree.root.children.slice(1) } }).mistakes.get(tree.root.id)).toBe(
    'Only one finished condition stands here, so 2 of them can never hold.',
  )
})
