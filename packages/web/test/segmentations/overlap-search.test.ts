import { expect, test } from 'vitest'
import { overlapSearch } from '../../src/segmentations/overlap-search.ts'

test('a combination opens as who is in exactly these, accounts as accounts', () => {
  const segments = [1, 2, 3].map((id) => ({ id, name: `Segment ${id}`, size: 1 }))
  const where = { all: [{ in: 1 }, { in: 3 }, { not: { in: 2 } }] }
  expect(overlapSearch([1, 3], { segments, unit: 'person' })).toEqual({ where })
  expect(overlapSearch([1, 3], { segments, unit: 'account' })).toEqual({ where, unit: 'account' })
})
