import { bind, join, mergesSql, render, sql } from '@kindred/engine'
import { KindredError, type ListChanged, type listChange, type listCreate, type Project, type Segment } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../../parts.ts'
import { freezeSegment } from '../freeze.ts'
import { membershipJobs } from '../membership/jobs.ts'
import { needPeople, segmentRow } from '../segment-row.ts'
import type { Author } from '../segments.ts'
import { peopleOfIds, peopleOfNumbers } from './match.ts'

/** Makes a list of people by their numbers and ids; without any it is empty, to be filled. Errors: `person/not-found` names who is not there. */
export async function createList(
  parts: Parts,
  project: Project,
  { name, description, ids, distinctIds, author }: z.output<typeof listCreate> & { author: Author },
): Promise<Segment> {
  const { people, unknown } = await named(parts, project, { ids, distinctIds })
  if (unknown[0] !== undefined) throw new KindredError('person/not-found', { id: unknown[0] })
  return freezeSegment(parts, project, {
    name,
    description,
    unit: 'person',
    members: sql`select arrayJoin(${bind('Array(UInt64)', people)}) as person_id`,
    author,
  })
}

/** Puts people into a list or takes them out of it. Errors: those of `listRow`. */
export async function changeList(
  parts: Parts,
  project: Project,
  { id, action, ids, distinctIds }: z.output<typeof listChange> & { id: number },
): Promise<ListChanged> {
  await listRow(parts, project, id)
  const { people, unknown } = await named(parts, project, { ids, distinctIds })
  const changed = action === 'add' ? await addToList(parts, project, { id, people }) : await takeFromList(parts, project, { id, people })
  if (changed > 0) membershipJobs(parts).soon(id, 'hand')
  return { changed, unknown }
}

/** Errors: `segment/not-found`, `segment/not-a-list`, `segment/archived`, `segment/unit` for one of accounts. */
export async function listRow(parts: Pick<Parts, 'catalog'>, project: Project, id: number): Promise<void> {
  const row = await segmentRow(parts, project, id)
  if (row.archived_at !== null) throw new KindredError('segment/archived', { id })
  needPeople(row)
  if (row.kind !== 'frozen') throw new KindredError('segment/not-a-list', { id })
}

/** Those among `people` who stand in the list, under the id they have today. */
export async function listedAmong(
  { store }: Pick<Parts, 'store'>,
  project: Project,
  { id, people }: { id: number; people: readonly number[] },
): Promise<Set<number>> {
  if (people.length === 0) return new Set()
  const of = bind('UInt32', project.id)
  const rows = await store.query<{ person: string }>(
    render(sql`select distinct if(o.to_id = 0, l.person_id, o.to_id) as person from kindred.segment_lists as l
left join (${mergesSql(project.id)}) as o on o.from_id = l.person_id
where l.project_id = ${of} and l.segment_id = ${bind('UInt64', id)} and person in ${bind('Array(UInt64)', [...people])}`),
  )
  return new Set(rows.map(({ person }) => Number(person)))
}

/** Answers how many were not in it before. */
export async function addToList(parts: Pick<Parts, 'store'>, project: Project, { id, people }: { id: number; people: readonly number[] }): Promise<number> {
  const listed = await listedAmong(parts, project, { id, people })
  const fresh = people.filter((person) => !listed.has(person))
  if (fresh.length === 0) return 0
  const key = join([bind('UInt32', project.id), bind('UInt64', id)], ', ')
  await parts.store.command(
    render(sql`insert into kindred.segment_lists (project_id, segment_id, person_id) select ${key}, arrayJoin(${bind('Array(UInt64)', fresh)})`),
  )
  return fresh.length
}

async function takeFromList(parts: Pick<Parts, 'store'>, project: Project, { id, people }: { id: number; people: readonly number[] }): Promise<number> {
  const listed = [...(await listedAmong(parts, project, { id, people }))]
  if (listed.length === 0) return 0
  const of = bind('UInt32', project.id)
  const gone = bind('Array(UInt64)', listed)
  // Who was merged into one of them may be the one that the list was made with.
  const merged = sql`select from_id from (${mergesSql(project.id)}) where to_id in ${gone}`
  await parts.store.command(
    render(
      sql`delete from kindred.segment_lists where project_id = ${of} and segment_id = ${bind('UInt64', id)} and (person_id in ${gone} or person_id in (${merged}))`,
    ),
  )
  return listed.length
}

async function named(
  parts: Parts,
  project: Project,
  { ids, distinctIds }: { ids: readonly number[]; distinctIds: readonly string[] },
): Promise<{ people: number[]; unknown: string[] }> {
  const [byNumber, byId] = await Promise.all([peopleOfNumbers(parts, project.id, ids), peopleOfIds(parts, project.id, distinctIds)])
  const unknown = [...ids.filter((id) => !byNumber.has(id)).map(String), ...distinctIds.filter((id) => !byId.has(id))]
  return { people: [...new Set([...byNumber.values(), ...byId.values()])], unknown }
}
