import { bind, render, sql } from '@kindred/engine'
import type { DeletionReceipt, DeletionStep, ErasedPlace } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { rewriting } from '../store/rewriting.ts'
import { countRows, eraseRows, leftInStore, personStoreTables, placeOf, rowsOf } from './erase-store.ts'
import type { EraseThread } from './erase-thread.ts'
import { mirrorConsents } from './mirror-consents.ts'
import { seenValues } from './seen-values.ts'

interface Job {
  parts: Parts
  thread: EraseThread
  id: number
  projectId: number
  requestedAt: number
}
type Step = (job: Job) => Promise<void>

/**
 * What is done with a deletion, step by step; the catalog holds the step that comes next. Each may be interrupted anywhere and is run again from its
 * beginning. From `people` on the people are gone for everyone; the rest takes them out of what is kept.
 */
const steps: Partial<Record<DeletionStep, Step>> = {
  waiting: mark,
  names: forgetNames,
  store: (job) => rewriting(job.parts.store, () => eraseStore(job)),
  log: eraseLog,
  catalog: eraseCatalog,
  check,
  wipe,
}
const order: DeletionStep[] = ['waiting', 'names', 'store', 'log', 'catalog', 'check', 'wipe', 'done']

/** Takes a deletion to its end. Errors: a place could not be cleared; the step stays, to be tried again. */
export async function runDeletion(job: Job, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { step } = await readRow(job)
    const run = steps[step]
    if (run === undefined) return
    signal.throwIfAborted()
    await run(job)
  }
}

/** All that was sent before the request is worked on first, so that the ids it joined are known. */
async function mark(job: Job): Promise<void> {
  await job.parts.ingest.drained()
  await job.thread.ask({ kind: 'mark', id: job.id, now: job.parts.clock() })
  await progress(job, 'names')
}

/** Waits until no insert for the people is on its way, then takes their values out of the samples and remembers their uuids. */
async function forgetNames(job: Job): Promise<void> {
  const { parts, thread, id, projectId } = job
  await parts.ingest.drained()
  // Behind a copying that began before they were gone from the catalog; one that begins now finds nothing of theirs.
  await mirrorConsents(parts)
  let samples = 0
  for await (const seen of seenValues(parts, projectId, await peopleOf(job))) {
    if (seen.uuids.length > 0) await thread.ask({ kind: 'remember', projectId, uuids: seen.uuids })
    if (seen.samples.length > 0) samples += await thread.ask({ kind: 'samples', projectId, samples: seen.samples })
  }
  await addPlaces(job, [{ place: 'samples of properties', removed: samples, left: null }])
  await next({ ...job, id }, 'store')
}

async function eraseStore(job: Job): Promise<void> {
  const { parts, projectId } = job
  const people = await peopleOf(job)
  const lists = await listsOf(job, people)
  for (const [index, table] of personStoreTables.entries()) {
    const where = rowsOf(table, projectId, people)
    const found = await countRows(parts, table, where)
    await addPlaces(job, [{ place: placeOf(table), removed: found, left: null }])
    if (found > 0) await eraseRows(parts, table, where)
    await progress(job, 'store', (index + 1) / personStoreTables.length)
  }
  for (const list of lists) await recountList(job, list)
  await next(job, 'log')
}

async function eraseLog(job: Job): Promise<void> {
  const { thread, id } = job
  const { receipt } = await readRow(job)
  const removed = await thread.ask({ kind: 'log', id, upTo: receipt.position, erase: true }, (share) => void progress(job, 'log', share).catch(() => undefined))
  await addPlaces(job, [{ place: 'log', removed, left: null }])
  await next(job, 'catalog')
}

async function eraseCatalog(job: Job): Promise<void> {
  const until = job.parts.clock()
  await addPlaces(job, await job.thread.ask({ kind: 'aside', id: job.id, until, erase: true }))
  await next(job, 'check')
}

/** Searches every place again. Errors: something is left, which the receipt then tells. */
async function check(job: Job): Promise<void> {
  const { parts, thread, id, projectId } = job
  const { receipt } = await readRow(job)
  const people = await peopleOf(job)
  const aside = await thread.ask({ kind: 'aside', id, until: parts.clock(), erase: false })
  const found: ErasedPlace[] = [
    ...(await leftInStore(parts, projectId, people)),
    ...(await thread.ask({ kind: 'rows', id })),
    { place: 'log', removed: 0, left: await thread.ask({ kind: 'log', id, upTo: receipt.position, erase: false }) },
    ...aside.map(({ place, removed }) => ({ place, removed: 0, left: removed })),
  ]
  const places = receipt.places.map((each) => ({ ...each, left: found.find(({ place }) => place === each.place)?.left ?? each.left }))
  await saveReceipt(job, { ...receipt, places })
  const left = places.filter((each) => (each.left ?? 0) > 0)
  if (left.length > 0) throw new Error(`something is left in ${left.map(({ place }) => place).join(', ')}`)
  await thread.ask({ kind: 'close', id, receipt: { ...receipt, places } })
}

async function wipe(job: Job): Promise<void> {
  const { receipt } = await readRow(job)
  const wiped = await job.thread.ask({ kind: 'wipe' })
  await saveReceipt(job, { ...receipt, wiped: ['replaced parts of the store removed', ...wiped] })
  const { catalog, clock } = job.parts
  await catalog.updateTable('deletions').set({ state: 'done', step: 'done', progress: 1, ended_at: clock(), error: null }).where('id', '=', job.id).execute()
}

async function readRow({ parts, id }: Job): Promise<{ step: DeletionStep; receipt: DeletionReceipt }> {
  const row = await parts.catalog.selectFrom('deletions').select(['step', 'receipt']).where('id', '=', id).executeTakeFirstOrThrow()
  return { step: row.step as DeletionStep, receipt: JSON.parse(row.receipt) as DeletionReceipt }
}

async function peopleOf({ parts, id }: Job): Promise<number[]> {
  const rows = await parts.catalog.selectFrom('deletion_people').select('person_id').where('deletion_id', '=', id).execute()
  return rows.map(({ person_id }) => person_id)
}

/** A step that is run again finds less than the first time: the larger count is what there was. */
async function addPlaces(job: Job, found: readonly ErasedPlace[]): Promise<void> {
  const { receipt } = await readRow(job)
  const places = [...receipt.places]
  for (const each of found) {
    const known = places.findIndex(({ place }) => place === each.place)
    const before = places[known]
    if (before === undefined) places.push(each)
    else places[known] = { ...before, removed: Math.max(before.removed, each.removed) }
  }
  await saveReceipt(job, { ...receipt, places })
}

async function saveReceipt({ parts, id }: Job, receipt: DeletionReceipt): Promise<void> {
  await parts.catalog
    .updateTable('deletions')
    .set({ receipt: JSON.stringify(receipt) })
    .where('id', '=', id)
    .execute()
}

async function next(job: Job, step: DeletionStep): Promise<void> {
  await job.parts.catalog.updateTable('deletions').set({ step }).where('id', '=', job.id).execute()
  await progress(job, step)
}

async function progress({ parts, id }: Job, step: DeletionStep, share = 0): Promise<void> {
  const done = Math.min(1, (order.indexOf(step) + share) / (order.length - 1))
  await parts.catalog.updateTable('deletions').set({ progress: done }).where('id', '=', id).execute()
}

async function listsOf({ parts, projectId }: Job, people: readonly number[]): Promise<number[]> {
  const rows = await parts.store.query<{ id: string }>(
    render(sql`select distinct segment_id as id from kindred.segment_lists where ${rowsOf('segment_lists', projectId, people)}`),
  )
  return rows.map(({ id }) => Number(id))
}

async function recountList({ parts, projectId }: Job, segment: number): Promise<void> {
  const [row] = await parts.store.query<{ n: string }>(
    render(
      sql`select uniqExact(person_id) as n from kindred.segment_lists where project_id = ${bind('UInt32', projectId)} and segment_id = ${bind('UInt64', segment)}`,
    ),
  )
  await parts.catalog
    .updateTable('segments')
    .set({ count: Number(row?.n ?? 0) })
    .where('id', '=', segment)
    .where('project_id', '=', projectId)
    .execute()
}
