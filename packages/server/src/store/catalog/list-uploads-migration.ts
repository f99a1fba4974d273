import { type Kysely, sql } from 'kysely'

/** Why a file of a list was not read to its end; null where it was. What broke before this was noted is told as before. */
export async function listUploadsMigration(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table list_uploads add column error text').execute(db)
}
