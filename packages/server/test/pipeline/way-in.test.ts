import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWayIn, type WayIn } from './way-in.ts'

let wayIn: WayIn

beforeAll(async () => {
  wayIn = await openWayIn()
})
afterAll(() => wayIn.close())

test('an acknowledged event is a row in the store, with its person, activity and property changes', async () => {
  const project = wayIn.project()
  const timestamp = new Date(Date.now() - 60_000).toISOString()
  const reply = await wayIn.send(project, [
    {
      event: 'order_completed',
      distinct_id: 'ann',
      timestamp,
      properties: { revenue: 12.5, $browser: 'Firefox', 'a.b': 1, a: { b: 2 }, $set: { plan: 'pro' } },
    },
  ])
  expect(reply).toEqual({ status: 200, body: { status: 1 } })
  await wayIn.ingest.drained()
  const where = `where project_id = ${project}`
  const [event] = await wayIn.rows<Record<string, unknown>>(`select * from kindred.events ${where}`)
  expect(event).toMatchObject({ event: 'order_completed', distinct_id: 'ann', browser: 'Firefox', source: 'posthog' })
  expect(event?.actor_id).toBe(event?.person_id)
  expect(await wayIn.rows(`select properties.revenue.:Float64 as revenue, toJSONString(properties) as text from kindred.events ${where}`)).toMatchObject([
    { revenue: 12.5 },
  ])
  const [person] = await wayIn.rows<Record<string, unknown>>(
    `select person_id, distinct_ids, has_profile, properties.plan as plan from kindred.persons final ${where}`,
  )
  expect(person).toEqual({ person_id: event?.person_id, distinct_ids: ['ann'], has_profile: 1, plan: 'pro' })
  expect(await wayIn.rows(`select toString(last_seen) as last, toUInt32(events) as n from kindred.person_activity final ${where}`)).toMatchObject([{ n: 1 }])
  expect(await wayIn.rows(`select key, value from kindred.person_property_changes ${where} order by key`)).toEqual([
    { key: '$browser', value: '"Firefox"' },
    { key: '$initial_browser', value: '"Firefox"' },
    { key: 'plan', value: '"pro"' },
  ])
})
