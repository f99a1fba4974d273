import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Ingest } from '../../src/pipeline/ingest.ts'
import { startIngest } from '../../src/pipeline/start-ingest.ts'
import { batchRequest, openWayIn, type WayIn } from './way-in.ts'

/** The time that deliveries wait by. Nobody waits for it really. */
const clock = vi.hoisted(() => ({ now: 0 }))
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => {
    clock.now += milliseconds
    await new Promise((resolve) => setTimeout(resolve, 5))
  },
}))

let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn()
})
let troubled: Ingest | undefined
afterAll(async () => {
  await troubled?.close()
  await wayIn.close()
})

test('while the store refuses to write for ten minutes events are taken; then it catches up, a day late or not, each once', async () => {
  const { store } = wayIn
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  let refused = 0
  const insert: typeof store.insert = (...given) => {
    if (clock.now >= 600_000) return store.insert(...given)
    refused += 1
    return Promise.reject(new Error('Code: 252. DB::Exception: Too many parts'))
  }
  const settings = { deduplicationDays: 30, logDays: 7, propertyNames: 10_000, geoip: null }
  const catalogPath = join(wayIn.folder, 'catalog.db')
  await wayIn.ingest.close()
  troubled = await startIngest({ config: settings, catalogPath, logPath: join(wayIn.folder, 'log.db'), store: { ...store, insert } })
  const project = wayIn.project()
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  for (let number = 0; number < 20; number++) {
    const events = [
      { event: 'now', distinct_id: `p${number}` },
      { event: 'late', distinct_id: `p${number}`, timestamp: yesterday },
    ]
    expect((await troubled.capture(batchRequest(project, events))).status).toBe(200)
  }
  await troubled.drained()
  // Waits grow to half a minute, so ten minutes are a few dozen tries.
  expect(refused).toBeGreaterThan(20)
  expect(refused).toBeLessThan(200)
  const rows = await wayIn.rows(
    `select event, count() as n, uniqExact(person_id) as people, min(toDate(timestamp)) = toDate(now() - interval 1 day) as yesterday
     from kindred.events where project_id = ${project} group by event order by event`,
  )
  expect(rows).toEqual([
    { event: 'late', n: '20', people: '20', yesterday: 1 },
    { event: 'now', n: '20', people: '20', yesterday: 0 },
  ])
  expect(await wayIn.rows(`select sum(events) as n from kindred.person_activity where project_id = ${project}`)).toEqual([{ n: '40' }])
})
