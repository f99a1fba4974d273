import { bind, render, type Sql, sql } from '@kindred/engine'
import type { Project, Segment } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { membershipJobs } from './membership/jobs.ts'
import { type Author, getSegment } from './segments.ts'

export interface FrozenList {
  name: string
  /** Why these people: kept as the description. */
  description: string
  /** A statement whose only column is the ids of the people. */
  people: Sql
  author: Author
}

/** Keeps a list of people as they are now, whoever they become through merges. */
export async function freezeSegment(parts: Parts, project: Project, { name, description, people, author }: FrozenList): Promise<Segment> {
  const at = parts.clock()
  const row = {
    project_id: project.id,
    name,
    description,
    kind: 'frozen' as const,
    definition: '',
    version: 1,
    counted_at: at,
    created_at: at,
    updated_at: at,
    used_at: at,
  }
  // Until its people are in the store the segment is deleted, so that nobody sees half a list.
  const { id } = await parts.catalog
    .insertInto('segments')
    .values({ ...row, deleted_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const projectId = bind('UInt32', project.id)
  const segmentId = bind('UInt64', id)
  await parts.store.command(
    render(sql`insert into kindred.segment_lists (project_id, segment_id, person_id) select ${projectId}, ${segmentId}, people.* from (${people}) as people`),
  )
  const [counted] = await parts.store.query<{ people: string }>(
    render(sql`select uniqExact(person_id) as people from kindred.segment_lists where project_id = ${projectId} and segment_id = ${segmentId}`),
  )
  await parts.catalog.transaction().execute(async (catalog) => {
    await catalog
      .updateTable('segments')
      .set({ deleted_at: null, count: Number(counted?.people ?? 0) })
      .where('id', '=', id)
      .execute()
    const version = { segment_id: id, version: 1, definition: '', author_id: author.id, changes: '[]', created_at: at }
    await catalog.insertInto('segment_versions').values(version).execute()
  })
  membershipJobs(parts).soon(id, 'saved')
  return getSegment(parts, project, id)
}
