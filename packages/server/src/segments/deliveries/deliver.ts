import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { memberCountSql, membersSql, planSegment, render } from '@kindred/engine'
import { type Delivery, type DeliveryCreated, type deliveryCreate, KindredError, type Project } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import type { CatalogTables } from '../../store/catalog/tables.ts'
import { readStoredValue } from '../../store/clickhouse/stored-properties.ts'
import { exportRows } from '../export.ts'
import { noteUse } from '../membership/note-use.ts'
import { segmentRow, unitOf } from '../segment-row.ts'
import { checkAddress, postTo } from './post.ts'

type Row = Selectable<CatalogTables['segment_deliveries']>

/** Waits between the tries of one batch, milliseconds; after the last the delivery fails. */
const waits = [500, 2000, 8000, 30_000]
const cutOff = 'the server was stopped; start it again'
const jobsOfParts = new WeakMap<Parts, Map<number, { stop: AbortController; done: Promise<void> }>>()

/**
 * Sends all members of a segment to an address, a batch at a time, in the background. Each batch is signed: `x-kindred-signature: t=<seconds>,v1=<hex>`, the
 * HMAC-SHA256 of `<seconds>.<body>` with the secret. Errors: `segment/not-found`, `segment/webhook`, `request/invalid` for accounts.
 */
export async function startDelivery(
  parts: Parts,
  project: Project,
  { id, ...request }: z.output<typeof deliveryCreate> & { id: number },
): Promise<DeliveryCreated> {
  const segment = await segmentRow(parts, project, id)
  if (unitOf(segment) === 'account') throw new KindredError('request/invalid', { field: 'id', reason: 'people are sent, and this is a segment of accounts' })
  await checkAddress(parts.config, request.url)
  await noteUse(parts, segment)
  const context = await questionContext(parts, project)
  const [counted] = await parts.store.query<{ members: string }>(render(memberCountSql(planSegment(id, context), context)))
  const secret = `whsec_${randomBytes(24).toString('base64url')}`
  const begun = { project_id: project.id, segment_id: id, url: request.url, secret, columns: request.columns ?? null, batch: request.batch }
  const zero = { sent: 0, batches: 0, retries: 0, error: null, ended_at: null }
  const row = await parts.catalog
    .insertInto('segment_deliveries')
    .values({ ...begun, ...zero, state: 'running', total: Number(counted?.members ?? 0), created_at: parts.clock() })
    .returningAll()
    .executeTakeFirstOrThrow()
  begin(parts, project, row)
  return { ...toDelivery(row), secret }
}

/** Errors: `segment/delivery-not-found`. */
export async function oneDelivery({ catalog }: Pick<Parts, 'catalog'>, { id, delivery }: { id: number; delivery: number }): Promise<Delivery> {
  const row = await catalog.selectFrom('segment_deliveries').selectAll().where('segment_id', '=', id).where('id', '=', delivery).executeTakeFirst()
  if (row === undefined) throw new KindredError('segment/delivery-not-found', { id: delivery })
  return toDelivery(row)
}

export function toDelivery(row: Row): Delivery {
  const { id, url, state, sent, total, batches, retries, error, created_at: createdAt, ended_at: endedAt } = row
  return { id, url, state, sent, total, batches, retries, error, createdAt, endedAt }
}

/** Tells deliveries that an earlier process left half done as failed: whoever receives them decides whether to begin anew. */
export async function endCutOffDeliveries({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>): Promise<void> {
  await catalog
    .updateTable('segment_deliveries')
    .set({ state: 'failed', error: cutOff, secret: '', ended_at: clock() })
    .where('state', '=', 'running')
    .execute()
}

/** Ends what is under way; it is told as failed, since half of it was sent. */
export async function stopDeliveries(parts: Parts): Promise<void> {
  const running = [...(jobsOfParts.get(parts)?.values() ?? [])]
  for (const { stop } of running) stop.abort()
  await Promise.all(running.map(({ done }) => done))
}

/** Resolves once nothing is on its way. */
export async function deliveriesDone(parts: Parts): Promise<void> {
  await Promise.all([...(jobsOfParts.get(parts)?.values() ?? [])].map(({ done }) => done))
}

function begin(parts: Parts, project: Project, row: Row): void {
  const jobs = jobsOfParts.get(parts) ?? new Map()
  jobsOfParts.set(parts, jobs)
  const stop = new AbortController()
  const done = deliver(parts, { project, row, signal: stop.signal }).finally(() => jobs.delete(row.id))
  jobs.set(row.id, { stop, done })
}

interface Delivering {
  project: Project
  row: Row
  signal: AbortSignal
}

async function deliver(parts: Parts, { project, row, signal }: Delivering): Promise<void> {
  const save = (set: Partial<Row>) => parts.catalog.updateTable('segment_deliveries').set(set).where('id', '=', row.id).execute()
  try {
    const context = await questionContext(parts, project)
    const people = membersSql(planSegment(row.segment_id, context), context)
    const { columns, rows } = await exportRows(parts, { people, context }, row.columns ?? undefined)
    let [sent, batches, retries] = [0, 0, 0]
    for await (const batch of inBatches(rows, row.batch)) {
      const members = batch.map(({ cells }) => Object.fromEntries(columns.map((column, index) => [column, readStoredValue(cells[index] ?? null)])))
      const body = JSON.stringify({ delivery: row.id, segment: row.segment_id, batch: batches + 1, at: context.now, members })
      retries += await sendBatch(parts, { row, body, batch: batches + 1, signal })
      sent += members.length
      batches += 1
      await save({ sent, batches, retries })
    }
    await save({ state: 'done', total: sent, secret: '', ended_at: parts.clock() })
  } catch (error) {
    const message = signal.aborted ? cutOff : error instanceof Error ? error.message : String(error)
    await save({ state: 'failed', error: message, secret: '', ended_at: parts.clock() })
  }
}

async function* inBatches<Item>(chunks: AsyncIterable<Item[]>, size: number): AsyncGenerator<Item[]> {
  const waiting: Item[] = []
  for await (const chunk of chunks) {
    waiting.push(...chunk)
    while (waiting.length >= size) yield waiting.splice(0, size)
  }
  if (waiting.length > 0) yield waiting
}

interface Sending {
  row: Row
  body: string
  batch: number
  signal: AbortSignal
}

/** Answers how often it had to be sent again. The receiver tells repeats by `x-kindred-delivery`. Errors: the last try failed, or it was refused for good. */
async function sendBatch(parts: Parts, { row, body, batch, signal }: Sending): Promise<number> {
  for (let tries = 0; ; tries++) {
    const seconds = Math.floor(Date.now() / 1000)
    const signature = createHmac('sha256', row.secret).update(`${seconds}.${body}`).digest('hex')
    const headers = { 'x-kindred-signature': `t=${seconds},v1=${signature}`, 'x-kindred-delivery': `${row.id}-${batch}` }
    const answer = await postTo(parts.config, row.url, { body, headers, signal })
    if (answer.ok) return tries
    signal.throwIfAborted()
    const wait = waits[tries]
    if (!answer.again || wait === undefined) throw new Error(`batch ${batch} was not taken: ${answer.reason}`)
    await sleep(answer.wait ?? wait, undefined, { signal })
  }
}
