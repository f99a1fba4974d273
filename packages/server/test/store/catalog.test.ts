import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import type { CatalogTables } from '../../src/store/catalog/tables.ts'

let folder: string
let catalog: Kysely<CatalogTables>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-catalog-'))
  catalog = await openCatalog(join(folder, 'catalog.sqlite'))
})

afterEach(async () => {
  await catalog.destroy()
  rmSync(folder, { recursive: true })
})

const ada = { name: 'Ada', created_at: 1_700_000_000_000 }

test('keeps what was written, across opening again', async () => {
  await catalog.insertInto('users').values(ada).execute()
  await catalog.destroy()
  catalog = await openCatalog(join(folder, 'catalog.sqlite'))
  expect(await catalog.selectFrom('users').selectAll().execute()).toEqual([{ id: 1, ...ada }])
})

test('a transaction that fails leaves nothing, and others wait for it', async () => {
  const failing = catalog.transaction().execute(async (transaction) => {
    await transaction.insertInto('users').values(ada).execute()
    throw new Error('changed my mind')
  })
  const other = catalog
    .insertInto('users')
    .values({ ...ada, name: 'Grace' })
    .execute()
  await expect(failing).rejects.toThrow('changed my mind')
  await other
  expect(await catalog.selectFrom('users').select('name').execute()).toEqual([{ name: 'Grace' }])
})

test('an id that was freed is never given again', async () => {
  const first = await catalog.insertInto('users').values(ada).returning('id').executeTakeFirstOrThrow()
  await catalog.deleteFrom('users').where('id', '=', first.id).execute()
  const second = await catalog.insertInto('users').values(ada).returning('id').executeTakeFirstOrThrow()
  expect(second.id).toBeGreaterThan(first.id)
})

test('an error of the database names itself', async () => {
  const project = { name: 'a', token: 'same', timezone: 'UTC', week_start: 'monday', currency: 'EUR', roles: '', demo: 0, created_at: 0 } as const
  await catalog.insertInto('projects').values(project).execute()
  await expect(catalog.insertInto('projects').values(project).execute()).rejects.toThrow(/UNIQUE constraint failed: projects.token/)
})
