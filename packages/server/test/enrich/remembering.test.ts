import { expect, test } from 'vitest'
import { remembering } from '../../src/enrich/remembering.ts'

test('a text is read once, also where nothing comes of it; the memory is bounded', () => {
  const read: string[] = []
  const known = remembering((text) => {
    read.push(text)
    return text === 'a' ? 1 : undefined
  }, 2)
  expect(['a', 'b', 'b', 'a'].map(known)).toEqual([1, undefined, undefined, 1])
  expect(read).toEqual(['a', 'b'])
  known('c')
  known('a')
  expect(read).toEqual(['a', 'b', 'c', 'a'])
})
