import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeSegmentKey, segmentKeyOf, segmentKeySchema } from '@kindred/model'
import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { segmentKeysMigration } from '../../src/store/catalog/segment-keys-migration.ts'
import { SqliteWorkerDialect } from '../../src/store/catalog/sqlite-worker-dialect.ts'

test('segments that are there get the keys of their names, each its own in its project; deleted ones hold none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-keys-'))
  const db = new Kysely<unknown>({ dialect: new SqliteWorkerDialect(join(folder, 'catalog.sqlite')) })
  await sql`create table segments (id integer primary key, project_id integer, name text, deleted_at bigint)`.execute(db)
  await sql`insert into segments values (1, 1, 'VIP', null), (2, 1, 'VIP', 5), (3, 1, 'vip!', null), (4, 2, 'VIP', null), (5, 1, '客户', null)`.execute(db)
  await segmentKeysMigration(db)
  const { rows } = await sql`select id, key from segments order by id`.execute(db)
  expect(rows).toEqual([
    { id: 1, key: 'vip' },
    { id: 2, key: '' },
    { id: 3, key: 'vip-2' },
    { id: 4, key: 'vip' },
    { id: 5, key: 'segment' },
  ])
  await expect(sql`update segments set key = 'vip' where id = 3`.execute(db)).rejects.toThrow()
  await db.destroy()
  rmSync(folder, { recursive: true })
})

test.each([
  ['Big spenders (30 days)', 'big-spenders-30-days'],
  ['Größe: Ærø', 'grosse-r'],
  ["Women's", 'womens'],
  ['2024 buyers', 'segment-2024-buyers'],
  ['!!!', 'segment'],
  ['x'.repeat(200), 'x'.repeat(70)],
  [`${'x'.repeat(69)} and more`, 'x'.repeat(69)],
])('%s has the key %s', (name, key) => {
  expect(segmentKeyOf(name)).toBe(key)
  expect(segmentKeySchema.parse(freeSegmentKey(key, new Set([key])))).toBe(`${key}-2`)
})
