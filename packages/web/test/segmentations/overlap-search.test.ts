import { expect, test } from 'vitest'
import { ofUnit, overlapSearch } from '../../src/segmentations/overlap-search.ts'

test('a combination opens as who is in exactly these, accounts as accounts of their type', () => {
  const segments = [1, 2, 3].map((id) => ({ id, name: `Segment ${id}`, size: 1 }))
  const where = { all: [{ in: 1 }, { in: 3 }, { not: { in: 2 } }] }
  expect(overlapSearch([1, 3], { segments, unit: 'person', accountType: undefined })).toEqual({ where })
  expect(overlapSearch([1, 3], { segments, unit: 'account', accountType: undefined })).toEqual({ where, unit: 'account' })
  expect(overlapSearch([1, 3], { segments, unit: 'account', accountType: 'team' })).toEqual({ where, unit: 'account', accountType: 'team' })
  expect(overlapSearch([], { segments, unit: 'person', accountType: undefined }).where).toEqual({ all: [1, 2, 3].map((id) => ({ not: { in: id } })) })
  expect(ofUnit({ in: 1 }, { unit: 'account', accountType: 'team' })).toEqual({ where: { in: 1 }, unit: 'account', accountType: 'team' })
})
