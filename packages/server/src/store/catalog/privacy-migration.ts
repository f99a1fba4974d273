import { type Kysely, sql } from 'kysely'

/** Deletions with their receipts, tombstones, opt-outs, consents and how long events are kept. */
export async function privacyMigration(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table deletions (
      id integer primary key autoincrement, project_id integer not null, state text not null, step text not null, progress real not null default 0,
      people integer not null, block integer not null, reason text not null, requested_by text not null, requested_at bigint not null, ended_at bigint,
      error text, receipt text not null)`,
    'create index deletions_by_project on deletions (project_id, id)',
    'create table deletion_people (deletion_id integer not null, person_id bigint not null, primary key (deletion_id, person_id)) without rowid',
    'create table deletion_names (deletion_id integer not null, name text not null, primary key (deletion_id, name)) without rowid',
    `create table tombstones (
      project_id integer not null, hash text not null, position bigint not null, at bigint not null, deletion_id integer not null,
      primary key (project_id, hash)) without rowid`,
    `create table opt_outs (
      id integer primary key autoincrement, project_id integer not null, distinct_id text, person_id bigint, reason text not null, created_by text not null,
      created_at bigint not null, position bigint not null, lifted_at bigint, lifted_by text, lifted_position bigint)`,
    'create index opt_outs_by_project on opt_outs (project_id, id)',
    `create table opt_out_ids (
      project_id integer not null, hash text not null, opt_out_id integer not null, primary key (project_id, hash, opt_out_id)) without rowid`,
    'create index opt_out_ids_by_opt_out on opt_out_ids (opt_out_id)',
    `create table consents (
      id integer primary key autoincrement, project_id integer not null, person_id bigint not null, channel text not null, purpose text not null,
      state text not null, source text not null, at bigint not null, recorded_at bigint not null, recorded_by text not null, reference text not null)`,
    'create index consents_by_person on consents (person_id, at)',
    'create unique index consents_by_reference on consents (project_id, reference)',
    'create table retention (project_id integer primary key, days integer, changed_by text not null, changed_at bigint not null, ran_at bigint)',
    `create table retention_runs (
      id integer primary key autoincrement, project_id integer not null, state text not null, days integer not null, before bigint not null,
      position bigint not null, removed text not null, requested_by text not null, created_at bigint not null, ended_at bigint, error text)`,
    'create index retention_runs_by_project on retention_runs (project_id, id)',
    // Ids are kept as keyed hashes: the key makes those of one installation say nothing elsewhere.
    `insert into settings (name, value) values ('privacy.key', lower(hex(randomblob(32))))`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
