import {
  KindredError,
  type QuarantinedEvent,
  type QuarantineList,
  type QuarantineListRequest,
  type QuarantineReason,
  type QuarantineRow,
  type QuarantineSelection,
  type QuarantineTotals,
} from '@kindred/model'
import { sql } from 'kysely'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { problemWords } from '../status/problem-words.ts'
import { selected } from './select.ts'

const listName = 'quarantine'
/** Characters of the body that the list shows. */
const sampleLength = 300
const columns = ['id', 'reason', 'detail', 'source', 'form', 'position', 'received_at', 'bytes', 'attempts', 'replaying_at'] as const
interface ListedRow {
  id: number
  reason: string
  detail: string
  source: string
  form: string
  position: number | null
  received_at: number
  bytes: number
  attempts: number
  replaying_at: number | null
  sample: string
}

/** A page of what is set aside, newest first. */
export async function listQuarantine({ catalog }: Parts, projectId: number, request: QuarantineListRequest): Promise<QuarantineList> {
  const { cursor, limit, ...selection } = request
  const before = readCursor(listName, cursor, [0])?.[0]
  const sample = sql<string>`substr(body, 1, ${sql.lit(sampleLength)})`.as('sample')
  const page = selected(catalog, projectId, selection)
    .select(columns)
    .select(sample)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  const [rows, { total }] = await Promise.all([
    (before === undefined ? page : page.where('id', '<', before)).execute(),
    selected(catalog, projectId, selection)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ])
  return { total, ...pageOf(rows.map(rowOf), limit, { list: listName, placeOf: ({ id }) => [id] }) }
}

/** One of them, with its whole body. Errors: `quarantine/not-found`. */
export async function findQuarantined({ catalog }: Parts, projectId: number, id: number): Promise<QuarantinedEvent> {
  const row = await selected(catalog, projectId, { ids: [id] })
    .select([...columns, 'body'])
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('quarantine/not-found', { id })
  return { ...rowOf({ ...row, sample: row.body.slice(0, sampleLength) }), body: row.body }
}

function rowOf(row: ListedRow): QuarantineRow {
  const { id, detail, source, position, bytes, attempts, sample } = row
  const form = row.form as QuarantineRow['form']
  return {
    id,
    reason: row.reason as QuarantineReason,
    detail,
    source: source as QuarantineRow['source'],
    form,
    position,
    receivedAt: row.received_at,
    bytes,
    attempts,
    sample,
    underway: row.replaying_at !== null,
  }
}

/** What was ever set aside, reason by reason, and what became of it. */
export async function quarantineTotals({ catalog }: Parts, projectId: number): Promise<QuarantineTotals[]> {
  const [counters, waiting] = await Promise.all([
    catalog
      .selectFrom('counters')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('kind', 'in', ['quarantined', 'replayed', 'discarded', 'expired'])
      .execute(),
    selected(catalog, projectId, {})
      .select(['reason', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('reason')
      .execute(),
  ])
  const waitingOf = new Map(waiting.map(({ reason, count }) => [reason, count]))
  const countOf = (kind: string, of: string) => counters.find(({ kind: each, reason }) => each === kind && reason === of)?.count ?? 0
  return counters
    .filter(({ kind }) => kind === 'quarantined')
    .map(({ reason, count, last_at: lastAt }) => ({
      reason: reason as QuarantineReason,
      says: problemWords('quarantined', reason),
      count,
      waiting: waitingOf.get(reason) ?? 0,
      replayed: countOf('replayed', reason),
      discarded: countOf('discarded', reason),
      expired: countOf('expired', reason),
      lastAt,
    }))
    .sort((a, b) => b.lastAt - a.lastAt)
}

/** Deletes what is selected for good; answers how many. Each is counted. */
export async function discard({ catalog, clock }: Parts, projectId: number, selection: QuarantineSelection): Promise<number> {
  return catalog.transaction().execute(async (transaction) => {
    const counts = await selected(transaction, projectId, selection)
      .select(['reason', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('reason')
      .execute()
    const ids = selected(transaction, projectId, selection).select('id')
    await transaction.deleteFrom('quarantine').where('id', 'in', ids).execute()
    for (const { reason, count } of counts) {
      await transaction
        .insertInto('counters')
        .values({ project_id: projectId, kind: 'discarded', reason, count, last_at: clock() })
        .onConflict((conflict) =>
          conflict.columns(['project_id', 'kind', 'reason']).doUpdateSet({ count: sql`count + excluded.count`, last_at: sql`excluded.last_at` }),
        )
        .execute()
    }
    return counts.reduce((sum, { count }) => sum + count, 0)
  })
}
