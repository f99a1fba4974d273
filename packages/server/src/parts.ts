import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Ingest } from './pipeline/ingest.ts'
import type { CatalogTables } from './store/catalog/tables.ts'
import type { Store } from './store/clickhouse/store.ts'

/** What features are given. Made once, in main.ts and in the tests' server. */
export interface Parts {
  config: Config
  /** Now, epoch milliseconds. Tests freeze it. */
  clock: () => number
  catalog: Kysely<CatalogTables>
  store: Store
  ingest: Ingest
}
