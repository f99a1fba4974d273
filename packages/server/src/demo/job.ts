import type { DemoProgress } from '@kindred/model'
import type { Parts } from '../parts.ts'
import type { Simulation } from './simulate.ts'

/** The making of the demo shop as kept in the catalog: enough to complete it after a crash. */
export interface DemoJob {
  id: number | undefined
  progress: DemoProgress
  simulation: Simulation
}

/** The job of the demo shop whose project is still there. */
export async function findDemoJob({ catalog }: Parts): Promise<DemoJob | undefined> {
  const row = await catalog
    .selectFrom('jobs')
    .innerJoin('projects', 'projects.id', 'jobs.project_id')
    .select(['jobs.id', 'jobs.progress'])
    .where('jobs.kind', '=', 'demo')
    .orderBy('jobs.id', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : { id: row.id, ...(JSON.parse(row.progress) as Omit<DemoJob, 'id'>) }
}

export async function saveDemoJob({ catalog, clock }: Parts, job: DemoJob): Promise<void> {
  const { progress, simulation } = job
  const values = {
    state: progress.state,
    error: progress.error,
    progress: JSON.stringify({ progress, simulation }),
    ended_at: progress.state === 'running' ? null : clock(),
  }
  if (job.id !== undefined) {
    await catalog.updateTable('jobs').set(values).where('id', '=', job.id).execute()
    return
  }
  const row = await catalog
    .insertInto('jobs')
    .values({ ...values, kind: 'demo', project_id: progress.projectId, created_at: clock() })
    .returning('id')
    .executeTakeFirstOrThrow()
  job.id = row.id
}
