import type { ErasedPlace, Retention } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { countRows } from './erase-store.ts'
import { privacyJobs } from './jobs.ts'
import { addRun, eventsBefore, retentionEvery, retentionLimit } from './retention-job.ts'

const shownRuns = 20

/** How long events are kept, what the next run would delete, and what earlier runs deleted. */
export async function getRetention(parts: Parts, projectId: number): Promise<Retention> {
  const row = await parts.catalog.selectFrom('retention').selectAll().where('project_id', '=', projectId).executeTakeFirst()
  const runs = await parts.catalog.selectFrom('retention_runs').selectAll().where('project_id', '=', projectId).orderBy('id', 'desc').limit(shownRuns).execute()
  const days = row?.days ?? null
  return {
    days,
    nextAt: days === null ? null : (row?.ran_at ?? parts.clock()) + retentionEvery,
    due: days === null ? 0 : await eventsDue(parts, projectId, days),
    runs: runs.map((run) => ({
      id: run.id,
      state: run.state,
      days: run.days,
      before: run.before,
      removed: JSON.parse(run.removed) as ErasedPlace[],
      by: run.requested_by,
      at: run.created_at,
      endedAt: run.ended_at,
      error: run.error,
    })),
  }
}

/** Events that are older than `days`, as of now. */
export function eventsDue(parts: Parts, projectId: number, days: number): Promise<number> {
  return countRows(parts, 'events', eventsBefore(projectId, retentionLimit(days, parts.clock()), parts.ingest.watermark()))
}

/** Sets how long events are kept, null: for ever. The first run begins at once. */
export async function setRetention(parts: Parts, { projectId, days, by }: { projectId: number; days: number | null; by: string }): Promise<Retention> {
  const set = { days, changed_by: by, changed_at: parts.clock() }
  await parts.catalog
    .insertInto('retention')
    .values({ project_id: projectId, ...set })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet(set))
    .execute()
  if (days !== null) await addRun(parts, { projectId, days, by })
  privacyJobs(parts).wake()
  return getRetention(parts, projectId)
}
