import type { Status } from '@kindred/model'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const began = Date.UTC(2026, 2, 31, 12)
let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now: began })
  project = await server.createProject()
}, 60_000)
afterAll(() => server.close())

const status = () => project.get<Status>('/status')
async function arrive(event: string, at: number): Promise<void> {
  server.setNow(at)
  const entry = entryOf({ uuid: crypto.randomUUID(), event, distinctId: 'ann', timestamp: at, properties: {} })
  await server.parts.ingest.append({ projectId: project.project.id, source: 'api', events: packEntries([entry]) })
}

test('answers are said to hold what arrived until now, or until the last event that is in while others wait', async () => {
  const { store, ingest } = server.parts
  const insert = store.insert.bind(store)
  const held = new Map<string, () => void>()
  const inserts = vi.spyOn(store, 'insert').mockImplementation(async (table, rows, token) => {
    const name = table === 'events' ? /wait-\w/.exec(Buffer.from(rows).toString())?.[0] : undefined
    if (name !== undefined) await new Promise<void>((resolve) => held.set(name, resolve))
    return insert(table, rows, token)
  })
  onTestFinished(() => inserts.mockRestore())
  const at = (minutes: number) => began + minutes * 60_000
  const isHeld = (name: string) => vi.waitFor(() => expect(held.has(name)).toBe(true), 10_000)

  await arrive('view', at(1))
  await ingest.drained()
  server.setNow(at(2))
  expect(await status()).toMatchObject({ lag: 0, exactThrough: at(2) })

  await arrive('wait-a', at(3))
  await isHeld('wait-a')
  await arrive('wait-b', at(4))
  await isHeld('wait-b')
  await arrive('wait-c', at(5))
  await isHeld('wait-c')
  server.setNow(at(6))
  expect(await status()).toMatchObject({ lag: 3, exactThrough: at(3) - 1 })
  held.get('wait-a')?.()
  held.get('wait-b')?.()
  await vi.waitFor(async () => expect(await status()).toMatchObject({ lag: 1, exactThrough: at(4) - 1 }), 10_000)
  held.get('wait-c')?.()
  await ingest.drained()
  expect(await status()).toMatchObject({ lag: 0, exactThrough: at(6) })
}, 60_000)
