import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { raw, render } from '@kindred/engine'
import type { DemoProgress } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { demoProgress, loadDemo, startDemo, stopDemo } from '../../src/demo/load.ts'
import { simulateShop } from '../../src/demo/simulate.ts'
import { runInsight } from '../../src/insights/run.ts'
import { listInsights } from '../../src/insights/saved.ts'
import type { Parts } from '../../src/parts.ts'
import { startIngest } from '../../src/pipeline/start-ingest.ts'
import { findProject } from '../../src/projects/projects.ts'
import { membershipJobs } from '../../src/segments/membership/jobs.ts'
import { listSegments } from '../../src/segments/segments.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import { openChdbStore } from '../../src/store/clickhouse/chdb.ts'

const size = { people: 200, months: 26 }
const now = Date.parse('2026-06-15T12:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'kindred-demo-'))
let parts: Parts

beforeAll(async () => {
  const config = readConfig({}, { dataDir: folder, logLevel: 'error' })
  const catalogPath = join(folder, 'catalog.sqlite')
  const catalog = await openCatalog(catalogPath)
  const store = await openChdbStore({ path: join(folder, 'store'), memoryBytes: 2e9, queryMemoryBytes: 1e9, querySeconds: 60 })
  const clock = () => now
  const ingest = await startIngest({ config, store, clock, catalogPath, logPath: join(folder, 'log.sqlite') })
  parts = { config, clock, catalog, store, ingest }
}, 300_000)

afterAll(async () => {
  await membershipJobs(parts).close()
  await parts.ingest.close()
  await parts.store.close()
  await parts.catalog.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const count = async (sql: string) => Number((await parts.store.query<{ n: string }>(render(raw(sql))))[0]?.n)

test('a shop that was cut short is completed by the next call, and nothing comes twice', async () => {
  const expected = [...simulateShop({ seed: 'demo', now, ...size })].flat()
  expect(await demoProgress(parts)).toBeNull()

  const first = startDemo(parts, size)
  while (parts.ingest.lag() === 0 && parts.ingest.watermark() === 0) await sleep(5)
  await stopDemo(parts)
  expect((await first.finished).state).toBe('failed')
  expect(await demoProgress(parts)).toMatchObject({ state: 'failed', error: expect.stringContaining('Start the demo again') })

  const told: DemoProgress[] = []
  const done = await loadDemo(parts, { ...size, onProgress: (progress) => told.push({ ...progress }) })
  expect(done).toMatchObject({ state: 'done', error: null, events: expected.length, total: expected.length })
  expect(told.every((progress, index) => index === 0 || progress.events >= (told[index - 1]?.events ?? 0))).toBe(true)
  expect(await count('select count() as n from kindred.events')).toBe(expected.length)
  expect(await count('select uniqExact(uuid) as n from kindred.events')).toBe(expected.length)

  expect(await loadDemo(parts, size)).toEqual(done)
  expect(await demoProgress(parts)).toEqual(done)
  expect(await count('select count() as n from kindred.events')).toBe(expected.length)
  const projects = await parts.catalog.selectFrom('projects').select(['name', 'demo', 'currency']).execute()
  expect(projects).toEqual([{ name: 'Demo shop', demo: 1, currency: 'EUR' }])
}, 300_000)

test('anonymous visitors became customers, and their true type is kept on the person', async () => {
  expect(await count('select count() as n from kindred.persons final where not empty(toString(properties.email))')).toBeGreaterThan(50)
  expect(await count('select count() as n from kindred.persons final where empty(toString(properties.$kindred_demo_type))')).toBe(0)
  expect(await count('select count() as n from kindred.persons final')).toBeLessThan(size.people * 1.3)
})

test('the examples are there, and answer with something', async () => {
  const { projectId } = (await demoProgress(parts)) as DemoProgress
  const project = await findProject(parts, projectId)
  const saved = (await listInsights(parts, projectId, { limit: 100 })).results
  expect(saved.map((insight) => insight.name)).toContain('Average order value')
  expect(saved[0]?.name).toBe('Revenue by month')
  for (const { name, query } of saved) {
    const { rows } = await runInsight(parts, { project, query })
    expect(Math.max(...rows.map((row) => row.total)), name).toBeGreaterThan(0)
  }
  const segments = (await listSegments(parts, project, { limit: 100 })).results
  const sizes = Object.fromEntries(segments.map((segment) => [segment.name, segment.count ?? 0]))
  expect(Object.keys(sizes)).toEqual(['Frequent buyers', 'Power users', 'Window shoppers', 'Bargain hunters', 'Lapsed customers', 'Skiers'])
  for (const name of ['Frequent buyers', 'Window shoppers', 'Lapsed customers']) expect(sizes[name], name).toBeGreaterThan(0)
}, 300_000)
