import { randomUUID } from 'node:crypto'
import type { TestProject, TestServer } from '../test/test-server.ts'
import { type Case, type CaseCohort, NotSupported } from './case.ts'
import { cohortSegment } from './cohorts.ts'
import type { FilterContext } from './operators.ts'

/** A case's project with everything in it, its clock standing where the case says. */
export interface LoadedCase {
  project: TestProject
  context: FilterContext
  cohortOf: (segment: number) => number | undefined
}

const minute = 60_000

export async function loadCase(server: TestServer, each: Case): Promise<LoadedCase> {
  if ((each.groups ?? []).length > 0) throw new NotSupported('groups')
  const timezone = each.timezone ?? 'UTC'
  const now = each.now ? Date.parse(each.now) : Date.now()
  const project = await server.createProject({ timezone, weekStart: each.week_start ?? 'sunday' })
  const people = [...(each.setup?.persons ?? []), ...(each.persons ?? [])]
  await server.parts.ingest.addPeople(
    project.project.id,
    people.map(({ distinct_ids, properties = {}, is_identified = false, created_at }) => ({
      distinctIds: distinct_ids,
      properties,
      isIdentified: is_identified,
      ...(created_at === undefined ? {} : { createdAt: Date.parse(created_at) }),
    })),
  )
  await sendEvents(server, project, each)
  server.setNow(now)
  const segments = new Map<number, number>()
  const context: FilterContext = { now, timezone, segments }
  for (const cohort of inOrder(each.cohorts ?? [])) segments.set(cohort.id, await cohortSegment(cohort, { server, project, segments }))
  return { project, context, cohortOf: (segment) => [...segments].find(([, id]) => id === segment)?.[0] }
}

/** The events as an SDK sends them, at a time when none of them lies ahead, and without a sending time, so that theirs stand. */
async function sendEvents(server: TestServer, { project }: TestProject, { events = [], now }: Case): Promise<void> {
  if (events.length === 0) return
  server.setNow(Math.max(now ? Date.parse(now) : Date.now(), ...events.map(({ timestamp }) => Date.parse(timestamp) + minute)))
  const batch = events.map(({ event, distinct_id, timestamp, properties = {}, groups }) => {
    if (groups !== undefined && Object.keys(groups).length > 0)
      return { event, distinct_id, timestamp, uuid: randomUUID(), properties: { ...properties, $groups: groups } }
    return { event, distinct_id, timestamp, uuid: randomUUID(), properties }
  })
  const reply = await server.app.inject({ method: 'POST', url: '/batch/', payload: { api_key: project.token, batch } })
  if (reply.statusCode !== 200) throw new Error(`capture answered ${reply.statusCode}: ${reply.body}`)
  await server.parts.ingest.drained()
}

/** Cohorts that name others come after them. */
function inOrder(cohorts: readonly CaseCohort[]): CaseCohort[] {
  const names = (cohort: CaseCohort) =>
    cohorts.filter((other) => other !== cohort && new RegExp(`"type":"cohort"[^}]*"value":${other.id}\\b`).test(JSON.stringify(cohort)))
  const ordered: CaseCohort[] = []
  const add = (cohort: CaseCohort) => {
    if (ordered.includes(cohort)) return
    names(cohort).forEach(add)
    ordered.push(cohort)
  }
  cohorts.forEach(add)
  return ordered
}
