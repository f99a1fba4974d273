import { type Kysely, sql } from 'kysely'

/** What a team writes about its events and properties; a name without a row is as it came in. */
export async function catalogueMigration(db: Kysely<unknown>): Promise<void> {
  const words = `label text, description text not null default '', hidden integer not null default 0, verified integer not null default 0, changed_at bigint not null`
  const statements = [
    `create table event_catalogue (project_id integer not null, name text not null, ${words}, primary key (project_id, name)) without rowid`,
    `create table property_catalogue (
      project_id integer not null, entity text not null, name text not null, ${words}, sensitive integer,
      primary key (project_id, entity, name)) without rowid`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
