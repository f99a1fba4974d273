import { type Kysely, sql } from 'kysely'

/** Segmentations with what stakeholders said of them. */
export async function segmentationsMigration(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('segmentations')
    .addColumn('id', sql`integer primary key autoincrement`)
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('deleted_at', 'bigint')
    .execute()
  await db.schema.createIndex('segmentations_by_project').on('segmentations').columns(['project_id', 'updated_at']).execute()
  await db.schema
    .createTable('segmentation_comments')
    .addColumn('id', sql`integer primary key autoincrement`)
    .addColumn('segmentation_id', 'integer', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('segmentation_comments_of').on('segmentation_comments').columns(['segmentation_id', 'id']).execute()
  await db.schema
    .createTable('segmentation_sign_offs')
    .addColumn('segmentation_id', 'integer', (c) => c.notNull())
    .addColumn('stakeholder_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('segmentation_sign_offs_key', ['segmentation_id', 'stakeholder_id'])
    .execute()
  await db.schema
    .createTable('segmentation_links')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('segmentation_id', 'integer', (c) => c.notNull())
    .addColumn('stakeholder_id', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
}
