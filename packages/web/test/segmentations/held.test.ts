import { type Segment, segmentationSave } from '@kindred/model'
import { expect, test } from 'vitest'
import { changedTo, choicesOf, heldBy } from '../../src/segmentations/held.ts'

const of = (unit: 'person' | 'account', accountType?: string) =>
  ({ unit, definition: { unit, accountType, where: { all: [] } } }) as Pick<Segment, 'unit' | 'definition'>
const segments = [
  { id: 1, name: 'A rule of people', ...of('person') },
  { id: 2, name: 'A list of people', unit: 'person' as const, definition: null },
  { id: 3, name: 'A list of accounts', unit: 'account' as const, definition: null },
  { id: 4, name: 'A rule of accounts', ...of('account') },
  { id: 5, name: 'A rule of companies', ...of('account', 'company') },
  { id: 6, name: 'A rule of teams', ...of('account', 'team') },
]

test('what is offered holds those who are sorted, and of accounts of one type none of another', () => {
  const offered = (...held: Parameters<typeof choicesOf>) => choicesOf(...held).map(({ value }) => value)
  expect(offered({ unit: 'person' }, segments)).toEqual(['1', '2'])
  expect(offered({ unit: 'account' }, segments)).toEqual(['3', '4'])
  expect(offered({ unit: 'account', accountType: 'company' }, segments)).toEqual(['3', '4', '5'])
})

test('whom a segmentation sorts is what its scope says, or else what its segments hold', () => {
  const save = (part: object) => segmentationSave.parse({ name: 'Kinds', ...part })
  const groups = { by: 'segments', segments: [{ segment: 3 }, { segment: 6 }] }
  expect(heldBy(save({}), segments)).toEqual({ unit: 'person' })
  expect(heldBy(save({ groups }), segments)).toEqual({ unit: 'account', accountType: 'team' })
  expect(heldBy(save({ scope: { segment: 1 } }), segments)).toEqual({ unit: 'person', accountType: undefined })
  expect(heldBy(save({ scope: { unit: 'account' }, groups }), segments)).toEqual({ unit: 'account', accountType: undefined })
})

test('with others to sort, what was chosen among those before is chosen anew, and the rest stays', () => {
  const before = segmentationSave.parse({
    name: 'Kinds',
    scope: { unit: 'account', accountType: 'team', segment: 6, cover: 80, text: 'All' },
    variables: [{ name: 'Size', property: 'size', source: 'CRM' }],
    groups: { by: 'segments', segments: [{ segment: 6 }] },
    target: 6,
  })
  const after = segmentationSave.parse({ ...before, ...changedTo({ unit: 'person' }, before) })
  expect(after).toMatchObject({ scope: { unit: 'person', segment: null, cover: 80, text: 'All' }, groups: { segments: [] }, target: null })
  expect(after.scope.accountType).toBeUndefined()
  expect(after.variables).toMatchObject([{ name: 'Size', source: 'CRM' }])
  expect(after.variables[0]?.property).toBeUndefined()
})
