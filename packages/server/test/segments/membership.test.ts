import type {
  Page,
  PeoplePage,
  PersonSegment,
  RecomputedSegment,
  Segment,
  SegmentChoice,
  SegmentGrowth,
  SegmentHistory,
  SegmentMembers,
  SegmentPreview,
  SegmentSizes,
} from '@kindred/model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { privacyJobs } from '../../src/privacy/jobs.ts'
import { isDue, membershipJobs } from '../../src/segments/membership/jobs.ts'
import { endCutOffRuns, recompute as recomputeOnce, underWay } from '../../src/segments/membership/recompute.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 5, 15, 12)
let server: TestServer
let project: TestProject

beforeAll(async () => {
  server = await startTestServer({ now: noon })
}, 180_000)
beforeEach(async () => {
  server.setNow(noon)
  project = await server.createProject()
})
afterAll(() => server.close())

const idle = () => membershipJobs(server.parts).idle()
const due = async () => {
  await membershipJobs(server.parts).due()
  await idle()
}
const recent = { where: { did: 'order', within: { last: '30 days' } } }
const make = async (name: string, definition: object) => {
  const segment = await project.post<Segment>('/segments', { name, definition })
  await idle()
  return segment.id
}
const recompute = (id: number) => project.post<RecomputedSegment>(`/segments/${id}/recompute`)
const history = (id: number, query = '') => project.get<SegmentHistory>(`/segments/${id}/history${query}`)
const changes = async (id: number) => (await history(id)).results.map(({ label, entered, cause, version }) => [label, entered ? 'in' : 'out', cause, version])
const ids = async () => new Map((await project.get<PeoplePage>('/people?limit=100')).results.map((person) => [person.label, person.id]))
const idOf = async (name: string) => (await ids()).get(name) ?? 0
const names = async (path: string) => (await project.get<SegmentMembers>(path)).results.map((person) => person.label).sort()

test('each change has its instant, cause and version: the rule, new data, passing time', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann', timestamp: noon - 29 * day },
    { event: 'order', distinctId: 'bob', timestamp: noon - day },
  ])
  const id = await make('Buyers', recent)
  expect(await changes(id)).toEqual([
    ['ann', 'in', 'rule', 1],
    ['bob', 'in', 'rule', 1],
  ])
  server.setNow(noon + 2 * day)
  // Cid enters by data; Ann leaves by time though she browsed, since that changes nothing.
  await project.append([
    { event: 'order', distinctId: 'cid' },
    { event: 'view', distinctId: 'ann' },
  ])
  expect(await recompute(id)).toMatchObject({ size: 2, entered: 1, left: 1, at: noon + 2 * day, position: server.parts.ingest.watermark() })
  expect((await changes(id)).slice(0, 2).sort()).toEqual([
    ['ann', 'out', 'time', 1],
    ['cid', 'in', 'data', 1],
  ])
  const { definition } = await project.get<Segment>(`/segments/${id}`)
  await project.put(`/segments/${id}`, { name: 'Buyers', definition: { ...definition, where: { did: 'order', within: { last: '1 hour' } } } })
  await idle()
  expect((await changes(id))[0]).toEqual(['bob', 'out', 'rule', 2])
  expect((await project.get<Segment>(`/segments/${id}`)).recorded).toEqual({ at: noon + 2 * day, position: expect.any(Number), size: 1 })
})

test('the history tells sizes by day, pages of changes, and who was recorded at a moment', async () => {
  await project.append([{ event: 'order', distinctId: 'ann', timestamp: noon - 29 * day }])
  const id = await make('Buyers', recent)
  server.setNow(noon + 3 * day)
  await project.append([{ event: 'order', distinctId: 'bob' }])
  await recompute(id)
  const { days, since } = await history(id)
  expect(since).toBe(noon)
  expect(days).toEqual([
    { day: '2026-06-15', size: 1, entered: 1, left: 0 },
    { day: '2026-06-16', size: 1, entered: 0, left: 0 },
    { day: '2026-06-17', size: 1, entered: 0, left: 0 },
    { day: '2026-06-18', size: 1, entered: 1, left: 1 },
  ])
  const first = await history(id, '?limit=2')
  const second = await history(id, `?limit=2&cursor=${first.next}`)
  expect([...first.results, ...second.results].map(({ label, entered }) => `${label} ${entered}`)).toEqual(['ann false', 'bob true', 'ann true'])
  expect(second.next).toBeNull()
  expect((await history(id, `?person=${await idOf('ann')}`)).results).toHaveLength(2)
  expect((await history(id, '?cause=data')).results.map(({ label }) => label)).toEqual(['bob'])
  expect(await names(`/segments/${id}/members?as=recorded&at=${noon + day}`)).toEqual(['ann'])
  expect(await names(`/segments/${id}/members?as=recorded&at=${noon + 3 * day}`)).toEqual(['bob'])
  await expect(project.get(`/segments/${id}/members?as=recorded&at=${noon - 1}`)).rejects.toThrow('segment/no-history')
})

test('growth tells the size then and now, and what moved since midnight; the first recomputation is no news', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann', timestamp: noon - 29 * day },
    { event: 'order', distinctId: 'bob', timestamp: noon - day },
  ])
  const id = await make('Buyers', recent)
  const growth = async (days: number) => (await project.get<{ results: SegmentGrowth[] }>(`/segments/growth?days=${days}`)).results
  const buyers = { id, name: 'Buyers', kind: 'rule', unit: 'person', since: noon, newRule: false }
  expect(await growth(1)).toEqual([{ ...buyers, size: 2, before: null, today: { entered: 0, left: 0 } }])
  server.setNow(noon + 2 * day)
  await project.append([
    { event: 'order', distinctId: 'cid', timestamp: noon + day },
    { event: 'order', distinctId: 'dee', timestamp: noon + day },
  ])
  await recompute(id)
  expect(await growth(1)).toEqual([{ ...buyers, size: 3, before: 2, today: { entered: 2, left: 1 } }])
  expect(await growth(30)).toEqual([{ ...buyers, size: 3, before: null, today: { entered: 2, left: 1 } }])
  const { definition } = await project.get<Segment>(`/segments/${id}`)
  await project.put(`/segments/${id}`, { name: 'Buyers', definition: { ...definition, where: { did: 'view' } } })
  await idle()
  expect(await growth(1)).toEqual([{ ...buyers, size: 0, before: 2, newRule: true, today: { entered: 2, left: 4 } }])
  server.setNow(noon + 3 * day)
  expect((await growth(1))[0]).toMatchObject({ before: 0, newRule: false, today: { entered: 0, left: 0 } })
  await project.post(`/segments/${id}/archive`, {})
  await project.delete(`/segments/${await make('Deleted', recent)}`)
  expect(await growth(1)).toEqual([])
})

test('the rule of today asked in the past reads people as they were then', async () => {
  server.setNow(noon - 20 * day)
  await project.append([
    { event: '$identify', distinctId: 'ann', timestamp: noon - 20 * day, set: { plan: 'free', 'a.b': 'dotted' } },
    { event: '$identify', distinctId: 'bob', timestamp: noon - 20 * day, set: { plan: 'gold', list: ['x', 'y'], age: 33 } },
  ])
  server.setNow(noon - 10 * day)
  await project.append([
    { event: '$identify', distinctId: 'ann', timestamp: noon - 10 * day, set: { plan: 'gold' } },
    { event: '$identify', distinctId: 'cid', timestamp: noon - 10 * day, set: { plan: 'gold' } },
  ])
  server.setNow(noon)
  const id = await make('Gold', { where: { property: 'plan', is: 'gold' } })
  const then = (at: number) => names(`/segments/${id}/members?as=recomputed&at=${at}`)
  expect(await then(noon - 21 * day)).toEqual([])
  expect(await then(noon - 15 * day)).toEqual(['bob'])
  expect(await then(noon)).toEqual(['ann', 'bob', 'cid'])
  const { points } = await project.get<SegmentSizes>(`/segments/${id}/sizes?from=${noon - 20 * day}&to=${noon}&points=3`)
  expect(points.map(({ size }) => size)).toEqual([1, 3, 3])
  const dotted = await make('Dotted', {
    where: {
      all: [
        { property: 'a.b', is: 'dotted' },
        { property: 'plan', is: 'free' },
      ],
    },
  })
  expect(await names(`/segments/${dotted}/members?as=recomputed&at=${noon - 15 * day}`)).toEqual(['ann'])
  const typed = await make('Typed', {
    where: {
      all: [
        { property: 'list', hasAllOf: ['x', 'y'] },
        { property: 'age', equals: 33 },
      ],
    },
  })
  expect(await names(`/segments/${typed}/members?as=recomputed&at=${noon - 15 * day}`)).toEqual(['bob'])
  // Somebody who was not there yet is not "everyone else".
  const others = await make('Others', { where: { not: { property: 'plan', is: 'free' } } })
  expect(await names(`/segments/${others}/members?as=recomputed&at=${noon - 15 * day}`)).toEqual(['bob'])
  await expect(project.get(`/segments/${id}/members?as=recomputed&at=${noon + 1}`)).rejects.toThrow('segment/no-history')
})

test('several segments recomputed in a row each write their changes', async () => {
  await project.append([{ event: 'order', distinctId: 'ann', timestamp: noon - 1 }])
  const made = [await make('One', recent), await make('Two', recent), await make('Three', { where: { not: { did: 'view' } } })]
  server.setNow(noon + 40 * day)
  for (const id of made) await recompute(id)
  expect(await Promise.all(made.map(async (id) => (await project.get<SegmentMembers>(`/segments/${id}/members?as=recorded`)).total))).toEqual([0, 0, 1])
})

test('a merge is told as one, and keeps the moment of joining', async () => {
  await project.append([
    { event: 'order', distinctId: '01a20502-129e-75a9-8c7e-c822ec54f2ec' },
    { event: 'view', distinctId: 'eve' },
  ])
  const id = await make('Buyers', recent)
  const joinedLately = await make('New buyers', { where: { in: id, joinedWithin: '1 day' } })
  server.setNow(noon + 2 * day)
  await project.append([{ event: '$identify', distinctId: 'eve', otherId: '01a20502-129e-75a9-8c7e-c822ec54f2ec' }])
  const state = () => project.get<{ results: PersonSegment[] }>(`/people/${eve}/segments`)
  const eve = await idOf('eve')
  // Before the recomputation, too, the record is of the people of today.
  expect(await names(`/segments/${id}/members?as=recorded`)).toEqual(['eve'])
  await recompute(id)
  expect((await changes(id)).filter(([, , cause]) => cause === 'merge')).toHaveLength((await changes(id)).length - 1)
  expect((await state()).results.find((each) => each.id === id)).toMatchObject({ member: true, since: noon })
  expect((await recompute(joinedLately)).size).toBe(0)
})

test('choices by hand survive every recomputation, show who made them and why, and count wherever the segment is named', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann' },
    { event: 'view', distinctId: 'bob' },
  ])
  const id = await make('Buyers', recent)
  const [ann, bob] = [await idOf('ann'), await idOf('bob')]
  server.setNow(noon + 1000)
  await project.put(`/segments/${id}/people/${bob}`, { choice: 'include', reason: 'ordered by phone' })
  await project.put(`/segments/${id}/people/${ann}`, { choice: 'exclude' })
  await idle()
  const expectBob = async () => {
    expect(await names(`/segments/${id}/members`)).toEqual(['bob'])
    expect(await names(`/segments/${id}/members?as=recorded`)).toEqual(['bob'])
  }
  await expectBob()
  server.setNow(noon + day)
  await recompute(id)
  await expectBob()
  expect((await changes(id)).slice(0, 2).map(([label, , cause]) => [label, cause])).toEqual([
    ['ann', 'hand'],
    ['bob', 'hand'],
  ])
  const { results } = await project.get<Page<SegmentChoice>>(`/segments/${id}/choices`)
  expect(results).toEqual([
    { id: ann, label: 'ann', choice: 'exclude', reason: '', author: 'An API key', at: noon + 1000 },
    { id: bob, label: 'bob', choice: 'include', reason: 'ordered by phone', author: 'An API key', at: noon + 1000 },
  ])
  const others = await make('Not buyers', { where: { not: { in: id } } })
  expect(await names(`/segments/${others}/members`)).toEqual(['ann'])
  expect(await project.text(`/segments/${id}/export?columns=distinct_id`)).toBe('distinct_id\nbob\n')
  const preview = await project.post<SegmentPreview>('/segments/preview', { definition: { where: { all: [{ in: id }, { not: { in: others } }] } } })
  expect([preview.count, ...preview.clauses.map(({ count }) => count)]).toEqual([1, 1, 1, 1])
  await project.delete(`/segments/${id}/people/${bob}`)
  await project.delete(`/segments/${id}/people/${ann}`)
  await idle()
  expect(await names(`/segments/${id}/members`)).toEqual(['ann'])
  await expect(project.put(`/segments/${id}/people/999999`, { choice: 'include' })).rejects.toThrow('person/not-found')
})

test('schedules: hourly and nightly in the zone of the project, none when off, archived or not looked at for a month', async () => {
  const zone = { timezone: 'Europe/Berlin' }
  const at = (text: string) => Date.parse(text)
  expect(isDue('hourly', { last: noon, now: noon + 3_599_999, ...zone })).toBe(false)
  expect(isDue('hourly', { last: noon, now: noon + 3_600_000, ...zone })).toBe(true)
  expect(isDue('nightly', { last: at('2026-06-15T01:00:00+02:00'), now: at('2026-06-15T01:59:59+02:00'), ...zone })).toBe(false)
  expect(isDue('nightly', { last: at('2026-06-15T01:00:00+02:00'), now: at('2026-06-15T02:00:00+02:00'), ...zone })).toBe(true)
  // The clocks skip two o'clock: three it is.
  expect(isDue('nightly', { last: at('2026-03-29T01:00:00+01:00'), now: at('2026-03-29T03:00:00+02:00'), ...zone })).toBe(true)
  expect(isDue('off', { last: undefined, now: noon, ...zone })).toBe(false)

  const id = await make('Buyers', recent)
  const recordedAt = async () => (await project.get<{ results: Segment[] }>('/segments?archived=both')).results.find((each) => each.id === id)
  server.setNow(noon + day)
  await due()
  expect((await recordedAt())?.recorded?.at).toBe(noon + day)
  server.setNow(noon + 31 * day)
  await due()
  expect(await recordedAt()).toMatchObject({ paused: true, recorded: { at: noon + day } })
  await project.get(`/segments/${id}`)
  await idle()
  expect(await recordedAt()).toMatchObject({ paused: false, recorded: { at: noon + 31 * day } })
  await project.post(`/segments/${id}/archive`, {})
  server.setNow(noon + 32 * day)
  await due()
  expect(await recordedAt()).toMatchObject({ recorded: { at: noon + 31 * day }, archivedAt: noon + 31 * day })
  await expect(recompute(id)).rejects.toThrow('segment/archived')
})

test('a segment that nobody looks at is computed, and says so, as long as one in use is made of it', async () => {
  const id = await make('Buyers', recent)
  const named = await make('Buyers abroad', { where: { all: [{ in: id }, { property: 'country', isNot: 'IE' }] } })
  const user = await make('Not they', { where: { not: { in: named } } })
  server.setNow(noon + 31 * day)
  const stateOf = async () => {
    await due()
    const { results } = await project.get<{ results: Segment[] }>('/segments')
    return Object.fromEntries(results.map((each) => [each.name, [each.paused, each.recorded?.at]]))
  }
  expect(await stateOf()).toEqual({ Buyers: [true, noon], 'Buyers abroad': [true, noon], 'Not they': [true, noon] })
  await project.get(`/segments/${user}`)
  await idle()
  const now = noon + 31 * day
  expect(await stateOf()).toEqual({ Buyers: [false, now], 'Buyers abroad': [false, now], 'Not they': [false, now] })
})

test('lists leave archived segments out, and find by folder, tag, kind and words; one in use is archived only by force', async () => {
  const id = await make('Buyers', recent)
  const user = await make('Buyers abroad', { where: { all: [{ in: id }, { property: 'country', isNot: 'IE' }] } })
  expect((await project.get<Segment>(`/segments/${id}`)).usedBy).toEqual([{ kind: 'segment', id: user, name: 'Buyers abroad' }])
  await project.patch(`/segments/${id}/settings`, { folder: 'Shop', tags: ['vip', 'vip', 'spring'], schedule: 'nightly' })
  const found = async (query: string) => (await project.get<{ results: Segment[] }>(`/segments?${query}`)).results.map((each) => each.id)
  expect(await found('folder=Shop')).toEqual([id])
  expect(await found('tag=vip')).toEqual([id])
  expect(await found('tag=vi')).toEqual([])
  expect(await found('search=ABROAD')).toEqual([user])
  expect(await project.get<Segment>(`/segments/${id}`)).toMatchObject({ folder: 'Shop', tags: ['vip', 'spring'], schedule: 'nightly' })
  await expect(project.patch(`/segments/${id}/settings`, { owner: 999 })).rejects.toThrow('user/not-found')
  await expect(project.post(`/segments/${id}/archive`, {})).rejects.toThrow('segment/in-use')
  await project.post(`/segments/${id}/archive`, { force: true })
  expect(await found('')).toEqual([user])
  expect(await found('archived=only')).toEqual([id])
  expect(await names(`/segments/${user}/members`)).toEqual([])
  await project.post(`/segments/${id}/unarchive`)
  expect((await found('')).sort()).toEqual([id, user].sort())
})

test('a trait and a segmentation that use a segment are named, and keep it from being deleted', async () => {
  const id = await make('Buyers', recent)
  const labels = { first: [{ label: 'buyer', where: { in: id } }] }
  await project.post('/traits', { name: 'sort', label: 'Sort of customer', definition: { unit: 'person', labels } })
  const groups = { by: 'segments', segments: [{ segment: id }], exclusive: true, everyoneElse: 'Others' }
  const made = await project.post<{ id: number }>('/segmentations', { name: 'By buying', groups, target: id })
  const { usedBy } = await project.get<Segment>(`/segments/${id}`)
  expect(usedBy.map(({ kind, name }) => [kind, name])).toEqual([
    ['trait', 'Sort of customer'],
    ['segmentation', 'By buying'],
  ])
  await expect(project.delete(`/segments/${id}`)).rejects.toThrow('“Sort of customer”, “By buying”')
  await expect(project.post(`/segments/${id}/archive`, {})).rejects.toThrow('“Sort of customer”, “By buying”')
  const circle = { where: { trait: 'sort', is: 'buyer' } }
  await expect(project.put(`/segments/${id}`, { name: 'Buyers', definition: circle })).rejects.toThrow('Buyers → Sort of customer → Buyers')
  await project.delete('/traits/sort')
  await project.delete(`/segmentations/${made.id}`)
  await project.delete(`/segments/${id}`)
})

test('a recomputation under way has not failed, and one that a stop cut off has', async () => {
  const id = await make('Buyers', recent)
  const last = await server.parts.catalog.selectFrom('segment_runs').selectAll().where('segment_id', '=', id).executeTakeFirstOrThrow()
  const { id: _, ...run } = last
  await server.parts.catalog
    .insertInto('segment_runs')
    .values({ ...run, error: underWay })
    .execute()
  expect(await project.get<Segment>(`/segments/${id}`)).toMatchObject({ recordError: null, recorded: { size: 0 } })
  await endCutOffRuns(server.parts)
  expect(await project.get<Segment>(`/segments/${id}`)).toMatchObject({ recordError: 'it was interrupted', recorded: { size: 0 } })
})

test('a rule that is saved while the one before it is computed keeps the size it was saved with', async () => {
  await project.append([{ event: 'order', distinctId: 'ann' }])
  const id = await make('Buyers', recent)
  const { catalog, store } = server.parts
  // What a save does to the row, right after the statement that records the members of the rule before it.
  const command: typeof store.command = async (...given) => {
    await store.command(...given)
    await catalog.updateTable('segments').set({ version: 2, count: 7 }).where('id', '=', id).execute()
  }
  const savedMeanwhile: typeof store = Object.assign(Object.create(store), { command, query: store.query.bind(store), postalCountries: () => [] })
  await recomputeOnce({ ...server.parts, store: savedMeanwhile }, project.project, { id, reason: 'asked' })
  expect(await project.get<Segment>(`/segments/${id}`)).toMatchObject({ version: 2, count: 7, recorded: { size: 1 } })
  const runs = await catalog.selectFrom('segment_runs').select('version').where('segment_id', '=', id).execute()
  expect(runs).toEqual([{ version: 1 }, { version: 1 }])
})

test('erasing a member takes their rows, and leaves the sizes of the past', async () => {
  await project.append([
    { event: 'order', distinctId: 'ann' },
    { event: 'order', distinctId: 'bob', timestamp: noon - 1 },
  ])
  const id = await make('Buyers', recent)
  const ann = await idOf('ann')
  await project.put(`/segments/${id}/people/${ann}`, { choice: 'include', reason: 'Ann asked' })
  await idle()
  server.setNow(noon + day)
  await project.delete(`/people/${ann}?reason=asked`)
  await privacyJobs(server.parts).idle()
  expect(await recompute(id)).toMatchObject({ size: 1, entered: 0, left: 1 })
  const { days, results } = await history(id)
  expect(days.map(({ size, left }) => [size, left])).toEqual([
    [2, 0],
    [1, 1],
  ])
  expect(results.map(({ label }) => label)).toEqual(['bob'])
  expect((await project.get<Page<SegmentChoice>>(`/segments/${id}/choices`)).results).toEqual([])
}, 30_000)
