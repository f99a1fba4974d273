import {
  type Deletion,
  type DeletionReceipt,
  type DeletionRequested,
  type DeletionStep,
  type deletionRequest,
  KindredError,
  type listRequest,
  type Page,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { privacyJobs } from './jobs.ts'
import { peopleOfIds } from './people-of-ids.ts'

type Row = Selectable<CatalogTables['deletions']>
interface Asked {
  projectId: number
  by: string
}

const list = 'deletions'
const idsAtOnce = 500
const emptyReceipt: DeletionReceipt = { personIds: [], idHashes: [], position: 0, places: [], wiped: [] }

/** Writes the request down, so that it is carried out whatever happens, and begins. Errors: `deletion/nobody`. */
export async function requestDeletion(parts: Parts, request: z.output<typeof deletionRequest>, { projectId, by }: Asked): Promise<DeletionRequested> {
  const byDistinctId = await peopleOfIds(parts, projectId, request.distinctIds)
  const byNumber = await livingPeople(parts, projectId, request.personIds)
  const people = [...new Set([...byNumber.values(), ...byDistinctId.values()])]
  const unknown = [...request.personIds.filter((id) => !byNumber.has(id)).map(String), ...request.distinctIds.filter((id) => !byDistinctId.has(id))]
  if (people.length === 0) throw new KindredError('deletion/nobody')
  const row = await parts.catalog.transaction().execute(async (catalog) => {
    const deletion = await catalog
      .insertInto('deletions')
      .values({
        project_id: projectId,
        state: 'running',
        step: 'waiting',
        progress: 0,
        people: people.length,
        block: Number(request.block),
        reason: request.reason,
        requested_by: by,
        requested_at: parts.clock(),
        receipt: JSON.stringify(emptyReceipt),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    for (let from = 0; from < people.length; from += idsAtOnce) {
      const some = people.slice(from, from + idsAtOnce).map((person) => ({ deletion_id: deletion.id, person_id: person }))
      await catalog.insertInto('deletion_people').values(some).execute()
    }
    return deletion
  })
  privacyJobs(parts).wake()
  return { ...toDeletion(row), unknown }
}

/** Numbers as they were asked for, with the person each is today. */
async function livingPeople({ catalog }: Parts, projectId: number, ids: readonly number[]): Promise<Map<number, number>> {
  const people = new Map<number, number>()
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = ids.slice(from, from + idsAtOnce)
    const own = await catalog.selectFrom('persons').select('id').where('project_id', '=', projectId).where('id', 'in', some).execute()
    for (const { id } of own) people.set(id, id)
    const merged = await catalog
      .selectFrom('person_merges')
      .select(['from_id', 'to_id'])
      .where('project_id', '=', projectId)
      .where('from_id', 'in', some)
      .execute()
    for (const { from_id, to_id } of merged) people.set(from_id, to_id)
  }
  return people
}

/** Newest first. */
export async function listDeletions({ catalog }: Parts, projectId: number, { limit, cursor }: z.output<typeof listRequest>): Promise<Page<Deletion>> {
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(list, cursor, [0] as const) ?? []
  const rows = await catalog
    .selectFrom('deletions')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(toDeletion), limit, { list, placeOf: ({ id }) => [id] })
}

/** Errors: `deletion/not-found`. */
export async function getDeletion({ catalog }: Parts, projectId: number, id: number): Promise<Deletion> {
  const row = await catalog.selectFrom('deletions').selectAll().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new KindredError('deletion/not-found', { id })
  return toDeletion(row)
}

/** Goes on with a deletion that failed, at the step that failed. Errors: `deletion/not-found`, `deletion/state`. */
export async function retryDeletion(parts: Parts, projectId: number, id: number): Promise<Deletion> {
  const { state } = await getDeletion(parts, projectId, id)
  if (state !== 'failed') throw new KindredError('deletion/state', { state })
  await parts.catalog.updateTable('deletions').set({ state: 'running', error: null, ended_at: null }).where('id', '=', id).execute()
  privacyJobs(parts).wake()
  return getDeletion(parts, projectId, id)
}

function toDeletion(row: Row): Deletion {
  return {
    id: row.id,
    state: row.state,
    step: row.step as DeletionStep,
    progress: row.progress,
    people: row.people,
    block: row.block === 1,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    endedAt: row.ended_at,
    error: row.error,
    receipt: row.step === 'waiting' ? null : (JSON.parse(row.receipt) as DeletionReceipt),
  }
}
