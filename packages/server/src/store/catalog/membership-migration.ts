import { type Kysely, sql } from 'kysely'

/** How segments are kept and found, the recomputations of their members, choices by hand, tests, uploaded lists and deliveries. */
export async function membershipMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `alter table segments add column schedule text not null default 'hourly'`,
    'alter table segments add column used_at bigint',
    'alter table segments add column archived_at bigint',
    `alter table segments add column folder text not null default ''`,
    `alter table segments add column tags text not null default '[]'`,
    'alter table segments add column owner_id integer',
    `alter table segments add column test_policy text not null default 'warn'`,
    'update segments set used_at = updated_at',
    `create table segment_runs (
      id integer primary key autoincrement, project_id integer not null, segment_id integer not null, version integer not null, reason text not null,
      at bigint not null, position bigint not null, size bigint not null, entered bigint not null, gone bigint not null, milliseconds integer not null,
      error text)`,
    'create index segment_runs_by_segment on segment_runs (segment_id, id)',
    `create table segment_choices (
      project_id integer not null, segment_id integer not null, person_id bigint not null, account_id bigint not null, choice text not null,
      reason text not null, author_id integer not null, at bigint not null, primary key (segment_id, person_id, account_id)) without rowid`,
    'create index segment_choices_by_person on segment_choices (person_id)',
    `create table segment_tests (
      id integer primary key autoincrement, project_id integer not null, segment_id integer not null, name text not null, distinct_id text,
      person text not null, expected text not null)`,
    'create index segment_tests_by_segment on segment_tests (segment_id, id)',
    `create table list_uploads (
      id integer primary key autoincrement, project_id integer not null, segment_id integer not null, name text not null, matched_by text not null,
      total bigint not null, added bigint not null, already bigint not null, created bigint not null, refused bigint not null, author_id integer not null,
      at bigint not null)`,
    `create table list_rows (
      upload_id integer not null, line bigint not null, project_id integer not null, value text not null, outcome text not null, person_id bigint,
      primary key (upload_id, line)) without rowid`,
    'create index list_rows_by_person on list_rows (person_id)',
    'create index list_rows_by_value on list_rows (project_id, value)',
    `create table segment_deliveries (
      id integer primary key autoincrement, project_id integer not null, segment_id integer not null, url text not null, secret text not null,
      columns text, state text not null, batch integer not null, sent bigint not null, batches integer not null, retries integer not null, total bigint not null,
      error text, created_at bigint not null, ended_at bigint)`,
    'create index segment_deliveries_by_segment on segment_deliveries (segment_id, id)',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
