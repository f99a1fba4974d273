import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { openWayIn, type WayIn } from './way-in.ts'

const propertyNames = 20
let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn({ propertyNames })
})
afterAll(() => wayIn.close())

test('a project that sends ever new names keeps those it has; events with more are set aside, the others go on', async () => {
  const project = wayIn.project()
  const withName = (name: string) => ({ event: 'x', distinct_id: 'a', properties: { [name]: 1 } })
  await wayIn.send(
    project,
    Array.from({ length: propertyNames + 5 }, (_, index) => withName(`name ${index}`)),
  )
  await wayIn.send(project, [withName('name 0'), withName('one more'), { event: 'x', distinct_id: 'a', properties: {} }])
  await wayIn.ingest.drained()
  const reasons = wayIn.catalog.prepare('select reason, count(*) as n from quarantine where project_id = ? group by reason').all(project)
  // One of the names is Kindred's own, that of the session.
  expect(reasons).toEqual([{ reason: 'too-many-property-names', n: 7 }])
  expect(await wayIn.rows(`select count() as n from kindred.events where project_id = ${project}`)).toEqual([{ n: String(propertyNames + 1) }])
})

test('names, counts, types and samples are kept for Data', async () => {
  const project = wayIn.project()
  const events = [1, 2.5, 'three', true, null, [1], { a: 1 }].map((value) => ({ event: 'seen', distinct_id: 'a', properties: { value } }))
  await wayIn.send(project, events)
  await wayIn.ingest.drained()
  const [definition] = wayIn.catalog
    .prepare<[number], Record<string, unknown>>(`select * from property_definitions where project_id = ? and name = 'value'`)
    .all(project)
  expect(definition).toMatchObject({ entity: 'event', count: 6 })
  expect(JSON.parse(String(definition?.types))).toEqual({ number: 2, text: 1, boolean: 1, list: 1, object: 1 })
  expect(JSON.parse(String(definition?.samples))).toEqual(['1', '2.5', 'three', 'true', '[1]', '{"a":1}'])
  expect(wayIn.catalog.prepare('select name, count from event_definitions where project_id = ?').all(project)).toEqual([{ name: 'seen', count: 7 }])
})

test('a repeat is counted as dropped, by name', async () => {
  const project = wayIn.project()
  const event = { event: 'x', distinct_id: 'a', uuid: '01a20182-0652-798e-9bb8-4c67de340cda' }
  await wayIn.send(project, [event, event])
  await wayIn.send(project, [event])
  await wayIn.ingest.drained()
  await expect
    .poll(() => wayIn.catalog.prepare('select kind, reason, count from counters where project_id = ?').all(project))
    .toEqual([{ kind: 'dropped', reason: 'duplicate', count: 2 }])
})

test('recordings are counted by name, and nothing of them is kept', async () => {
  const project = wayIn.project()
  await wayIn.send(
    project,
    [
      { event: '$snapshot', distinct_id: 'a' },
      { event: 'whatever', distinct_id: 'a' },
    ],
    { path: '/s' },
  )
  await wayIn.ingest.drained()
  await expect
    .poll(() => wayIn.catalog.prepare('select kind, reason, count from counters where project_id = ?').all(project))
    .toEqual([{ kind: 'dropped', reason: 'replay-snapshot', count: 2 }])
})

test('tokens that are unknown, and people given twice, are refused', async () => {
  const project = wayIn.project()
  expect(await wayIn.send(project + 1000, [{ event: 'x', distinct_id: 'a' }])).toMatchObject({
    status: 401,
    body: { error: { code: 'capture/unknown-token' } },
  })
  await wayIn.ingest.addPeople(project, [{ distinctIds: ['a', 'b'], properties: {} }])
  await expect(wayIn.ingest.addPeople(project, [{ distinctIds: ['b'], properties: {} }])).rejects.toThrow(/UNIQUE/)
})

test('few but large events are all taken, whatever ends a batch', async () => {
  const project = wayIn.project()
  for (let index = 0; index < 24; index++) await wayIn.send(project, [{ event: 'large', distinct_id: 'a', properties: { text: 'x'.repeat(900_000), index } }])
  await wayIn.ingest.drained()
  expect(await wayIn.rows(`select count() as n from kindred.events where project_id = ${project}`)).toEqual([{ n: '24' }])
})

test('events that are parsed already are appended, their uuids remembered', async () => {
  const project = wayIn.project()
  const events = packEntries([
    entryOf({ uuid: 'bbbbbbbb-0000-5000-8000-000000000001', event: 'order', distinctId: 'a', timestamp: Date.UTC(2011, 1, 1), properties: { total: 12.5 } }),
  ])
  const append = () => wayIn.ingest.append({ projectId: project, source: 'import', events, permanent: true })
  const first = await append()
  expect(await append()).toEqual({ appended: 0, duplicates: 1, position: first.position })
  expect(await wayIn.ingest.drained()).toBeGreaterThanOrEqual(first.position)
  expect([wayIn.ingest.lag(), wayIn.ingest.watermark()]).toEqual([0, first.position])
  expect(await wayIn.rows(`select toString(timestamp) as at, source from kindred.events where project_id = ${project}`)).toEqual([
    { at: '2011-02-01 00:00:00.000', source: 'import' },
  ])
})
