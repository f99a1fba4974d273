import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { bind, type CompileContext, memberCountSql, membersSql, planSegment, render, type Sql, type Subject, sql } from '@kindred/engine'
import { type Delivery, type DeliveryCreated, type deliveryCreate, KindredError, type Project, segmentDefinitionSchema } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { installationKey, seal, unseal } from '../../auth/sealing.ts'
import type { Parts } from '../../parts.ts'
import { findProject } from '../../projects/projects.ts'
import { questionContext } from '../../projects/question-context.ts'
import type { CatalogTables } from '../../store/catalog/tables.ts'
import { readStoredValue } from '../../store/clickhouse/stored-properties.ts'
import { exportRows } from '../export.ts'
import { accountRows } from '../export-accounts.ts'
import { noteUse } from '../membership/note-use.ts'
import { segmentRow } from '../segment-row.ts'
import { checkAddress, postTo } from './post.ts'

type Row = Selectable<CatalogTables['segment_deliveries']>

/** Waits between the tries of one batch, milliseconds; after the last the delivery fails. */
const waits = [500, 2000, 8000, 30_000]
const jobsOfParts = new WeakMap<Parts, Map<number, { stop: AbortController; done: Promise<void> }>>()

/**
 * Sends all members of a segment to an address, a batch at a time, in the background. Each batch is signed: `x-kindred-signature: t=<seconds>,v1=<hex>`, the
 * HMAC-SHA256 of `<seconds>.<body>` with the secret. Errors: `segment/not-found`, `segment/webhook`.
 */
export async function startDelivery(
  parts: Parts,
  project: Project,
  { id, ...request }: z.output<typeof deliveryCreate> & { id: number },
): Promise<DeliveryCreated> {
  const segment = await segmentRow(parts, project, id)
  await checkAddress(parts.config, request.url)
  await noteUse(parts, segment)
  const position = parts.ingest.watermark()
  const context = { ...(await questionContext(parts, project)), watermark: position }
  const [counted] = await parts.store.query<{ members: string }>(render(memberCountSql(planSegment(id, context), context)))
  const secret = `whsec_${randomBytes(24).toString('base64url')}`
  const sealed = seal(secret, installationKey(parts.config)).toString('base64')
  const begun = { project_id: project.id, segment_id: id, url: request.url, secret: sealed, columns: request.columns ?? null, batch: request.batch }
  const from = { version: segment.version, position, after_id: 0, through_id: null, created_at: context.now }
  const zero = { sent: 0, batches: 0, retries: 0, attempts: 0, answer: null, error: null, ended_at: null }
  const row = await parts.catalog
    .insertInto('segment_deliveries')
    .values({ ...begun, ...from, ...zero, state: 'running', total: Number(counted?.members ?? 0) })
    .returningAll()
    .executeTakeFirstOrThrow()
  begin(parts, project, row)
  return { ...toDelivery(row), secret }
}

/** Errors: `segment/delivery-not-found`. */
export async function oneDelivery(parts: Pick<Parts, 'catalog'>, asked: { id: number; delivery: number }): Promise<Delivery> {
  return toDelivery(await deliveryRow(parts, asked))
}

/** Goes on with one that failed, from the first batch that was not taken. Errors: `segment/delivery-not-found`, `segment/delivery-over`. */
export async function retryDelivery(parts: Parts, project: Project, asked: { id: number; delivery: number }): Promise<Delivery> {
  const found = await deliveryRow(parts, asked)
  const refuse = (reason: string) => new KindredError('segment/delivery-over', { id: found.id, reason })
  if (found.state === 'failed' && secretOf(parts, found) === undefined)
    throw refuse('the key file that its secret was sealed with is not there any more; start a new one')
  if (found.version === 0) throw refuse('what it was made of is not known any more; start a new one')
  await checkAddress(parts.config, found.url)
  const row = await parts.catalog
    .updateTable('segment_deliveries')
    .set({ state: 'running', error: null, ended_at: null })
    .where('id', '=', found.id)
    .where('state', '=', 'failed')
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw refuse(found.state === 'done' ? 'everything was taken' : 'it is under way')
  begin(parts, project, row)
  return toDelivery(row)
}

/** Undefined where it cannot be read: another key file is used than when the delivery began. */
function secretOf({ config }: Pick<Parts, 'config'>, row: Pick<Row, 'secret'>): string | undefined {
  const key = installationKey(config)
  try {
    return unseal(Buffer.from(row.secret, 'base64'), key)
  } catch {
    return undefined
  }
}

async function deliveryRow({ catalog }: Pick<Parts, 'catalog'>, { id, delivery }: { id: number; delivery: number }): Promise<Row> {
  const row = await catalog.selectFrom('segment_deliveries').selectAll().where('segment_id', '=', id).where('id', '=', delivery).executeTakeFirst()
  if (row === undefined) throw new KindredError('segment/delivery-not-found', { id: delivery })
  return row
}

export function toDelivery(row: Row): Delivery {
  const { id, url, state, sent, total, batches, attempts, retries, answer, error, created_at: createdAt, ended_at: endedAt } = row
  return { id, url, state, sent, total, batches, attempts, retries, answer, error, createdAt, endedAt }
}

/** Goes on with what an earlier process left under way. */
export async function resumeDeliveries(parts: Parts): Promise<void> {
  const rows = await parts.catalog.selectFrom('segment_deliveries').selectAll().where('state', '=', 'running').execute()
  for (const row of rows) begin(parts, await findProject(parts, row.project_id), row)
}

/** Stops what is under way; the next start goes on with it. */
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
  let { sent, batches, attempts, retries } = row
  try {
    const secret = secretOf(parts, row)
    if (secret === undefined) throw new Error('the key file that its secret was sealed with is not there any more; start a new delivery')
    for await (const { members, through } of batchesOf(parts, project, row)) {
      // Kept before it is sent: whether it was taken may never be known here, and then the same members go again under the same number.
      await save({ through_id: through })
      const body = JSON.stringify({ delivery: row.id, segment: row.segment_id, batch: batches + 1, at: row.created_at, members })
      const tried = async (answer: string, again: boolean) => {
        attempts += 1
        retries += again ? 1 : 0
        await save({ attempts, retries, answer })
      }
      if (members.length > 0) await sendBatch(parts, { row, secret, body, batch: batches + 1, signal, tried })
      sent += members.length
      batches += 1
      await save({ sent, batches, after_id: through, through_id: null })
    }
    await save({ state: 'done', total: sent, secret: '', ended_at: parts.clock() })
  } catch (error) {
    if (signal.aborted) return
    const message = error instanceof Error ? error.message : String(error)
    await save({ state: 'failed', error: message, ended_at: parts.clock() })
  }
}

interface Batch {
  members: object[]
  /** The id of the last of them. */
  through: number
}

/** Members who were not acknowledged, as of the moment the delivery began, in the order of ids; first those of the batch that was on its way. */
async function* batchesOf(parts: Parts, project: Project, row: Row): AsyncGenerator<Batch> {
  const context = await contextOf(parts, project, row)
  const planned = planSegment(row.segment_id, context)
  const members = membersSql(planned, context)
  const between = (after: number, through: number | null) => {
    const last = through === null ? sql`` : sql` and id <= ${bind('UInt64', through)}`
    const some = sql`select id from (${members}) where id > ${bind('UInt64', after)}${last}`
    return rowsOf(parts, { members: some, unit: planned.subject.unit, context, columns: row.columns })
  }
  if (row.through_id !== null) {
    const again: Member[] = []
    for await (const chunk of between(row.after_id, row.through_id)) again.push(...chunk)
    yield { members: again.map(({ member }) => member), through: row.through_id }
  }
  for await (const batch of inBatches(between(row.through_id ?? row.after_id, null), row.batch)) {
    yield { members: batch.map(({ member }) => member), through: batch.at(-1)?.id ?? 0 }
  }
}

/** The rule, the moment and the position that the delivery began with. */
async function contextOf(parts: Parts, project: Project, row: Row): Promise<CompileContext> {
  const context = { ...(await questionContext(parts, project)), now: row.created_at, watermark: row.position }
  const segment = context.segments.get(row.segment_id)
  if (segment?.kind !== 'rule') return context
  const { definition } = await parts.catalog
    .selectFrom('segment_versions')
    .select('definition')
    .where('segment_id', '=', row.segment_id)
    .where('version', '=', row.version)
    .executeTakeFirstOrThrow()
  const then = { ...segment, definition: segmentDefinitionSchema.parse(JSON.parse(definition)) }
  return { ...context, segments: new Map([...context.segments, [row.segment_id, then]]) }
}

interface Member {
  id: number
  member: object
}

async function* rowsOf(
  parts: Parts,
  { members, unit, context, columns: asked }: { members: Sql; unit: Subject['unit']; context: CompileContext; columns: string | null },
): AsyncGenerator<Member[]> {
  // The id leads, so that it is known how far the delivery is, whatever was asked for.
  const wanted = asked === null ? undefined : `id,${asked}`
  const { columns, rows } =
    unit === 'account' ? await accountRows(parts, { accounts: members, context }, wanted) : await exportRows(parts, { people: members, context }, wanted)
  const shown = asked === null ? 0 : 1
  for await (const chunk of rows) {
    yield chunk.map(({ cells }) => ({
      id: Number(readStoredValue(cells[0] ?? null)),
      member: Object.fromEntries(columns.slice(shown).map((column, index) => [column, readStoredValue(cells[index + shown] ?? null)])),
    }))
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
  secret: string
  body: string
  batch: number
  signal: AbortSignal
  /** Told of each try, what was answered, and whether it was one more. */
  tried(answer: string, again: boolean): Promise<void>
}

/** The receiver tells repeats by `x-kindred-delivery`. Errors: the last try failed, or it was refused for good. */
async function sendBatch(parts: Parts, { row, secret, body, batch, signal, tried }: Sending): Promise<void> {
  for (let tries = 0; ; tries++) {
    const seconds = Math.floor(Date.now() / 1000)
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
    const headers = { 'x-kindred-signature': `t=${seconds},v1=${signature}`, 'x-kindred-delivery': `${row.id}-${batch}` }
    const answer = await postTo(parts.config, row.url, { body, headers, signal })
    if (!answer.ok) signal.throwIfAborted()
    await tried(answer.said, tries > 0)
    if (answer.ok) return
    const wait = waits[tries]
    if (!answer.again || wait === undefined) throw new Error(`batch ${batch} was not taken: ${answer.said}`)
    await sleep(answer.wait ?? wait, undefined, { signal })
  }
}
