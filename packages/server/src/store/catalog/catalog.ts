import { type Kysely, Kysely as KyselyInstance, Migrator } from 'kysely'
import { catalogMigrations } from './migrations.ts'
import { SqliteWorkerDialect } from './sqlite-worker-dialect.ts'
import type { CatalogTables } from './tables.ts'

/** Opens the catalog in the SQLite file at `path`, made and migrated when needed. Queries run in a worker thread. */
export async function openCatalog(path: string): Promise<Kysely<CatalogTables>> {
  const catalog = new KyselyInstance<CatalogTables>({ dialect: new SqliteWorkerDialect(path) })
  const migrator = new Migrator({ db: catalog, provider: { getMigrations: async () => catalogMigrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await catalog.destroy()
    throw error
  }
  return catalog
}
