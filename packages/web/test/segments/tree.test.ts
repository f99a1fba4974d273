import { conditionSchema } from '@kindred/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyNode } from '../../src/segments/tree/copy.ts'
import { nodeAt, readDefinition, writeDefinition } from '../../src/segments/tree/definition.ts'
import { duplicate, find, insert, move, parentOf, remove, rowsOf, step, unwrap, update, wrap } from '../../src/segments/tree/edit.ts'
import { type Group, group, type Node, row } from '../../src/segments/tree/node.ts'
import { conditions } from './conditions.ts'

const named = (property: string): Node => row({ kind: 'property', property, exists: true })

/** `all(a, any(b, c), d)` as text, which is what the tests read. */
function shape(node: Node): string {
  if (node.kind === 'row') return node.draft.kind === 'property' ? node.draft.property : node.draft.kind
  return `${node.negated ? 'not ' : ''}${node.match}(${node.children.map(shape).join(', ')})`
}

function sample() {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(named) as [Node, Node, Node, Node]
  const inner = group('any', [b, c])
  const root = group('all', [a, inner, d])
  return { a, b, c, d, inner, root }
}

test('a row steps past its neighbours, into a group and out of it again', () => {
  const { a, root } = sample()
  const first = step(root, a.id, 'down')
  expect(shape(first)).toBe('all(any(a, b, c), d)')
  const out = [1, 2, 3].reduce<Group>((tree) => step(tree, a.id, 'down'), first)
  expect(shape(out)).toBe('all(any(b, c), a, d)')
  expect(shape(step(out, a.id, 'down'))).toBe('all(any(b, c), d, a)')
  expect(shape(step(out, a.id, 'up'))).toBe('all(any(b, c, a), d)')
  expect(step(root, root.id, 'up')).toBe(root)
})

test('moving keeps every row once, and never puts a group into itself', () => {
  const { b, d, inner, root } = sample()
  expect(shape(move(root, d.id, { into: inner.id, at: 0 }))).toBe('all(a, any(d, b, c))')
  expect(shape(move(root, b.id, { into: root.id, at: 0 }))).toBe('all(b, a, any(c), d)')
  expect(move(root, inner.id, { into: inner.id, at: 0 })).toBe(root)
  const nested = wrap(root, b.id, 'all')
  const box = parentOf(nested, b.id)
  expect(move(nested, inner.id, { into: box?.id ?? '', at: 0 })).toBe(nested)
})

test('a group that loses its last row goes, a group added empty stays', () => {
  const { b, c, inner, root } = sample()
  expect(shape(remove(remove(root, b.id), c.id))).toBe('all(a, d)')
  const added = insert(root, group('any', []), { into: root.id })
  expect(shape(remove(added, b.id))).toBe('all(a, any(c), d, any())')
  expect(shape(remove(root, inner.id))).toBe('all(a, d)')
})

test('wrapping, unwrapping and duplicating', () => {
  const { a, b, inner, root } = sample()
  const wrapped = wrap(root, a.id)
  expect(shape(wrapped)).toBe('all(any(a), any(b, c), d)')
  const box = parentOf(wrapped, a.id)
  expect(shape(unwrap(wrapped, box?.id ?? ''))).toBe(shape(root))
  expect(shape(wrap(root, root.id))).toBe('all(all(a, any(b, c), d))')
  const negated = update(root, inner.id, (node) => ({ ...node, negated: true }))
  expect(unwrap(negated, inner.id)).toBe(negated)
  const twice = duplicate(root, b.id, copyNode)
  expect(shape(twice)).toBe('all(a, any(b, b, c), d)')
  expect(new Set(rowsOf(twice).map((each) => each.id)).size).toBe(5)
})

test('what is asked of accounts stays with them: nothing moves between a row’s own group and the rest', () => {
  const { a, root } = sample()
  const account = row({ kind: 'account', account: 'any' }, { inner: group('all', [named('industry'), named('size')]) })
  const tree = insert(root, account, { into: root.id })
  const [industry, size] = rowsOf(account).slice(1)
  const inner = account.inner?.id ?? ''
  expect(move(tree, a.id, { into: inner, at: 0 })).toBe(tree)
  expect(move(tree, industry?.id ?? '', { into: root.id, at: 0 })).toBe(tree)
  expect(step(tree, industry?.id ?? '', 'up')).toBe(tree)
  const swapped = find(step(tree, industry?.id ?? '', 'down'), inner)
  expect(swapped === null ? '' : shape(swapped)).toBe('all(size, industry)')
  expect(rowsOf(remove(remove(tree, industry?.id ?? ''), size?.id ?? '')).map(({ draft }) => draft.kind)).toContain('account')
})

test('unfinished rows are left out, named, and the paths count only what is sent', () => {
  const unfinished = row({ kind: 'did', did: null })
  const country = row({ kind: 'property', property: 'country', is: ['IE'] }, { negated: true })
  const root = group('all', [unfinished, group('any', [row({ kind: 'in', in: null })]), country])
  const written = writeDefinition({ unit: 'person', root })
  expect(written.definition).toEqual({ unit: 'person', where: { all: [{ not: { property: 'country', is: ['IE'] } }] } })
  expect(written.paths.get(country.id)).toBe('where.all.0')
  expect([...written.mistakes.values()]).toEqual(['Choose what they did.', 'Choose a segment.'])
  expect(nodeAt(written, 'where.all.0.not.is')).toBe(country.id)
  expect(nodeAt(written, 'where.all.7')).toBe(root.id)
  expect(nodeAt(written, 'unit')).toBe(null)
})

test('edits of random trees lose no row and never leave an id behind', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.array(conditions, { minLength: 2, maxLength: 4 }), fc.array(fc.nat(), { maxLength: 12 }), (all, choices) => {
      let { root } = readDefinition({ where: conditionSchema.parse({ all }) })
      const before = rowsOf(root)
        .map((each) => each.id)
        .sort()
      for (const choice of choices) {
        const ids = rowsOf(root).map((each) => each.id)
        const id = ids[choice % ids.length] ?? ''
        root = step(root, id, choice % 2 === 0 ? 'up' : 'down')
        expect(find(root, id)).not.toBe(null)
      }
      expect(
        rowsOf(root)
          .map((each) => each.id)
          .sort(),
      ).toEqual(before)
    }),
    { numRuns: 40 },
  )
})
