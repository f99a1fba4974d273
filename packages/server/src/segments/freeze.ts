import { bind, membersSql, planSegment, raw, render, type Sql, sql } from '@kindred/engine'
import type { Project, Segment, SegmentUnit } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { membershipJobs } from './membership/jobs.ts'
import { newSegmentKey } from './new-key.ts'
import { type Author, getSegment, ownerOf } from './segments.ts'

export interface FrozenList {
  name: string
  /** Why these: kept as the description. */
  description: string
  unit: SegmentUnit
  /** A statement whose only column is the ids of the people, or of the accounts. */
  members: Sql
  author: Author
}

/** What holds the lists of each unit: numbers of people and of accounts both begin at 1. */
const tables = {
  person: { table: raw('kindred.segment_lists'), column: raw('person_id') },
  account: { table: raw('kindred.segment_account_lists'), column: raw('account_id') },
}

/** Keeps a list of people as they are now, whoever they become through merges, or of accounts. */
export async function freezeSegment(parts: Parts, project: Project, { name, description, unit, members, author }: FrozenList): Promise<Segment> {
  const at = parts.clock()
  const row = {
    project_id: project.id,
    key: '',
    name,
    description,
    kind: 'frozen' as const,
    unit,
    definition: '',
    version: 1,
    counted_at: at,
    created_at: at,
    updated_at: at,
    used_at: at,
    owner_id: ownerOf(author),
  }
  // Until its people are in the store the segment is deleted, so that nobody sees half a list.
  const { id } = await parts.catalog
    .insertInto('segments')
    .values({ ...row, deleted_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const projectId = bind('UInt32', project.id)
  const segmentId = bind('UInt64', id)
  const { table, column } = tables[unit]
  await parts.store.command(
    render(sql`insert into ${table} (project_id, segment_id, ${column}) select ${projectId}, ${segmentId}, members.* from (${members}) as members`),
  )
  const [counted] = await parts.store.query<{ members: string }>(
    render(sql`select uniqExact(${column}) as members from ${table} where project_id = ${projectId} and segment_id = ${segmentId}`),
  )
  await parts.catalog.transaction().execute(async (catalog) => {
    await catalog
      .updateTable('segments')
      .set({ deleted_at: null, key: await newSegmentKey(catalog, project.id, name), count: Number(counted?.members ?? 0) })
      .where('id', '=', id)
      .execute()
    const version = { segment_id: id, version: 1, definition: '', author_id: author.id, changes: '[]', created_at: at }
    await catalog.insertInto('segment_versions').values(version).execute()
  })
  membershipJobs(parts).soon(id, 'saved')
  return getSegment(parts, project, id)
}

/** Keeps the members that a segment has now as a list of its own. Errors: `segment/not-found`, those of a long question. */
export async function freezeMembers(parts: Parts, project: Project, { id, name, author }: { id: number; name: string; author: Author }): Promise<Segment> {
  const segment = await getSegment(parts, project, id)
  const context = await questionContext(parts, project)
  const members = membersSql(planSegment(id, context), context)
  return freezeSegment(parts, project, { name, description: `As “${segment.name}” was: ${segment.sentence}`, unit: segment.unit, members, author })
}
