import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliver } from '../../src/pipeline/deliver.ts'
import { uuidOf } from './kill-load.ts'
import { openWayIn, type WayIn } from './way-in.ts'

let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn()
})
afterAll(() => wayIn.close())

const never = new AbortController().signal
const event = (project: number, index: number, uuid = uuidOf(1, index)) =>
  JSON.stringify({ project_id: project, event: 'x', timestamp: `2024-0${1 + (index % 9)}-01 00:00:00.000`, uuid, position: index })

test('of a refused insert the bad rows are answered and the good ones are in, once, however often it is sent', async () => {
  const project = wayIn.project()
  const bad = [3, 4, 17]
  const lines = Array.from({ length: 20 }, (_, index) => (bad.includes(index) ? event(project, index, 'no uuid') : event(project, index)))
  const rows = () => Buffer.from(lines.join('\n'))
  for (let time = 0; time < 3; time++) {
    const refused = await deliver(wayIn.store, { table: 'events', token: 'events:test', rows: rows() }, never)
    expect(refused.map(({ row }) => (JSON.parse(row) as { position: number }).position)).toEqual(bad)
    expect(refused[0]?.reason).toMatch(/^events: .*uuid/i)
  }
  expect(await wayIn.rows(`select count() as n, uniqExact(uuid) as unique from kindred.events where project_id = ${project}`)).toEqual([
    { n: '17', unique: '17' },
  ])
})

test('while the store is in trouble it waits, and gives up only when told to', async () => {
  const stop = new AbortController()
  const project = wayIn.project()
  let tries = 0
  const store = {
    ...wayIn.store,
    insert: async (...given: Parameters<typeof wayIn.store.insert>) => {
      tries += 1
      if (tries === 1) throw new Error('Code: 241. DB::Exception: Memory limit exceeded')
      await wayIn.store.insert(...given)
    },
  }
  expect(await deliver(store, { table: 'events', token: 'events:patient', rows: Buffer.from(event(project, 1)) }, stop.signal)).toEqual([])
  expect(tries).toBe(2)
  stop.abort()
  await expect(deliver(store, { table: 'events', token: 'events:stopped', rows: Buffer.from(event(project, 2)) }, stop.signal)).rejects.toThrow(/abort/i)
})
