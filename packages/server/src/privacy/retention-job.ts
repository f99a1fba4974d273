import { bind, render, type Sql, sql } from '@kindred/engine'
import type { ErasedPlace } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { rewriting } from '../store/rewriting.ts'
import { forgetKeepings } from '../traits/kept/keepings.ts'
import { countRows, eraseRows, placeOf } from './erase-store.ts'
import type { EraseThread } from './erase-thread.ts'

type Run = Selectable<CatalogTables['retention_runs']>

const dayMilliseconds = 86_400_000
/** Each project's old events are deleted once a day. */
export const retentionEvery = dayMilliseconds

/** Events before this are too old: whole days of UTC, so that a day goes as one. */
export function retentionLimit(days: number, now: number): number {
  return Math.floor(now / dayMilliseconds - days) * dayMilliseconds
}

/** The project's events that happened before, as far as the log was worked on. */
export function eventsBefore(projectId: number, before: number, position: number): Sql {
  return sql`project_id = ${bind('UInt32', projectId)} and timestamp < fromUnixTimestamp64Milli(${bind('Int64', before)}) and position <= ${bind('UInt64', position)}`
}

/** Writes down a run for each project whose last one is a day ago. */
export async function dueRetention(parts: Parts): Promise<void> {
  const now = parts.clock()
  const due = await parts.catalog
    .selectFrom('retention')
    .select(['project_id', 'days'])
    .where('days', 'is not', null)
    .where((where) => where.or([where('ran_at', 'is', null), where('ran_at', '<=', now - retentionEvery)]))
    .execute()
  for (const { project_id: projectId, days } of due) if (days !== null) await addRun(parts, { projectId, days, by: 'schedule' })
}

/** A run from now on; one that waits already is enough. */
export async function addRun({ catalog, clock, ingest }: Parts, { projectId, days, by }: { projectId: number; days: number; by: string }): Promise<void> {
  const now = clock()
  await catalog.transaction().execute(async (transaction) => {
    await transaction.updateTable('retention').set({ ran_at: now }).where('project_id', '=', projectId).execute()
    await transaction
      .insertInto('retention_runs')
      .values({
        project_id: projectId,
        state: 'running',
        days,
        before: retentionLimit(days, now),
        position: ingest.watermark(),
        removed: '[]',
        requested_by: by,
        created_at: now,
      })
      .execute()
  })
}

export async function nextRetentionRun(parts: Parts): Promise<((thread: EraseThread, signal: AbortSignal) => Promise<void>) | undefined> {
  const run = await parts.catalog.selectFrom('retention_runs').selectAll().where('state', '=', 'running').orderBy('id').limit(1).executeTakeFirst()
  return run === undefined ? undefined : (thread, signal) => runRetention(parts, run, { thread, signal })
}

/** Deletes the events of a run from the store and the log. It may be interrupted and run again. */
async function runRetention(parts: Parts, run: Run, { thread, signal }: { thread: EraseThread; signal: AbortSignal }): Promise<void> {
  const { catalog, clock } = parts
  const save = (set: Partial<Run>) => catalog.updateTable('retention_runs').set(set).where('id', '=', run.id).execute()
  try {
    const known = JSON.parse(run.removed) as ErasedPlace[]
    const where = eventsBefore(run.project_id, run.before, run.position)
    const found = await countRows(parts, 'events', where)
    const events = { place: placeOf('events'), removed: Math.max(found, known[0]?.removed ?? 0), left: null }
    await save({ removed: JSON.stringify([events]) })
    if (found > 0) {
      await takeFromActivity(parts, run, where)
      await rewriting(parts.store, () => eraseEvents(parts, run, where))
    }
    const task = { kind: 'expire', projectId: run.project_id, upTo: run.position, before: run.before } as const
    const removed = await thread.ask({ ...task, erase: true })
    const log = { place: 'log', removed, left: await thread.ask({ ...task, erase: false }) }
    const receipt = [{ ...events, left: await countRows(parts, 'events', where) }, log]
    await save({ state: 'done', removed: JSON.stringify(receipt), ended_at: clock() })
  } catch (error) {
    if (signal.aborted) return
    console.error(`retention run ${run.id} failed`, error)
    await save({ state: 'failed', ended_at: clock(), error: error instanceof Error ? error.message : String(error) })
  }
}

/** Before the events goes what is kept of them: what traits come to is made anew of those that are left. */
async function eraseEvents(parts: Parts, { project_id: projectId }: Run, where: Sql): Promise<void> {
  await forgetKeepings(parts, projectId)
  await eraseRows(parts, 'trait_states', sql`project_id = ${bind('UInt32', projectId)}`)
  await eraseRows(parts, 'events', where)
}

/**
 * Takes the events off the number that people are shown with. Sums of 64 bits without a sign come around at 2^64, so adding the complement
 * subtracts. When somebody was first and last seen stays: it is known of the person. The token makes a second run add nothing.
 */
async function takeFromActivity({ store }: Parts, run: Run, where: Sql): Promise<void> {
  await store.command(
    render(sql`insert into kindred.person_activity (project_id, person_id, first_seen, last_seen, events) settings insert_deduplication_token = ${bind('String', `retention:${run.id}`)}
select project_id, actor_id, min(timestamp), max(timestamp), toUInt64(-toInt64(count())) from kindred.events where ${where} group by project_id, actor_id`),
    { seconds: 3600 },
  )
}
