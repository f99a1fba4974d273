import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { raw, render } from '@kindred/engine'
import { expect, test } from 'vitest'
import { openChdbStore } from '../../packages/server/src/store/clickhouse/chdb.ts'
import { KindredProcess, startKindred, temporaryFolder } from './support/kindred-process.ts'

const uuidOf = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
const eventsEach = 20

interface Stream {
  /** Batches that were acknowledged. */
  acknowledged: number[]
  stop(): Promise<void>
}

/** Sends batch after batch until told to stop: events of many people, over a year, a property of the person with every one. */
function stream(url: string, token: string): Stream {
  const acknowledged: number[] = []
  let [next, isStopped] = [0, false]
  const work = async () => {
    while (!isStopped) {
      const number = next++
      const batch = Array.from({ length: eventsEach }, (_, index) => {
        const id = number * eventsEach + index
        const timestamp = new Date(Date.UTC(2025, id % 12, 5)).toISOString()
        return { event: 'seen', uuid: uuidOf(id), distinct_id: `p${id % 53}`, timestamp, properties: { id, $set: { last: id } } }
      })
      const { status } = await fetch(`${url}/batch/`, { method: 'POST', body: JSON.stringify({ api_key: token, batch }) })
      if (status === 200) acknowledged.push(number)
    }
  }
  const ended = Promise.all([work(), work(), work()])
  return {
    acknowledged,
    async stop() {
      isStopped = true
      await ended
    },
  }
}

async function command(...args: string[]): Promise<KindredProcess> {
  const process = new KindredProcess(args)
  await process.exit
  return process
}

const bearerOf = (dataDir: string) => ({
  authorization: `Bearer ${(JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8')) as { secret: string }).secret}`,
})
async function ask<Reply>(url: string, dataDir: string, path: string): Promise<Reply> {
  return (await fetch(`${url}/api/v1/projects/1${path}`, { headers: bearerOf(dataDir) })).json() as Promise<Reply>
}

test('a backup under load holds every event acknowledged before it, once, in every table; what is restored starts and answers', async () => {
  using folder = temporaryFolder()
  const [data, saved, restored] = ['data', 'saved.tar', 'restored'].map((name) => join(folder.path, name)) as [string, string, string]
  let [before, lastSent]: [number[], number] = [[], 0]
  {
    await using kindred = await startKindred(data)
    const { token } = await ask<{ token: string }>(kindred.url, data, '')
    const load = stream(kindred.url, token)
    await expect.poll(() => load.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(30)
    before = [...load.acknowledged]
    const made = await command('backup', saved, '--data', data)
    expect(made.printed).toMatch(/^Backup: .*saved\.tar, with every event up to position \d+\.\n$/)
    await load.stop()
    lastSent = Math.max(...load.acknowledged)
    expect(lastSent).toBeGreaterThan(Math.max(...before))
    expect((await command('backup', saved, '--data', data)).printed).toContain('already')
  }
  expect((await command('restore', saved)).printed).toContain('--data NEW_DIR')
  expect((await command('restore', saved, '--data', data)).printed).toContain('not empty')
  const made = await command('restore', saved, '--data', restored)
  expect(made.printed).toContain('Restored into')
  {
    await using kindred = await startKindred(restored)
    await expect.poll(async () => (await ask<{ lag: number }>(kindred.url, restored, '/status')).lag, { timeout: 30_000 }).toBe(0)
    const { token } = await ask<{ token: string }>(kindred.url, restored, '')
    // What came before is known as such, and new events come in.
    const batch = [
      { event: 'seen', uuid: uuidOf((before[0] ?? 0) * eventsEach), distinct_id: 'p0' },
      { event: 'new', distinct_id: 'p0' },
    ]
    await fetch(`${kindred.url}/batch/`, { method: 'POST', body: JSON.stringify({ api_key: token, batch }) })
    await expect
      .poll(async () => (await ask<{ results: { event: string }[] }>(kindred.url, restored, '/data/live?event=new')).results.length, { timeout: 30_000 })
      .toBe(1)
  }
  const store = await openChdbStore({ path: join(restored, 'store'), memoryBytes: 2e9, queryMemoryBytes: 5e8, querySeconds: 30 })
  const rows = <Row>(sql: string) => store.query<Row>(render(raw(sql)))
  try {
    const seen = await rows<{ uuid: string; n: string }>(`select toString(uuid) as uuid, count() as n from kindred.events where event = 'seen' group by uuid`)
    expect(seen.filter(({ n }) => n !== '1')).toEqual([])
    const uuids = new Set(seen.map(({ uuid }) => uuid))
    const missing = before
      .flatMap((number) => Array.from({ length: eventsEach }, (_, index) => uuidOf(number * eventsEach + index)))
      .filter((uuid) => !uuids.has(uuid))
    expect(missing).toEqual([])
    const [activity] = await rows<{ n: string }>('select sum(events) as n from kindred.person_activity')
    expect(Number(activity?.n)).toBe(seen.length + 1)
    const [changes] = await rows<{ n: string; unique: string }>(
      `select count() as n, uniqExact(position) as unique from kindred.person_property_changes where key = 'last'`,
    )
    expect([Number(changes?.n), Number(changes?.unique)]).toEqual([seen.length, seen.length])
    const [people] = await rows<{ n: string }>('select count() as n from kindred.persons final where is_deleted = 0')
    expect(Number(people?.n)).toBe(53)
  } finally {
    await store.close()
  }
}, 180_000)

test('a damaged backup, and a path that cannot be written, are refused and leave nothing', async () => {
  using folder = temporaryFolder()
  const [data, saved, restored] = ['data', 'saved', 'restored'].map((name) => join(folder.path, name)) as [string, string, string]
  {
    await using _running = await startKindred(data)
    expect((await command('backup', saved, '--data', data)).printed).toContain('Backup:')
    for (const path of [join(data, 'instance.json', 'saved'), '/proc/nowhere/saved']) {
      expect((await command('backup', path, '--data', data)).printed).toContain('cannot be written')
    }
  }
  const log = readFileSync(join(saved, 'log.sqlite'))
  log[log.byteLength - 1] = (log.at(-1) ?? 0) ^ 1
  writeFileSync(join(saved, 'log.sqlite'), log)
  const refused = await command('restore', saved, '--data', restored)
  expect([await refused.exit, refused.printed]).toEqual([1, expect.stringContaining('log.sqlite is not as it was written')])
  mkdirSync(join(folder.path, 'empty'))
  expect((await command('restore', join(folder.path, 'empty'), '--data', restored)).printed).toContain('backup.json is missing')
  expect(existsSync(restored)).toBe(false)
  expect(readdirSync(folder.path).filter((name) => name.includes('.part') || name.startsWith('.kindred'))).toEqual([])
}, 180_000)
