import { expect, test } from 'vitest'
import { choicesByUnit } from '../../src/segmentations/choices-by-unit.ts'

const where = { property: 'size', exists: true } as const
const rule = (id: number, accountType?: string) => ({
  id,
  name: `Rule ${id}`,
  unit: 'account' as const,
  definition: { unit: 'account' as const, where, ...(accountType !== undefined && { accountType }) },
})
const segments = [
  rule(1, 'company'),
  { id: 2, name: 'People', unit: 'person' as const, definition: { unit: 'person' as const, where } },
  rule(3, 'team'),
  { id: 4, name: 'A list of accounts', unit: 'account' as const, definition: null },
  rule(5, 'company'),
]
const labels = new Map([['company', 'Company']])

test('people stand first, and accounts by their type', () => {
  expect(choicesByUnit(segments, labels).map(({ group, items }) => [group, items.map(({ value }) => value)])).toEqual([
    ['People', ['2']],
    ['Accounts of the type Company', ['1', '5']],
    ['Accounts of the type team', ['3']],
    ['Accounts', ['4']],
  ])
})

test('what cannot be put beside the first is left out', () => {
  const open = (beside: (typeof segments)[number]) => {
    const items = choicesByUnit(segments, labels, beside).flatMap((each) => each.items)
    return items.filter(({ disabled }) => !disabled).map(({ value }) => value)
  }
  // Of a list, those of the type are counted.
  expect(open(rule(1, 'company'))).toEqual(['1', '5', '4'])
  expect(open({ id: 2, name: 'People', unit: 'person', definition: { unit: 'person', where } })).toEqual(['2'])
  expect(open({ id: 4, name: 'A list of accounts', unit: 'account', definition: null })).toEqual(['4'])
})
