import type { CapturedEvent, DropReason } from '@kindred/model'
import type Database from 'better-sqlite3'
import { elementTexts } from '../capture/deep-json.ts'
import { parseJson } from '../capture/json.ts'
import type { ErasedEntry } from '../log/log.ts'

/** What is erased from the log: entries of one project at or below a position. */
export interface LogErasure {
  projectId: number
  upTo: number
  reason: DropReason
  /** A quick look at a chunk: false where no entry in it is erased. */
  mayHold(text: string, receivedAt: number): boolean
  /** Whether one entry is erased; `text` is its JSON. */
  isErased(text: string, receivedAt: number): boolean
}
interface Chunk {
  first: number
  count: number
  receivedAt: number
  text: string
}
interface ErasedChunk {
  first: number
  text: string
  uuids: string[]
  erased: number
}

/** Chunks that are written in one go: senders wait for so long at most. */
const chunksAtOnce = 16

/** How many entries the erasure is about. */
export function countInLog(log: Database.Database, erasure: LogErasure): number {
  let found = 0
  for (const chunk of chunksOf(log, erasure)) found += erasedChunk(chunk, erasure)?.erased ?? 0
  return found
}

/**
 * Empties the entries in place, so that positions stay dense, and remembers their uuids for ever: sent again they are repeats. Each few chunks are one
 * transaction; run again it goes on where it was. Answers how many entries were emptied.
 */
export function eraseFromLog(log: Database.Database, erasure: LogErasure, onProgress: (share: number) => void): number {
  let erased = 0
  let waiting: ErasedChunk[] = []
  const write = writer(log, erasure.projectId)
  for (const chunk of chunksOf(log, erasure)) {
    const changed = erasedChunk(chunk, erasure)
    if (changed === null) continue
    erased += changed.erased
    waiting.push(changed)
    if (waiting.length < chunksAtOnce) continue
    write(waiting)
    waiting = []
    onProgress(chunk.first / Math.max(1, erasure.upTo))
  }
  write(waiting)
  return erased
}

/** Remembers uuids for ever: an event that comes with one of them is a repeat. */
export function rememberUuids(log: Database.Database, projectId: number, uuids: readonly string[]): void {
  const insert = log.prepare<[Buffer, number]>('insert or ignore into seen_permanent (uuid, project_id) values (?, ?)')
  log.transaction(() => {
    for (const uuid of uuids) insert.run(Buffer.from(uuid.replaceAll('-', ''), 'hex'), projectId)
  })()
}

function writer(log: Database.Database, projectId: number): (chunks: readonly ErasedChunk[]) => void {
  const update = log.prepare<[string, number]>('update chunks set events = ? where first = ?')
  const run = log.transaction((chunks: readonly ErasedChunk[]) => {
    rememberUuids(
      log,
      projectId,
      chunks.flatMap(({ uuids }) => uuids),
    )
    for (const { first, text } of chunks) update.run(text, first)
  })
  return (chunks) => {
    if (chunks.length > 0) run.immediate(chunks)
  }
}

/** A few at a time, each time anew: a statement that stays open would keep the journal from being folded. */
function* chunksOf(log: Database.Database, { projectId, upTo }: LogErasure): Iterable<Chunk> {
  const next = log.prepare<[number, number, number], Chunk>(
    'select first, count, received_at as receivedAt, events as text from chunks where project_id = ? and first > ? and first <= ? order by first limit 8',
  )
  for (let after = 0; ; ) {
    const chunks = next.all(projectId, after, upTo)
    yield* chunks
    const last = chunks.at(-1)
    if (last === undefined) return
    after = last.first
  }
}

function erasedChunk(chunk: Chunk, erasure: LogErasure): ErasedChunk | null {
  const { first, text, receivedAt } = chunk
  if (!erasure.mayHold(text, receivedAt)) return null
  const marker = JSON.stringify({ erased: erasure.reason } satisfies ErasedEntry)
  const uuids: string[] = []
  let erased = 0
  const entries = elementTexts(text).map((entry, index) => {
    if (first + index > erasure.upTo || entry.startsWith('{"erased":') || !erasure.isErased(entry, receivedAt)) return entry
    erased += 1
    const uuid = uuidOf(entry)
    if (uuid !== null) uuids.push(uuid)
    return marker
  })
  return erased === 0 ? null : { first, text: `[${entries.join(',')}]`, uuids, erased }
}

function uuidOf(text: string): string | null {
  return eventOf(text)?.uuid ?? null
}

/** The event in an entry of the log, also one that is sent again; undefined for what could not be read. */
export function eventOf(text: string): Partial<CapturedEvent> | undefined {
  try {
    const entry = parseJson(text) as unknown as Partial<CapturedEvent> & { event?: unknown; reject?: unknown }
    if (entry.reject !== undefined) return undefined
    return typeof entry.event === 'object' ? (entry.event as Partial<CapturedEvent>) : entry
  } catch {
    return undefined
  }
}
