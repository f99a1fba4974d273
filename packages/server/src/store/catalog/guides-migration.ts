import type { Kysely } from 'kysely'

/** The guides that a project has changed: its own text in place of the one that comes with the product. */
export async function guidesMigration(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guide_texts')
    .addColumn('project_id', 'integer', (c) => c.notNull())
    .addColumn('guide_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('author_id', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('guide_texts_key', ['project_id', 'guide_id'])
    .execute()
}
