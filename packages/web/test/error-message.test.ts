import { expect, test } from 'vitest'
import { messageOf } from '../src/app/error-message.ts'
import { formatDateTime } from '../src/app/format.ts'

test('instants in an error are told by the clock of the reader, and what is thrown without words has some', () => {
  const told = formatDateTime(Date.parse('2026-03-01T09:15:00.000Z'))
  expect(messageOf(new Error('Members are recorded since 2026-03-01T09:15:00.000Z; ask again.'))).toBe(`Members are recorded since ${told}; ask again.`)
  expect(messageOf(new Error('The day 2026-03-01 is over.'))).toBe('The day 2026-03-01 is over.')
  expect(messageOf('odd')).toBe('Something went wrong. Try again.')
})
