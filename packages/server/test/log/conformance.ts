import { expect, test } from 'vitest'
import { lineOf } from '../../src/log/entry.ts'
import type { EventLog, LogBatch, LogEntry } from '../../src/log/log.ts'

/** Opens a fresh log, or the one that a test opened before, again. */
export type OpenLog = (where: { again?: boolean; deduplicationDays?: number; logDays?: number }) => EventLog | Promise<EventLog>

const day = 86_400_000
const now = Date.UTC(2026, 5, 15, 12)
const all = { events: 1000, bytes: 1e6 }

function entry(uuid: string | null, value: unknown = uuid): LogEntry {
  return lineOf(uuid, JSON.stringify({ value }))
}
function batch(entries: LogEntry[], more: Partial<LogBatch> = {}): LogBatch {
  return { projectId: 1, source: 'posthog', receivedAt: now, entries, ...more }
}
/** A uuid of version 7 that carries an instant, told apart by `n`. */
function timed(instant: number, n = 0): string {
  const hex = instant.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`
}
function random(n: number): string {
  return `aaaaaaaa-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}
/** The same, evenly over all first digits. */
function spread(n: number): string {
  return `${(n % 16).toString(16)}${random(n).slice(1)}`
}
async function values(log: EventLog, after = 0): Promise<unknown[]> {
  const { chunks } = await log.read(after, all)
  return chunks.flatMap(({ text }) => (JSON.parse(text) as { value: unknown }[]).map(({ value }) => value))
}

/** What every event log does, whatever keeps it. */
export function logConformance(open: OpenLog): void {
  positionsAndReading(open)
  manyRepeats(open)
  repeats(open)
  consumersAndTrimming(open)
}

function positionsAndReading(open: OpenLog): void {
  test('positions are dense, begin at one, and are the same after it is opened again', async () => {
    const log = await open({})
    const [first, second] = await log.append([batch([entry(null, 'a'), entry(null, 'b')]), batch([entry(null, 'c')])])
    expect([first, second]).toEqual([
      { appended: 2, duplicates: 0, position: 2 },
      { appended: 1, duplicates: 0, position: 3 },
    ])
    log.close()
    const again = await open({ again: true })
    expect(await again.append([batch([entry(null, 'd')], { projectId: 2, source: 'import', receivedAt: now + 5 })])).toMatchObject([{ position: 4 }])
    const { chunks } = await again.read(0, all)
    expect(chunks.map(({ first, count }) => [first, count])).toEqual([
      [1, 2],
      [3, 1],
      [4, 1],
    ])
    expect(chunks[2]).toMatchObject({ projectId: 2, source: 'import', receivedAt: now + 5, text: '[{"value":"d"}]' })
    again.close()
  })

  test('reading goes on after a position, by whole chunks, at least one however small the limits', async () => {
    const log = await open({})
    await log.append(['a', 'b', 'c'].map((value) => batch([entry(null, value), entry(null, `${value}2`)])))
    expect(await values(log, 2)).toEqual(['b', 'b2', 'c', 'c2'])
    expect((await log.read(0, { events: 1, bytes: 1 })).chunks.map(({ first }) => first)).toEqual([1])
    expect((await log.read(0, { events: 4, bytes: 1e6 })).chunks.map(({ first }) => first)).toEqual([1, 3])
    expect((await log.read(6, all)).chunks).toEqual([])
    log.close()
  })
}

function manyRepeats(open: OpenLog): void {
  test('of many thousands of uuids each is taken once, for good or for a while, also by another project and after opening again', async () => {
    const log = await open({})
    const count = 40_000
    const half = (isFirst: boolean, projectId = 1) =>
      batch(
        Array.from({ length: count / 2 }, (_, index) => entry(random(isFirst ? index : count / 2 + index))),
        { projectId, permanent: isFirst },
      )
    const [first, second] = await log.append([half(true), half(false)])
    expect([first, second]).toMatchObject([{ appended: count / 2 }, { appended: count / 2 }])
    expect(await log.append([half(false), half(true)])).toMatchObject([{ appended: 0 }, { appended: 0 }])
    log.close()
    const again = await open({ again: true })
    // As the other kind than before.
    const swapped = [half(true), half(false)].map((each) => ({ ...each, permanent: !each.permanent }))
    expect(await again.append(swapped)).toMatchObject([{ appended: 0 }, { appended: 0 }])
    expect(await again.append([half(true, 2)])).toMatchObject([{ appended: count / 2, duplicates: 0 }])
    again.close()
  })

  test('what a later append brought is known after opening again, as is what went to the tables since', async () => {
    const log = await open({})
    const thousand = (place: number) =>
      batch(
        Array.from({ length: 1_000 }, (_, index) => entry(spread(1_000 * place + index))),
        { projectId: 1 + (place % 2), permanent: place === 3 },
      )
    const all = Array.from({ length: 22 }, (_, place) => thousand(place))
    // The first append also tidies up: what it brought is in the tables, and nothing is left to be told from what comes.
    for (const each of all) await log.append([each])
    log.close()
    const again = await open({ again: true })
    expect((await again.append(all)).map(({ appended }) => appended)).toEqual(all.map(() => 0))
    again.close()
  })
}

function repeats(open: OpenLog): void {
  test('a uuid is taken once in a project: in one request, in one append, later, and after opening again', async () => {
    const log = await open({})
    const uuids = [timed(now, 1), random(1)]
    const [one, two] = await log.append([batch([...uuids, ...uuids].map((uuid) => entry(uuid))), batch(uuids.map((uuid) => entry(uuid)))])
    expect([one, two]).toMatchObject([
      { appended: 2, duplicates: 2 },
      { appended: 0, duplicates: 2, position: 2 },
    ])
    log.close()
    const again = await open({ again: true })
    expect(await again.append([batch(uuids.map((uuid) => entry(uuid)))])).toMatchObject([{ appended: 0, duplicates: 2 }])
    expect(
      await again.append([
        batch(
          uuids.map((uuid) => entry(uuid)),
          { projectId: 2 },
        ),
      ]),
    ).toMatchObject([{ appended: 2, duplicates: 0 }])
    expect((await again.read(0, all)).dropped).toEqual([{ projectId: 1, reason: 'duplicate', count: 6, lastAt: now }])
    again.close()
  })

  test('entries without a uuid are never repeats, and what was dropped before the log is counted', async () => {
    const log = await open({})
    expect(
      await log.append([batch([entry(null, 'x'), entry(null, 'x')], { dropped: { 'replay-snapshot': 3 } }), batch([], { dropped: { 'replay-snapshot': 1 } })]),
    ).toEqual([
      { appended: 2, duplicates: 0, position: 2 },
      { appended: 0, duplicates: 0, position: 2 },
    ])
    expect((await log.read(0, all)).dropped).toEqual([{ projectId: 1, reason: 'replay-snapshot', count: 4, lastAt: now }])
    log.close()
  })

  test.each([
    ['of version 7 made now', timed(now, 2)],
    ['of version 7 made long ago', timed(now - 400 * day, 3)],
    ['of version 7 made almost a window ago', timed(now - 29.5 * day, 4)],
    ['of another version', random(5)],
  ])('a repeat of a uuid %s is recognised throughout the window', async (_, uuid) => {
    const log = await open({ deduplicationDays: 30 })
    await log.append([batch([entry(uuid)])])
    for (const days of [1, 10, 20, 29]) {
      expect(await log.append([batch([entry(uuid)], { receivedAt: now + days * day })])).toMatchObject([{ appended: 0, duplicates: 1 }])
    }
    log.close()
  })

  test('after the window a uuid is forgotten, but never that of a permanent batch', async () => {
    const log = await open({ deduplicationDays: 30 })
    const [kept, forgotten] = [random(6), random(7)]
    await log.append([batch([entry(kept)], { permanent: true }), batch([entry(forgotten)])])
    const later = { receivedAt: now + 200 * day }
    await log.append([batch([entry(null, 'a day on which old tables go')], later)])
    const [again, permanent] = await log.append([batch([entry(forgotten)], later), batch([entry(kept)], { ...later, permanent: true })])
    expect([again?.appended, permanent?.appended]).toEqual([1, 0])
    log.close()
  })
}

function consumersAndTrimming(open: OpenLog): void {
  test('lag is what a consumer has not committed; a commit never goes back', async () => {
    const log = await open({})
    await log.append([batch([entry(null, 1), entry(null, 2), entry(null, 3)])])
    expect(await log.lag('pipeline')).toBe(3)
    await log.commit('pipeline', 2)
    await log.commit('pipeline', 1)
    expect(await log.lag('pipeline')).toBe(1)
    log.close()
  })

  test('old chunks go once the slowest consumer is past them, and their positions are not used again', async () => {
    const log = await open({ logDays: 7 })
    await log.append([batch([entry(null, 'a')]), batch([entry(null, 'b')])])
    const later = now + 30 * day
    await log.append([batch([entry(null, 'c')], { receivedAt: later })])
    expect(await values(log)).toEqual(['a', 'b', 'c'])
    await log.commit('pipeline', 1)
    await log.append([batch([entry(null, 'd')], { receivedAt: later + day })])
    expect(await values(log)).toEqual(['b', 'c', 'd'])
    await log.commit('pipeline', 4)
    expect(await log.append([batch([entry(null, 'e')], { receivedAt: later + 90 * day })])).toMatchObject([{ position: 5 }])
    expect(await values(log)).toEqual(['e'])
    log.close()
  })
}
