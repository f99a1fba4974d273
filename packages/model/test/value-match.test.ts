import { expect, test } from 'vitest'
import { matches, operatorOf, operatorProblem, propertyConditionSchema, type Value } from '../src/index.ts'
import vectors from './value-vectors.json' with { type: 'json' }

/** JSON text as the store reads it: integers keep all their digits. */
function readValue(text: string | null): Value {
  if (text === null) return undefined
  if (/^-?\d{16,}$/.test(text)) return BigInt(text)
  return JSON.parse(text.replace(/(?<=[[,])\d{16,}(?=[\],])/g, '"$&"')) as Value
}

test.each(vectors)('$name: $value $operator', ({ value, operator, matches: expected, timezone, now }) => {
  const read = operatorOf(propertyConditionSchema.parse({ property: 'x', ...operator }))
  expect(operatorProblem(read)).toBeNull()
  expect(matches(readValue(value), read, { timezone: timezone ?? 'UTC', now: now ?? 0 })).toBe(expected)
})

test.each([
  [{ matches: 'a(' }, /missing/],
  [{ notMatches: '(?<=a)b' }, /pattern/],
  [{ versionAtLeast: 'latest' }, /not a version/],
  [{ before: '2021-02-30' }, /./],
  [{ on: '3000-01-01' }, /between 1900 and 2299/],
])('%o is refused with its reason', (operator, reason) => {
  expect(operatorProblem(operatorOf(propertyConditionSchema.parse({ property: 'x', ...operator })))).toMatch(reason)
})
