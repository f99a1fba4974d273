import { expect, test } from 'vitest'
import { eventTime, readInstant, sendingTime } from '../../src/capture/time.ts'

const hour = 3_600_000
const receivedAt = Date.parse('2021-10-29T01:44:00Z')
const claim = { timestamp: undefined as unknown, offset: undefined as unknown, sentAt: null as number | null, ignoreSentAt: false, receivedAt }

test('the clock of the sender is corrected by the time it says it sent', () => {
  const sentAt = Date.parse('2021-10-30T03:12:00Z')
  expect(eventTime({ ...claim, timestamp: '2021-10-30T03:02:00Z', sentAt })).toEqual({ at: Date.parse('2021-10-29T01:34:00Z') })
  expect(eventTime({ ...claim, timestamp: '2020-01-01T00:00:00Z', sentAt, ignoreSentAt: true })).toEqual({ at: Date.parse('2020-01-01T00:00:00Z') })
})

test('without a sending time the timestamp stands, without a timestamp the offset counts back, without both it is now', () => {
  expect(eventTime({ ...claim, timestamp: '2021-10-28T00:00:00Z' }).at).toBe(Date.parse('2021-10-28T00:00:00Z'))
  expect(eventTime({ ...claim, offset: 6000, sentAt: receivedAt + hour }).at).toBe(receivedAt - 6000)
  expect(eventTime(claim).at).toBe(receivedAt)
  expect(eventTime({ ...claim, timestamp: 'yesterday' }).at).toBe(receivedAt)
})

test('up to 24 hours ahead an event keeps its time; beyond, it is now and keeps the sender’s words', () => {
  const ahead = (hours: number) => new Date(receivedAt + hours * hour).toISOString()
  expect(eventTime({ ...claim, timestamp: ahead(24) })).toEqual({ at: receivedAt + 24 * hour })
  expect(eventTime({ ...claim, timestamp: ahead(24.01) })).toEqual({ at: receivedAt, original: ahead(24.01) })
})

test.each([
  ['2024-01-02T03:04:05.678Z', '2024-01-02T03:04:05.678Z'],
  ['2024-01-02T03:04:05', '2024-01-02T03:04:05Z'],
  ['2024-01-02 03:04:05.678901+02:00', '2024-01-02T01:04:05.678Z'],
  ['2024-01-02T03:04:05+0530', '2024-01-01T21:34:05Z'],
  ['2024-01-02T03:04:05,5Z', '2024-01-02T03:04:05.5Z'],
  ['2024-01-02T03:04Z', '2024-01-02T03:04:00Z'],
  ['2024-01-02T030405Z', '2024-01-02T03:04:05Z'],
  ['2024-01-02T03+01', '2024-01-02T02:00:00Z'],
  ['2024-01-02', '2024-01-02T00:00:00Z'],
  [1_704_164_645, '2024-01-02T03:04:05Z'],
  [1_704_164_645_678, '2024-01-02T03:04:05.678Z'],
])('%j is %s', (value, expected) => {
  expect(readInstant(value)).toBe(Date.parse(expected))
})

test.each(['', 'now', '12', '2024-13-01T00:00:00Z', '2024-01-02T25:00:00Z', null, {}, Number.NaN])('%j cannot be read', (value) => {
  expect(readInstant(value)).toBeNull()
})

test('the sending time stands in the body or in the query of old senders; epoch seconds there are nonsense', () => {
  expect(sendingTime('2024-01-02T03:04:05Z', { _: '1' })).toBe(Date.parse('2024-01-02T03:04:05Z'))
  expect(sendingTime(undefined, { _: '1704164645678' })).toBe(1_704_164_645_678)
  expect(sendingTime(undefined, { _: '1704164645' })).toBeNull()
  expect(sendingTime(undefined, { sent_at: '2024-01-02T03:04:05Z' })).toBe(Date.parse('2024-01-02T03:04:05Z'))
  expect(sendingTime(undefined, {})).toBeNull()
})
