import { cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCatalog } from '../src/store/catalog/catalog.ts'
import { openChdbStore } from '../src/store/clickhouse/chdb.ts'
import type { Store } from '../src/store/clickhouse/store.ts'

const temporaryFolder = () => mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), 'kindred-test-'))

/** The store below a folder of a test. */
export const openStore = (folder: string): Promise<Store> =>
  openChdbStore({ path: join(folder, 'store'), memoryBytes: 2e9, queryMemoryBytes: 1e9, querySeconds: 60 })

/** A temporary folder with a catalog and a store as the first start leaves them. They are made once in a process and copied from then on: half of a start is their making. */
export async function freshFolder(): Promise<string> {
  first ??= makeFirst()
  const folder = temporaryFolder()
  cpSync(await first, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}
let first: Promise<string> | undefined

async function makeFirst(): Promise<string> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'store'))
  await (await openCatalog(join(folder, 'catalog.sqlite'))).destroy()
  await (await openStore(folder)).close()
  return folder
}
