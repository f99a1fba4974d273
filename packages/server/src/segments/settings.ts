import { KindredError, type Project, type Segment, type segmentSettings } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { membershipJobs } from './membership/jobs.ts'
import { segmentRow } from './segment-row.ts'
import { getSegment } from './segments.ts'

/** Changes how a segment is kept and found; its rule and version stay. Errors: `segment/not-found`, `user/not-found`. */
export async function keepSegment(parts: Parts, project: Project, { id, ...settings }: z.output<typeof segmentSettings> & { id: number }): Promise<Segment> {
  await segmentRow(parts, project, id)
  const { folder, tags, owner, schedule, testPolicy } = settings
  if (owner != null) {
    const user = await parts.catalog.selectFrom('users').select('id').where('id', '=', owner).executeTakeFirst()
    if (user === undefined) throw new KindredError('user/not-found', { id: owner })
  }
  const change = {
    ...(folder !== undefined && { folder }),
    ...(tags !== undefined && { tags: JSON.stringify([...new Set(tags)]) }),
    ...(owner !== undefined && { owner_id: owner }),
    ...(schedule !== undefined && { schedule }),
    ...(testPolicy !== undefined && { test_policy: testPolicy }),
  }
  if (Object.keys(change).length > 0) await parts.catalog.updateTable('segments').set(change).where('id', '=', id).execute()
  return getSegment(parts, project, id)
}

/**
 * Puts a segment into the archive: it leaves the lists and is not computed, and can still be read. What uses it goes on by its rule.
 * Errors: `segment/not-found`; `segment/in-use` unless forced.
 */
export async function archiveSegment(parts: Parts, project: Project, { id, force }: { id: number; force: boolean }): Promise<Segment> {
  const segment = await getSegment(parts, project, id)
  const users = segment.usedBy
  if (!force && users.length > 0) throw new KindredError('segment/in-use', { users: users.map(({ name }) => `“${name}”`).join(', ') })
  await parts.catalog.updateTable('segments').set({ archived_at: parts.clock() }).where('id', '=', id).where('archived_at', 'is', null).execute()
  return getSegment(parts, project, id)
}

/** Takes a segment out of the archive; its members are computed at once. Errors: `segment/not-found`. */
export async function unarchiveSegment(parts: Parts, project: Project, id: number): Promise<Segment> {
  await segmentRow(parts, project, id)
  await parts.catalog.updateTable('segments').set({ archived_at: null, used_at: parts.clock() }).where('id', '=', id).execute()
  membershipJobs(parts).soon(id, 'use')
  return getSegment(parts, project, id)
}
