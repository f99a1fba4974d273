import { expect, test } from 'vitest'
import { PeopleMemory } from '../../src/identity/people-memory.ts'
import type { Person } from '../../src/identity/person.ts'

function person(id: number, textLength = 700): Person {
  const rest = { createdAt: 0, isIdentified: false, hasProfile: true, properties: {}, sessions: [], version: 1, changed: false, mergedInto: null }
  return { id, projectId: 1, textLength, ...rest }
}

test('people are found by their ids until newer ones took their room; those in use stay', () => {
  const memory = new PeopleMemory(10_000)
  const busy = person(1)
  for (let id = 2; id < 100; id += 1) {
    expect(memory.find('busy')).toBe(id === 2 ? undefined : busy)
    const other = person(id)
    memory.keep(
      [busy, other],
      [
        ['busy', busy],
        [`other-${id}`, other],
      ],
    )
  }
  expect(memory.find('other-99')?.id).toBe(99)
  expect(memory.get(99)?.id).toBe(99)
  const found = Array.from({ length: 98 }, (_, index) => memory.find(`other-${index + 2}`)).filter((each) => each !== undefined)
  expect(found.length).toBeLessThanOrEqual(22)
  expect(memory.find('other-2')).toBeUndefined()
})

test('who became somebody else is forgotten, and cleared it knows nobody', () => {
  const memory = new PeopleMemory()
  const [source, target] = [person(1), person(2)]
  memory.keep(
    [source, target],
    [
      ['a', source],
      ['b', target],
    ],
  )
  source.mergedInto = target
  memory.keep([source, target], [['a', target]])
  expect(memory.find('a')).toBe(target)
  expect(memory.get(1)).toBeUndefined()
  memory.clear()
  expect(memory.find('b')).toBeUndefined()
})
