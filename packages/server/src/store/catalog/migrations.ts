import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely'
import { accountsMigration } from './accounts-migration.ts'
import { apiTables } from './api-tables.ts'
import { catalogueMigration } from './catalogue-migration.ts'
import { deliveriesMigration } from './deliveries-migration.ts'
import { enrichmentMigration } from './enrichment-migration.ts'
import { guidesMigration } from './guides-migration.ts'
import { importsMigration } from './imports-migration.ts'
import { keptTraitsMigration } from './kept-traits-migration.ts'
import { listUploadsMigration } from './list-uploads-migration.ts'
import { membershipMigration } from './membership-migration.ts'
import { personasMigration } from './personas-migration.ts'
import { privacyMigration } from './privacy-migration.ts'
import { quarantineMigration } from './quarantine-migration.ts'
import { segmentKeysMigration } from './segment-keys-migration.ts'
import { segmentationsMigration } from './segmentations-migration.ts'
import { traitsMigration } from './traits-migration.ts'

const at = (name: string) => [name, 'bigint', (column: ColumnDefinitionBuilder) => column.notNull()] as const

/** Forward only. Never edit one that was released; add the next. */
export const catalogMigrations: Record<string, Migration> = {
  '0001-first': {
    async up(db) {
      for (const tables of [projectsAndAccess, people, wayIn, names, questions, longWork]) await tables(db)
    },
  },
  '0002-accounts': { up: accountsMigration },
  '0003-privacy': { up: privacyMigration },
  '0004-enrichment': { up: enrichmentMigration },
  '0005-imports': { up: importsMigration },
  '0006-api': { up: apiTables },
  '0007-catalogue': { up: catalogueMigration },
  '0008-quarantine': { up: quarantineMigration },
  '0009-folding': {
    // Asked for each question: whether people were merged since merges were last written into the events.
    async up(db) {
      await db.schema.createIndex('person_merges_by_position').on('person_merges').columns(['project_id', 'position']).execute()
    },
  },
  '0010-seasons': {
    async up(db) {
      await db.schema
        .alterTable('projects')
        .addColumn('seasons', 'text', (c) => c.notNull().defaultTo(''))
        .execute()
    },
  },
  '0011-account-segments': {
    async up(db) {
      await db.schema
        .alterTable('segments')
        .addColumn('unit', 'text', (column) => column.notNull().defaultTo('person'))
        .execute()
    },
  },
  '0012-membership': { up: membershipMigration },
  '0013-traits': { up: traitsMigration },
  '0020-guides': { up: guidesMigration },
  '0021-segmentations': { up: segmentationsMigration },
  '0022-segment-keys': { up: segmentKeysMigration },
  '0023-personas': { up: personasMigration },
  '0024-deliveries': { up: deliveriesMigration },
  '0025-kept-traits': { up: keptTraitsMigration },
  '0026-list-uploads': { up: listUploadsMigration },
  '0027-sealed-secrets': {
    // Those of before lie open: a delivery that still waits for its signature is begun anew.
    async up(db) {
      await sql`update segment_deliveries set state = 'failed', error = 'it was begun before secrets were sealed; start a new one' where state = 'running'`.execute(
        db,
      )
      await sql`update segment_deliveries set secret = ''`.execute(db)
    },
  },
}

/** Serial ids are never used again: a person id that was freed must not come back as someone else. */
function withId(db: Kysely<unknown>, name: string): CreateTableBuilder<string, 'id'> {
  return db.schema.createTable(name).addColumn('id', sql`integer primary key autoincrement`)
}

async function projectsAndAccess(db: Kysely<unknown>): Promise<void> {
  await withId(db, 'projects')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('week_start', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('roles', 'text', (c) => c.notNull())
    .addColumn('demo', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn(...at('created_at'))
    .execute()
  await withId(db, 'users')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn(...at('created_at'))
    .execute()
  await db.schema
    .createTable('sessions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'integer', (c) => c.notNull())
    .addColumn('csrf', 'text', (c) => c.notNull())
    .addColumn(...at('created_at'))
    .addColumn(...at('expires_at'))
    .execute()
  await db.schema
    .createTable('login_links')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'integer', (c) => c.notNull())
    .addColumn(...at('expires_at'))
    .addColumn('spent_at', 'bigint')
    .execute()
  await withId(db, 'api_keys')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('prefix', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn(...at('created_at'))
    .addColumn('last_used_at', 'bigint')
    .execute()
}

async function people(db: Kysely<unknown>): Promise<void> {
  await withId(db, 'persons')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn(...at('created_at'))
    .addColumn('is_identified', 'integer', (c) => c.notNull())
    .addColumn('has_profile', 'integer', (c) => c.notNull())
    .addColumn('properties', 'text', (c) => c.notNull())
    .addColumn(...at('version'))
    .execute()
  await db.schema
    .createTable('distinct_ids')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('distinct_id', 'text', (c) => c.notNull())
    .addColumn(...at('person_id'))
    .addPrimaryKeyConstraint('distinct_ids_key', ['project_id', 'distinct_id'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await db.schema.createIndex('distinct_ids_by_person').on('distinct_ids').column('person_id').execute()
  await db.schema
    .createTable('person_merges')
    .addColumn('from_id', 'bigint', (c) => c.primaryKey())
    .addColumn(...at('to_id'))
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn(...at('position'))
    .execute()
  await db.schema.createIndex('person_merges_by_root').on('person_merges').column('to_id').execute()
}

/** Of the pipeline: how far it is, what is on its way, what it set aside. */
async function wayIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('offsets')
    .addColumn('consumer', 'text', (c) => c.primaryKey())
    .addColumn(...at('position'))
    .execute()
  await withId(db, 'outbox')
    .addColumn(...at('first_position'))
    .addColumn(...at('last_position'))
    .addColumn('table_name', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('rows', 'blob', (c) => c.notNull())
    .execute()
  await withId(db, 'quarantine')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint')
    .addColumn(...at('received_at'))
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('counters')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn(...at('count'))
    .addColumn(...at('last_at'))
    .addPrimaryKeyConstraint('counters_key', ['project_id', 'kind', 'reason'])
    .execute()
}

/** Names of events and properties seen. */
async function names(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_definitions')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn(...at('count'))
    .addColumn(...at('first_seen_at'))
    .addColumn(...at('last_seen_at'))
    .addPrimaryKeyConstraint('event_definitions_key', ['project_id', 'name'])
    .execute()
  await db.schema
    .createTable('property_definitions')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('entity', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn(...at('count'))
    .addColumn('types', 'text', (c) => c.notNull())
    .addColumn('samples', 'text', (c) => c.notNull())
    .addColumn(...at('first_seen_at'))
    .addColumn(...at('last_seen_at'))
    .addPrimaryKeyConstraint('property_definitions_key', ['project_id', 'entity', 'name'])
    .execute()
}

async function questions(db: Kysely<unknown>): Promise<void> {
  await withId(db, 'insights')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('created_by', 'integer', (c) => c.notNull())
    .addColumn(...at('created_at'))
    .addColumn(...at('updated_at'))
    .execute()
  await withId(db, 'segments')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('count', 'bigint')
    .addColumn('counted_at', 'bigint')
    .addColumn(...at('created_at'))
    .addColumn(...at('updated_at'))
    .addColumn('deleted_at', 'bigint')
    .execute()
  await db.schema
    .createTable('segment_versions')
    .addColumn('segment_id', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('author_id', 'integer', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull())
    .addColumn(...at('created_at'))
    .addPrimaryKeyConstraint('segment_versions_key', ['segment_id', 'version'])
    .execute()
}

/** Imports, jobs and what the server notes for itself. */
async function longWork(db: Kysely<unknown>): Promise<void> {
  await withId(db, 'imports')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('source_key', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('mapping', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('progress', 'text', (c) => c.notNull())
    .addColumn('error', 'text')
    .addColumn(...at('created_at'))
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createTable('import_rejects')
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('column_name', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('row', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('import_rejects_by_import').on('import_rejects').columns(['import_id', 'line']).execute()
  await withId(db, 'jobs')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('progress', 'text', (c) => c.notNull())
    .addColumn('error', 'text')
    .addColumn(...at('created_at'))
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}
