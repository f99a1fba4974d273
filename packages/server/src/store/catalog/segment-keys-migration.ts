import { freeSegmentKey, segmentKeyOf } from '@kindred/model'
import { type Kysely, sql } from 'kysely'

/** What names segments in files. Those that are there get the keys that they would have got when they were made, the oldest first. */
export async function segmentKeysMigration(db: Kysely<unknown>): Promise<void> {
  await sql`alter table segments add column key text not null default ''`.execute(db)
  await sql`alter table segments add column applied text not null default ''`.execute(db)
  const { rows } = await sql<{ id: number; project_id: number; name: string }>`
    select id, project_id, name from segments where deleted_at is null order by id`.execute(db)
  const takenIn = new Map<number, Set<string>>()
  for (const { id, project_id: project, name } of rows) {
    const taken = takenIn.get(project) ?? new Set()
    const key = freeSegmentKey(segmentKeyOf(name), taken)
    takenIn.set(project, taken.add(key))
    await sql`update segments set key = ${key} where id = ${id}`.execute(db)
  }
  await sql`create unique index segments_by_key on segments (project_id, key) where deleted_at is null and key <> ''`.execute(db)
}
