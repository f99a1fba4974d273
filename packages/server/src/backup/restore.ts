import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { KindredError } from '@kindred/model'
import Database from 'better-sqlite3'
import { catalogMigrations } from '../store/catalog/migrations.ts'
import { restoreChdbStore } from '../store/clickhouse/chdb.ts'
import { databaseNames, type Manifest, manifestName, manifestSchema, sha256Of, storeName } from './manifest.ts'

/**
 * Makes the data directory `dataDir`, which must be empty or absent, out of the backup in the folder `path`. Where it fails, nothing is left of it.
 * Errors: `restore/unreadable`, `restore/newer`, `restore/not-empty`.
 */
export async function restoreBackup(path: string, dataDir: string): Promise<Manifest> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) throw new KindredError('restore/not-empty', { dir: dataDir })
  const manifest = await checkBackup(path)
  try {
    mkdirSync(dataDir, { recursive: true })
    for (const name of databaseNames) copyFileSync(join(path, name), join(dataDir, name))
    await restoreChdbStore(join(dataDir, 'store'), join(path, storeName))
    forgetAllKept(join(dataDir, 'catalog.sqlite'))
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw unreadable(path, error instanceof Error ? error.message.slice(0, 300) : String(error))
  }
  return manifest
}

/** Catalog and store were copied one after the other, and what is kept of traits may have changed between: it is made anew. */
function forgetAllKept(catalogPath: string): void {
  const catalog = new Database(catalogPath)
  try {
    const [table] = catalog.prepare(`select name from sqlite_master where name = 'trait_keepings'`).all()
    if (table !== undefined) catalog.exec('delete from trait_keepings')
  } finally {
    catalog.close()
  }
}

async function checkBackup(path: string): Promise<Manifest> {
  const manifest = readManifest(path)
  const unknown = manifest.migrations.find((name) => !Object.hasOwn(catalogMigrations, name))
  if (unknown !== undefined) throw new KindredError('restore/newer', { version: manifest.version })
  for (const { name, sha256 } of manifest.files) {
    if (!existsSync(join(path, name)) || (await sha256Of(join(path, name))) !== sha256) throw unreadable(path, `${name} is not as it was written`)
  }
  return manifest
}

function readManifest(path: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(path, manifestName), 'utf8')))
  } catch {
    throw unreadable(path, `${manifestName} is missing or cannot be read`)
  }
}

function unreadable(path: string, reason: string): KindredError {
  return new KindredError('restore/unreadable', { path, reason })
}
