import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinSession, mergeSessions, packSessions, type Session, sessionGap, unpackSessions } from '../../src/enrich/sessions.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
let number = 0
const join = (sessions: Session[], at: number, id = '') => joinSession(sessions, { id, at: start + at * minute, personId: 7, uuid: `uuid-${number++}` }).id

test('half an hour is the last moment that belongs to a session', () => {
  const sessions: Session[] = []
  const first = join(sessions, 0)
  expect(join(sessions, 30)).toBe(first)
  expect(join(sessions, 60)).toBe(first)
  expect(join(sessions, 60 + 30 + 1 / minute)).not.toBe(first)
})

test('before all that is remembered, events of one half hour share a session, whatever comes between', () => {
  const sessions: Session[] = []
  for (let visit = 0; visit < 20; visit++) join(sessions, 10_000 + visit * 100)
  expect(sessions).toHaveLength(8)
  const late = join(sessions, 62)
  join(sessions, 500)
  expect(join(sessions, 89)).toBe(late)
  expect(join(sessions, 91)).not.toBe(late)
  expect(sessions.every(({ first }) => first >= start + 11_000 * minute)).toBe(true)
})

test('in the order of their times, events fall into the sessions that the gaps between them make', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 }), (minutes) => {
      const sorted = [...minutes].sort((a, b) => a - b)
      let sessions: Session[] = []
      const ids = sorted.map((at) => {
        // As it is between two batches, or after a crash.
        sessions = unpackSessions(packSessions(sessions))
        return join(sessions, at)
      })
      const breaks = sorted.map((at, index) => index > 0 && (at - (sorted[index - 1] ?? 0)) * minute > sessionGap)
      ids.forEach((id, index) => {
        if (index > 0) expect(id === ids[index - 1]).toBe(!breaks[index])
      })
    }),
    { numRuns: 200 },
  )
})

test('the sessions of two people who become one are all there, the newest last', () => {
  const [ours, theirs]: [Session[], Session[]] = [[], []]
  join(ours, 0, 'a')
  join(ours, 200, 'b')
  join(theirs, 100, 'c')
  join(theirs, 220, 'b')
  const merged = mergeSessions(ours, theirs)
  expect(merged.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  expect(merged.at(-1)).toMatchObject({ first: start + 200 * minute, last: start + 220 * minute })
})
