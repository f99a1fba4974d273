import { KindredError, type OptOut, type optOutRequest, type optOutsRequest, type Page } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { idHash } from './id-hash.ts'
import { peopleOfIds, withMerged } from './people-of-ids.ts'

interface Asked {
  projectId: number
  by: string
}
const list = 'opt-outs'
const rowsAtOnce = 500

/** From now on events of the person with this id are dropped, under any id known of them; also where nobody has the id yet. */
export async function optOut(parts: Parts, { distinctId, reason }: z.output<typeof optOutRequest>, { projectId, by }: Asked): Promise<OptOut> {
  const person = (await peopleOfIds(parts, projectId, [distinctId])).get(distinctId) ?? null
  const ids = new Set([distinctId, ...(person === null ? [] : await distinctIdsOf(parts, person))])
  const key = await privacyKey(parts)
  const hashes = [...ids].map((id) => idHash(key, projectId, id))
  const row = await parts.catalog.transaction().execute(async (catalog) => {
    const made = await catalog
      .insertInto('opt_outs')
      .values({ project_id: projectId, distinct_id: distinctId, person_id: person, reason, created_by: by, created_at: parts.clock(), position: logEnd(parts) })
      .returningAll()
      .executeTakeFirstOrThrow()
    for (let from = 0; from < hashes.length; from += rowsAtOnce) {
      const rows = hashes.slice(from, from + rowsAtOnce).map((hash) => ({ project_id: projectId, hash, opt_out_id: made.id }))
      await catalog.insertInto('opt_out_ids').values(rows).execute()
    }
    return made
  })
  return toOptOut(row)
}

/** Events from now on are kept again; those dropped meanwhile stay out. Errors: `opt-out/not-found`. */
export async function liftOptOut(parts: Parts, id: number, { projectId, by }: Asked): Promise<OptOut> {
  const row = await parts.catalog
    .updateTable('opt_outs')
    .set({ lifted_at: parts.clock(), lifted_by: by, lifted_position: logEnd(parts) })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('opt-out/not-found', { id })
  return toOptOut(row)
}

/** Newest first. */
export async function listOptOuts(parts: Parts, projectId: number, request: z.output<typeof optOutsRequest>): Promise<Page<OptOut>> {
  const { limit, cursor, active, personId } = request
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(list, cursor, [0] as const) ?? []
  let query = parts.catalog.selectFrom('opt_outs').selectAll().where('project_id', '=', projectId).where('id', '<', before)
  if (active !== undefined) query = query.where('lifted_at', active === 'true' ? 'is' : 'is not', null)
  if (personId !== undefined) query = query.where('id', 'in', await optOutsOf(parts, projectId, personId))
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(toOptOut), limit, { list, placeOf: ({ id }) => [id] })
}

/** The opt-outs that any of the person's ids is in: also one from before the id had a person. */
async function optOutsOf(parts: Parts, projectId: number, personId: number): Promise<number[]> {
  const people = await withMerged(parts, projectId, personId)
  const own = await parts.catalog.selectFrom('opt_outs').select('id').where('project_id', '=', projectId).where('person_id', 'in', people).execute()
  const key = await privacyKey(parts)
  const hashes = (await distinctIdsOf(parts, personId)).map((id) => idHash(key, projectId, id))
  const byId = await parts.catalog
    .selectFrom('opt_out_ids')
    .select('opt_out_id as id')
    .where('project_id', '=', projectId)
    .where('hash', 'in', hashes.slice(0, rowsAtOnce))
    .execute()
  return [0, ...own.map(({ id }) => id), ...byId.map(({ id }) => id)]
}

async function distinctIdsOf({ catalog }: Parts, person: number): Promise<string[]> {
  const rows = await catalog.selectFrom('distinct_ids').select('distinct_id').where('person_id', '=', person).execute()
  return rows.map(({ distinct_id }) => distinct_id)
}

async function privacyKey({ catalog }: Parts): Promise<string> {
  const { value } = await catalog.selectFrom('settings').select('value').where('name', '=', 'privacy.key').executeTakeFirstOrThrow()
  return value
}

/** The last position of the log: what is there already was sent before. */
function logEnd({ ingest }: Parts): number {
  return ingest.watermark() + ingest.lag()
}

function toOptOut(row: Selectable<CatalogTables['opt_outs']>): OptOut {
  return {
    id: row.id,
    distinctId: row.distinct_id,
    personId: row.person_id,
    reason: row.reason,
    by: row.created_by,
    at: row.created_at,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
  }
}
