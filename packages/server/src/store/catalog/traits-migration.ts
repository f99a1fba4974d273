import { type Kysely, sql } from 'kysely'

/** Computed traits and their versions. */
export async function traitsMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table traits (
      id integer primary key autoincrement, project_id integer not null, name text not null, label text not null, description text not null,
      definition text not null, version integer not null, created_at bigint not null, updated_at bigint not null, deleted_at bigint)`,
    'create unique index traits_by_name on traits (project_id, name) where deleted_at is null',
    `create table trait_versions (
      trait_id integer not null, version integer not null, definition text not null, author_id integer not null, created_at bigint not null,
      primary key (trait_id, version)) without rowid`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
