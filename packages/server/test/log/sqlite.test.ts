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

  test('ids that an earlier version kept a row each for are still known', async () => {
    const path = join(folder, 'rows-of-one.sqlite')
    const uuids = ['0aaaaaaa-0000-4000-8000-000000000001', 'faaaaaaa-0000-4000-8000-000000000002']
    makeSqliteLog(path)
    const before = new Database(path)
    before.exec(`create table seen_other_20000 (uuid blob not null, project_id integer not null, primary key (uuid, project_id)) without rowid;
      create table seen_recent (id integer primary key, uuid blob not null, project_id integer not null, goes_to text not null)`)
    const add = before.prepare("insert into seen_recent (uuid, project_id, goes_to) values (?, 1, 'seen_other_20000')")
    for (const uuid of uuids) add.run(Buffer.from(uuid.replaceAll('-', ''), 'hex'))
    before.close()
    const log = openSqliteLog({ path, deduplicationDays: 30, logDays: 7 })
    const entries = [...uuids, '1aaaaaaa-0000-4000-8000-000000000003'].map((uuid) => lineOf(uuid, '{}'))
    expect(await log.append([{ projectId: 1, source: 'api', receivedAt: 20_001 * 86_400_000, entries }])).toMatchObject([{ appended: 1, duplicates: 2 }])
    log.close()
    const after = new Database(path, { readonly: true })
    expect(after.prepare("select name from sqlite_master where name = 'seen_recent'").all()).toEqual([])
    after.close()
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
