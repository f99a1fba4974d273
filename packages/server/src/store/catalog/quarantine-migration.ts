import { type Kysely, sql } from 'kysely'

/**
 * What a set-aside event needs to be read again: the sender's protocol, the form of its body and what the request said beside it. Rows of before are
 * told apart by their reason: some the edge could not read, some the store refused, the others are parsed events.
 */
export async function quarantineMigration(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['source', `text not null default 'posthog'`],
    ['form', `text not null default 'event'`],
    ['context', `text not null default '{}'`],
    ['bytes', 'bigint not null default 0'],
    ['attempts', 'integer not null default 0'],
    ['replaying_at', 'bigint'],
  ] as const
  for (const [name, type] of columns) {
    await db.schema.alterTable('quarantine').addColumn(name, sql.raw(type)).execute()
  }
  await sql`update quarantine set bytes = length(body), form = case
    when reason in ('missing-event-name', 'missing-distinct-id', 'not-an-object', 'invalid-uuid') then 'wire'
    when reason = 'store-refused' then 'row' else 'event' end`.execute(db)
  await db.schema.createIndex('quarantine_by_reason').on('quarantine').columns(['project_id', 'reason', 'received_at']).execute()
  await db.schema.createIndex('quarantine_by_size').on('quarantine').columns(['project_id', 'id', 'bytes', 'received_at']).execute()
}
