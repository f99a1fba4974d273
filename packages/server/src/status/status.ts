import { bind, render, sql } from '@kindred/engine'
import type { GeographyState, Problem, Project, Status } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { countPeopleByKind } from '../people/count-people.ts'
import { problemWords } from './problem-words.ts'

/** How fresh the project is, how much it holds and what wants attention. */
export async function projectStatus(parts: Parts, project: Project): Promise<Status> {
  const { ingest } = parts
  // Read before the counts, so that nothing is claimed that they may miss.
  const exact = { watermark: ingest.watermark(), lag: ingest.lag(), exactThrough: ingest.exactThrough() }
  const [people, times, problems, geography] = await Promise.all([
    countPeopleByKind(parts, project),
    eventTimes(parts, project.id),
    listProblems(parts, project.id),
    geographyState(parts),
  ])
  return { ...exact, people, ...times, geography, problems }
}

/** As the pipeline's thread says it. */
async function geographyState({ catalog }: Pick<Parts, 'catalog'>): Promise<GeographyState | null> {
  const row = await catalog.selectFrom('settings').select('value').where('name', '=', 'geography').executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as GeographyState)
}

interface Times {
  events: number
  firstEventAt: number | null
  lastEventAt: number | null
}

async function eventTimes({ store }: Pick<Parts, 'store'>, projectId: number): Promise<Times> {
  const [row] = await store.query<{ events: string; first: string; last: string }>(
    render(sql`select sum(events) as events, toUnixTimestamp64Milli(min(first_seen)) as first, toUnixTimestamp64Milli(max(last_seen)) as last
from kindred.person_activity where project_id = ${bind('UInt32', projectId)}`),
  )
  const events = Number(row?.events ?? 0)
  return { events, firstEventAt: events === 0 ? null : Number(row?.first), lastEventAt: events === 0 ? null : Number(row?.last) }
}

async function listProblems({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Problem[]> {
  const rows = await catalog.selectFrom('counters').selectAll().where('project_id', '=', projectId).orderBy('last_at', 'desc').execute()
  return rows.flatMap(({ kind, reason, count, last_at: lastAt }) => {
    if (kind !== 'dropped' && kind !== 'quarantined' && kind !== 'hint') return []
    // What was sent again or discarded is a problem no more.
    const solved = kind === 'quarantined' ? rows.filter((row) => row.reason === reason && (row.kind === 'replayed' || row.kind === 'discarded')) : []
    const left = solved.reduce((rest, row) => rest - row.count, count)
    return left > 0 ? [{ kind, reason, count: left, lastAt, says: problemWords(kind, reason) }] : []
  })
}
