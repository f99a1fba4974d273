import { type Kysely, sql } from 'kysely'

/** Whom a segment's people are like, in words; and beside the size of a segment how many of its people can be written to. */
export async function personasMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table segment_personas (
      segment_id integer primary key, name text not null, needs text not null, objections text not null, talk text not null,
      author_id integer not null, at bigint not null)`,
    'alter table segments add column reach_email integer',
    'alter table segments add column reach_sms integer',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
