import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { Checkpoints } from '../../src/log/checkpoints.ts'
import { openSqliteLog } from '../../src/log/sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-journal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const megabyte = 1024 * 1024
const written = 96

test('the journal begins anew while appends go on, and what is in the log is there', async () => {
  const path = join(folder, 'log.sqlite')
  const options = { path, deduplicationDays: 7, logDays: 3 }
  const log = openSqliteLog({ ...options, checkpointPages: 1_000_000 })
  const checkpoints = new Checkpoints(path, log)
  const json = JSON.stringify({ text: 'x'.repeat(megabyte) })
  for (let index = 0; index < written; index += 1) {
    await log.append([{ projectId: 1, source: 'api', receivedAt: Date.UTC(2026, 2, 1), entries: [{ uuid: null, json }] }])
    checkpoints.appended(json.length)
    // As between two requests: what the thread answers is heard.
    await wait(2)
  }
  expect(statSync(`${path}-wal`).size).toBeLessThan((written / 2) * megabyte)
  await checkpoints.end()
  log.close()

  const again = openSqliteLog(options)
  let count = 0
  for (let position = 0; ; ) {
    const { chunks } = await again.read(position, { events: 100, bytes: megabyte })
    if (chunks.length === 0) break
    for (const chunk of chunks) expect(JSON.parse(chunk.text)).toEqual([JSON.parse(json)])
    count += chunks.reduce((sum, chunk) => sum + chunk.count, 0)
    position = Math.max(...chunks.map(({ first, count: inside }) => first + inside - 1))
  }
  again.close()
  expect(count).toBe(written)
})

test('where the journal cannot be copied the thread that appends goes on', async () => {
  const path = join(folder, 'full.sqlite')
  const log = openSqliteLog({ path, deduplicationDays: 7, logDays: 3 })
  let tried = 0
  const checkpoint = () => {
    tried += 1
    throw new Error('database or disk is full')
  }
  const checkpoints = new Checkpoints(path, { checkpoint })
  for (const expected of [1, 2]) {
    checkpoints.appended(20 * megabyte)
    await expect.poll(() => tried, { timeout: 10_000 }).toBe(expected)
  }
  await checkpoints.end()
  log.close()
})
