import { type Kysely, sql } from 'kysely'

/**
 * What a delivery goes on from after a stop: the rule and the moment it is of, the last person that was acknowledged, and the last one of the batch that is on its
 * way. Those of before have no rule kept (`version` 0) and are told as failed.
 */
export async function deliveriesMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    'alter table segment_deliveries add column version integer not null default 0',
    'alter table segment_deliveries add column position bigint not null default 0',
    'alter table segment_deliveries add column after_id bigint not null default 0',
    'alter table segment_deliveries add column through_id bigint',
    'alter table segment_deliveries add column attempts integer not null default 0',
    'alter table segment_deliveries add column answer text',
    `update segment_deliveries set state = 'failed', error = 'the server was stopped; start it again', secret = '' where state = 'running'`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
