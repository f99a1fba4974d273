import { type BoundValue, type RenderedSql, raw, render } from '@kindred/engine'
import { nowAndThen } from '../now-and-then.ts'
import type { Parts } from '../parts.ts'
import { rewriting } from '../store/rewriting.ts'

type FoldParts = Pick<Parts, 'catalog' | 'store' | 'ingest' | 'clock'>

const consumer = 'folding'
/** What belongs to a person by the column that is rewritten. */
const foldedTables = ['events', 'trait_states']
/** Merges of one folding: the table they are looked up in is held in memory while events are rewritten. */
const mostMerges = 1_000_000
/** So many merges are worth rewriting events for at once; fewer wait for the day to pass. */
const worthwhile = 10_000
const lookEvery = 10 * 60_000
const foldAtLeastEvery = 24 * 3_600_000
const pollEvery = 200
/** A rewriting of many events takes its time; the next look finds it under way. */
const longestWait = 3600

/**
 * Writes merges into the events themselves, so that questions need not look them up: events of a merged person, and what is kept of them, get the id of whom
 * the person became. Everything at or below the answered log position is folded; merges after it are still looked up. A folding that is cut short is done
 * again, which changes nothing twice.
 */
export function foldMerges(parts: Pick<FoldParts, 'catalog' | 'store' | 'ingest'>, stop?: AbortSignal): Promise<number> {
  return rewriting(parts.store, () => fold(parts, stop))
}

async function fold({ catalog, store, ingest }: Pick<FoldParts, 'catalog' | 'store' | 'ingest'>, stop?: AbortSignal): Promise<number> {
  const from = await foldedThrough({ catalog })
  // What is at or below the watermark is in the store, so no event with an older id can come after the rewriting.
  const through = await lastMerge({ store }, from, ingest.watermark())
  if (through === undefined || (await isRewriting({ store }))) return from
  await store.command(statement('truncate table kindred.merges_to_fold'))
  await store.command(
    statement(
      `insert into kindred.merges_to_fold select from_id, argMax(to_id, version) from kindred.person_overrides
       where version > {from:UInt64} and version <= {through:UInt64} group by from_id`,
      { from, through },
    ),
  )
  for (const table of foldedTables) {
    await store.command(
      statement(`alter table kindred.${table} update person_id = joinGet('kindred.merges_to_fold', 'to_id', person_id)
       where person_id in (select from_id from kindred.merges_to_fold)`),
    )
  }
  for (const end = Date.now() + longestWait * 1000; await isRewriting({ store }); ) {
    // The engine goes on with what it has begun; only the note that it is done is left to the next folding.
    if (Date.now() > end || stop?.aborted === true) return from
    await new Promise((resolve) => setTimeout(resolve, pollEvery))
  }
  await catalog
    .insertInto('offsets')
    .values({ consumer, position: through })
    .onConflict((conflict) => conflict.column('consumer').doUpdateSet({ position: through }))
    .execute()
  return through
}

/** Merges at or below this log position are in the events themselves. */
export async function foldedThrough({ catalog }: Pick<Parts, 'catalog'>): Promise<number> {
  const row = await catalog.selectFrom('offsets').select('position').where('consumer', '=', consumer).executeTakeFirst()
  return row?.position ?? 0
}

/** Folds in the background: soon where many merges have gathered, once a day otherwise. Answers how to end it. */
export function foldNowAndThen(parts: FoldParts): () => Promise<void> {
  let foldedAt = parts.clock()
  const run = async (stop: AbortSignal) => {
    const waiting = await mergesAfter(parts, await foldedThrough(parts))
    if (waiting === 0 || (waiting < worthwhile && parts.clock() - foldedAt < foldAtLeastEvery)) return
    await foldMerges(parts, stop)
    foldedAt = parts.clock()
  }
  return nowAndThen({ every: lookEvery, trouble: 'merges could not be written into the events', run })
}

async function mergesAfter({ catalog }: Pick<Parts, 'catalog'>, position: number): Promise<number> {
  const { merges } = await catalog
    .selectFrom('person_merges')
    .select((select) => select.fn.countAll<number>().as('merges'))
    .where('position', '>', position)
    .executeTakeFirstOrThrow()
  return Number(merges)
}

/** The position up to which the next folding goes, or undefined where there is nothing to fold. */
async function lastMerge({ store }: Pick<Parts, 'store'>, from: number, watermark: number): Promise<number | undefined> {
  const [row] = await store.query<{ merges: string; last: string }>(
    statement(
      `select count() as merges, max(version) as last from (select version from kindred.person_overrides
       where version > {from:UInt64} and version <= {watermark:UInt64} order by version limit {most:UInt64} with ties)`,
      { from, watermark, most: mostMerges },
    ),
  )
  return row === undefined || Number(row.merges) === 0 ? undefined : Number(row.last)
}

async function isRewriting({ store }: Pick<Parts, 'store'>): Promise<boolean> {
  const [row] = await store.query<{ open: string }>(
    statement(`select count() as open from system.mutations where database = 'kindred' and table in {tables:Array(String)} and not is_done`, {
      tables: foldedTables,
    }),
  )
  return Number(row?.open ?? 0) > 0
}

function statement(text: string, params: Record<string, BoundValue> = {}): RenderedSql {
  return { ...render(raw(text)), params }
}
