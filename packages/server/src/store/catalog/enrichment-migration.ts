import { type Kysely, sql } from 'kysely'

/** Switches of the enrichment, and the sessions of people that the next events may still belong to. */
export async function enrichmentMigration(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('projects')
    .addColumn('enrichment', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema
    .createTable('person_sessions')
    .addColumn('person_id', 'integer', (c) => c.primaryKey())
    .addColumn('sessions', 'text', (c) => c.notNull())
    .execute()
  // Whoever takes a person away, by a merge or by erasing, takes this along.
  await sql`create trigger person_sessions_go after delete on persons begin delete from person_sessions where person_id = old.id; end`.execute(db)
}
