import { type Kysely, sql } from 'kysely'

/** Accounts of several types, and which people belong to them. */
export async function accountsMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    'create table account_types (project_id integer not null, name text not null, first_seen_at bigint not null, primary key (project_id, name)) without rowid',
    `create table accounts (
      id integer primary key autoincrement, project_id integer not null, type text not null, key text not null, created_at bigint not null,
      properties text not null, origins text not null, version bigint not null)`,
    'create unique index accounts_by_key on accounts (project_id, type, key)',
    `create table account_people (
      account_id bigint not null, person_id bigint not null, project_id integer not null, first_seen_at bigint not null, last_seen_at bigint not null,
      primary key (account_id, person_id)) without rowid`,
    'create index account_people_by_person on account_people (person_id, last_seen_at)',
    'create index account_people_by_account on account_people (account_id, last_seen_at, person_id)',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
