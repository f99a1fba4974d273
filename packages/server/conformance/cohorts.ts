import { bind, sql } from '@kindred/engine'
import type { ConvertedCohort, Segment } from '@kindred/model'
import { freezeSegment } from '../src/segments/freeze.ts'
import type { TestProject, TestServer } from '../test/test-server.ts'
import { type CaseCohort, type CohortNode, NotSupported } from './case.ts'

/** A cohort of a case through the converter; null where it is refused, as PostHog does. */
export async function convertCase(project: TestProject, cohort: CohortNode, segments: ReadonlyMap<number, number>): Promise<ConvertedCohort | null> {
  try {
    return await project.post<ConvertedCohort>('/segments/convert', { cohort, cohorts: Object.fromEntries(segments) })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (text.includes('cohort/unsupported')) throw new NotSupported(text)
    if (text.includes('cohort/invalid')) return null
    throw error
  }
}

interface Asked {
  server: TestServer
  project: TestProject
  segments: ReadonlyMap<number, number>
}

/** The segment that stands for a cohort: its rule, or the list of its people. */
export async function cohortSegment(cohort: CaseCohort, { server, project, segments }: Asked): Promise<number> {
  const { name, definition, member_distinct_ids } = cohort
  if (definition === undefined) return (await listSegment(server, project, { name, ids: member_distinct_ids ?? [] })).id
  const converted = await convertCase(project, definition, segments)
  if (converted === null) throw new Error(`the cohort ${name} is refused`)
  return (await project.post<Segment>('/segments', { name, definition: converted.definition })).id
}

function listSegment({ parts }: TestServer, { project }: TestProject, { name, ids }: { name: string; ids: readonly string[] }): Promise<Segment> {
  const members = sql`select p.person_id from kindred.persons as p final where p.project_id = ${bind('UInt32', project.id)} and hasAny(p.distinct_ids, ${bind('Array(String)', ids)})`
  return freezeSegment(parts, project, { name, description: '', unit: 'person', members, author: { id: 0 } })
}
