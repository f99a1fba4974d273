import type { Kysely } from 'kysely'

/** Scopes and expiry of keys, and the replies remembered for requests that are sent twice. */
export async function apiTables(db: Kysely<unknown>): Promise<void> {
  // A key made before there were scopes could do everything, and programs rely on theirs.
  const everything = JSON.stringify(['read', 'write', 'ingest', 'people:export', 'privacy', 'admin'])
  await db.schema
    .alterTable('api_keys')
    .addColumn('scopes', 'text', (c) => c.notNull().defaultTo(everything))
    .execute()
  await db.schema.alterTable('api_keys').addColumn('expires_at', 'bigint').execute()
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('asker', 'text', (c) => c.notNull())
    .addColumn('request_hash', 'text', (c) => c.notNull())
    .addColumn('status', 'integer')
    .addColumn('reply', 'blob')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('idempotency_keys_by_asker').on('idempotency_keys').columns(['asker', 'created_at']).execute()
  await db.schema.createIndex('idempotency_keys_by_time').on('idempotency_keys').column('created_at').execute()
}
