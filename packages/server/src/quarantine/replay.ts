import { KindredError, type QuarantineOutcome, type QuarantineReplayed, type QuarantineSelection, type Source } from '@kindred/model'
import { packEntries } from '../log/entry.ts'
import type { LogEntry } from '../log/log.ts'
import type { Parts } from '../parts.ts'
import { readAgain, type SetAsideEvent } from './read-again.ts'
import { selected } from './select.ts'

/** An event that is on its way may be sent again after this: its process may have ended before the log had it. Sent twice, it still goes on once. */
const underway = 60_000
/** How long an answer waits for the outcome. */
const longestWait = 10_000
const pageSize = 500
const pageBytes = 4 * 1024 * 1024
const columns = ['id', 'source', 'form', 'context', 'received_at', 'body'] as const

/**
 * Sends one set-aside event through the pipeline again, with the body `text` or as it is. Errors: `quarantine/not-found` (it may have gone on already),
 * `quarantine/underway`, `quarantine/unreadable`, `quarantine/duplicate`.
 */
export async function replayOne(parts: Parts, { projectId, id }: { projectId: number; id: number }, text?: string): Promise<QuarantineOutcome> {
  const row = await parts.catalog.selectFrom('quarantine').select(columns).where('id', '=', id).where('project_id', '=', projectId).executeTakeFirst()
  if (row === undefined) throw new KindredError('quarantine/not-found', { id })
  const entry = readAgain(row, text ?? row.body)
  const [marked] = await mark(parts, [id])
  if (marked === undefined) throw new KindredError('quarantine/underway', { id })
  if ((await append(parts, { projectId, source: row.source, entries: [entry] })) > 0) {
    await unmark(parts, [id])
    throw new KindredError('quarantine/duplicate', { uuid: entry.uuid ?? '' })
  }
  if (!(await settled(parts))) return { state: 'underway' }
  const still = await parts.catalog.selectFrom('quarantine').select(['reason', 'detail']).where('id', '=', id).executeTakeFirst()
  return still === undefined ? { state: 'taken' } : { state: 'set-aside', reason: still.reason, detail: still.detail }
}

/** Set-aside events of a project. */
interface Chosen {
  projectId: number
  selection: QuarantineSelection
}

/** What is done with each event before it is sent, and who wants to know how far it is. */
interface ReplayOptions {
  /** The body to send in place of the one that was set aside. */
  bodyOf?: (row: SetAsideEvent) => string
  onPage?: (soFar: { sent: number; unreadable: number }) => void | Promise<void>
}

/** Sends all that are selected again, oldest first, as they are or corrected. What still cannot be read stays where it is. */
export async function replayAll(parts: Parts, { projectId, selection }: Chosen, options: ReplayOptions = {}): Promise<QuarantineReplayed> {
  const { catalog } = parts
  const { last } = await selected(catalog, projectId, selection)
    .select(({ fn }) => fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow()
  let [sent, unreadable] = [0, 0]
  for await (const rows of pagesOf(parts, { projectId, selection }, last ?? 0)) {
    const page = await replayPage(parts, { projectId, rows }, options.bodyOf)
    sent += page.sent
    unreadable += page.unreadable
    await options.onPage?.({ sent, unreadable })
  }
  const done = sent === 0 || (await settled(parts))
  const { left } = await selected(catalog, projectId, selection)
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('id', '<=', last ?? 0)
    .executeTakeFirstOrThrow()
  return { sent, unreadable, left, done }
}

/** The set-aside events of a selection up to the one with the id `last`, oldest first, as many at once as may be in memory. */
export async function* pagesOf({ catalog }: Pick<Parts, 'catalog'>, { projectId, selection }: Chosen, last: number) {
  let after = 0
  for (;;) {
    const sizes = await selected(catalog, projectId, selection)
      .select(['id', 'bytes'])
      .where('id', '>', after)
      .where('id', '<=', last)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    const ids = withinBytes(sizes)
    if (ids.length === 0) return
    after = ids.at(-1) ?? after
    yield await catalog.selectFrom('quarantine').select(columns).where('id', 'in', ids).where('project_id', '=', projectId).orderBy('id').execute()
  }
}

async function replayPage(
  parts: Parts,
  { projectId, rows }: { projectId: number; rows: SetAsideEvent[] },
  bodyOf: ReplayOptions['bodyOf'],
): Promise<{ sent: number; unreadable: number }> {
  const marked = new Set(
    await mark(
      parts,
      rows.map(({ id }) => id),
    ),
  )
  const bySource = new Map<string, LogEntry[]>()
  const failed: number[] = []
  for (const row of rows) {
    if (!marked.has(row.id)) continue
    const entry = readable(row, bodyOf?.(row) ?? row.body)
    if (entry === null) failed.push(row.id)
    else bySource.set(row.source, [...(bySource.get(row.source) ?? []), entry])
  }
  await unmark(parts, failed)
  let sent = 0
  for (const [source, entries] of bySource) {
    await append(parts, { projectId, source, entries })
    sent += entries.length
  }
  return { sent, unreadable: failed.length }
}

function readable(row: SetAsideEvent, body: string): LogEntry | null {
  try {
    return readAgain(row, body)
  } catch (error) {
    if (error instanceof KindredError) return null
    throw error
  }
}

/** As many of the next as may be in memory at once; at least one. */
function withinBytes(sizes: readonly { id: number; bytes: number }[]): number[] {
  let bytes = 0
  const fitting = sizes.filter((row, index) => {
    bytes += row.bytes
    return index === 0 || bytes <= pageBytes
  })
  return fitting.map(({ id }) => id)
}

/** Notes that they are on their way; answers those that were not. */
async function mark({ catalog, clock }: Parts, ids: number[]): Promise<number[]> {
  const now = clock()
  const rows = await catalog
    .updateTable('quarantine')
    .set({ replaying_at: now })
    .where('id', 'in', ids)
    .where((where) => where.or([where('replaying_at', 'is', null), where('replaying_at', '<', now - underway), where('replaying_at', '>', now)]))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function unmark({ catalog }: Parts, ids: number[]): Promise<void> {
  if (ids.length > 0) await catalog.updateTable('quarantine').set({ replaying_at: null }).where('id', 'in', ids).execute()
}

/** Answers how many were duplicates. */
async function append({ ingest }: Parts, batch: { projectId: number; source: string; entries: readonly LogEntry[] }): Promise<number> {
  const { projectId, source, entries } = batch
  const { duplicates } = await ingest.append({ projectId, source: source as Source, events: packEntries(entries) })
  return duplicates
}

/** True once all that is in the log is in the store; false where that takes long. */
async function settled({ ingest }: Parts): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), longestWait)
  })
  try {
    return await Promise.race([ingest.drained().then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
