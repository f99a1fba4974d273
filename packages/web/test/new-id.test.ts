import { expect, test } from 'vitest'
import { z } from 'zod'
import { newId } from '../src/app/new-id.ts'

test('an id is a random UUID, where a browser makes none of its own as well', () => {
  const ids = Array.from({ length: 1_000 }, newId)
  expect(ids.every((id) => z.uuidv4().safeParse(id).success)).toBe(true)
  expect(new Set(ids).size).toBe(1_000)
})
