import { type Kysely, sql } from 'kysely'

/** What is kept of measures of traits. Numbers are never given twice, since the store may hold states of one that is gone. */
export async function keptTraitsMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table trait_keepings (
      id integer primary key autoincrement, project_id integer not null, measure text not null, version text not null, through bigint not null,
      until bigint not null, rows bigint not null, retired_at bigint)`,
    'create index trait_keepings_by_project on trait_keepings (project_id)',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
