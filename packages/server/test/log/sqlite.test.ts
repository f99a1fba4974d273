import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lineOf } from '../../src/log/entry.ts'
import { makeSqliteLog, openSqliteLog } from '../../src/log/sqlite.ts'
import { logConformance } from './conformance.ts'

describe('the log in a SQLite file', () => {
  let folder: string
  let opened = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-log-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  logConformance(({ again = false, deduplicationDays = 30, logDays = 7 }) => {
    if (!again) opened += 1
    return openSqliteLog({ path: join(folder, `${opened}.sqlite`), deduplicationDays, logDays })
  })

  test('a log that is made has its journal and its tables before threads open it, and what is there already stays', async () => {
    const path = join(folder, 'made.sqlite')
    makeSqliteLog(path)
    const made = new Database(path, { readonly: true })
    expect([made.pragma('journal_mode', { simple: true }), made.pragma('auto_vacuum', { simple: true })]).toEqual(['wal', 2])
    expect(made.prepare("select value from state where name = 'position'").get()).toEqual({ value: 0 })
    made.close()
    const log = openSqliteLog({ path, deduplicationDays: 30, logDays: 7 })
    await log.append([{ projectId: 1, source: 'api', receivedAt: 1, entries: [lineOf(null, '{}')] }])
    log.close()
    makeSqliteLog(path)
    const again = openSqliteLog({ path, deduplicationDays: 30, logDays: 7 })
    expect((await again.read(0, { events: 10, bytes: 1_000 })).end).toBe(1)
    again.close()
  })

  test('text of any script comes back as it was, also from chunks that an earlier version wrote as they were', async () => {
    const path = join(folder, 'scripts.sqlite')
    const log = openSqliteLog({ path, deduplicationDays: 30, logDays: 7 })
    const names = ['Zoë', '漢字', '😀', 'plain']
    const entries = names.map((name) => lineOf(null, JSON.stringify({ name })))
    await log.append([{ projectId: 1, source: 'api', receivedAt: 1, entries }])
    const beside = new Database(path)
    beside.prepare("insert into chunks values (5, 4, 1, 'api', 1, ?)").run(JSON.stringify(names.map((name) => ({ name }))))
    expect(beside.prepare('select typeof(events) as type from chunks').all()).toEqual([{ type: 'text' }, { type: 'text' }])
    beside.close()
    const { chunks } = await log.read(0, { events: 100, bytes: 1e6 })
    expect(chunks.map(({ text }) => (JSON.parse(text) as { name: string }[]).map(({ name }) => name))).toEqual([names, names])
    log.close()
  })
})
