import { expect, test } from 'vitest'
import { choicesOfPeople } from '../../src/segmentations/choices-of-people.ts'

test('a frozen list of accounts is not offered where people are chosen', () => {
  const segments = [
    { id: 1, name: 'A rule of people', unit: 'person' as const, definition: { unit: 'person' } },
    { id: 2, name: 'A list of people', unit: 'person' as const, definition: null },
    { id: 3, name: 'A list of accounts', unit: 'account' as const, definition: null },
    { id: 4, name: 'A rule of accounts', unit: 'account' as const, definition: { unit: 'account' } },
  ]
  expect(choicesOfPeople(segments).map(({ value }) => value)).toEqual(['1', '2'])
})
