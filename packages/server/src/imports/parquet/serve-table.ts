import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { KindredError } from '@kindred/model'
import type { TablePiece, TableSource } from '../../capture/import/table-rows.ts'
import type { Parts } from '../../parts.ts'
import { workFolder } from '../work-folder.ts'
import { addPageIndex, parquetMagic } from './page-index.ts'

/** A table that the import thread can read, for as long as it needs it. */
export interface ServedTable {
  source: TableSource
  close(): Promise<void>
}

/** The engine reads these in a path as a pattern of many files. */
const patternSigns = /[*?{]/

/**
 * The file as a table where it is Parquet, else undefined. The engine is given a link or a copy with a name of ours, never a path that somebody wrote.
 * Errors: `import/unreadable`.
 */
export async function serveTable({ config, store }: Pick<Parts, 'config' | 'store'>, path: string): Promise<ServedTable | undefined> {
  if (!(await isParquet(path))) return undefined
  const folder = workFolder({ config })
  if (patternSigns.test(folder)) throw unreadable('the path of the data directory has a *, ? or { in it, which Parquet files cannot be read below')
  await mkdir(folder, { recursive: true })
  const link = join(folder, `${randomUUID()}.parquet`)
  try {
    if (!(await addPageIndex(path, link))) {
      await rm(link, { force: true })
      await symlink(path, link)
    }
    const table = await store.openTable(link)
    const { port1, port2 } = new MessageChannel()
    const pieces = table.lines()[Symbol.asyncIterator]()
    port1.on('message', () => void answer(pieces).then((piece) => port1.postMessage(piece, transferOf(piece))))
    port1.once('close', () => void end(pieces))
    const { size } = await stat(path)
    return {
      source: { port: port2, columns: table.columns, rows: table.rows, bytes: size },
      async close() {
        port1.close()
        await end(pieces)
        await rm(link, { force: true })
      },
    }
  } catch (error) {
    await rm(link, { force: true })
    throw brokenTable(error)
  }
}

type Pieces = AsyncIterator<Uint8Array>

async function answer(pieces: Pieces): Promise<TablePiece> {
  try {
    const next = await pieces.next()
    // A copy: what the engine gave lies in memory of its own.
    return { lines: next.done === true ? null : new Uint8Array(next.value) }
  } catch (error) {
    const { code, details } = brokenTable(error)
    return { code, details }
  }
}

/** Frees the engine's session, also in the middle. */
async function end(pieces: Pieces): Promise<void> {
  await pieces.return?.().catch(() => undefined)
}

function transferOf(piece: TablePiece): ArrayBuffer[] {
  return 'lines' in piece && piece.lines !== null ? [piece.lines.buffer as ArrayBuffer] : []
}

async function isParquet(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === parquetMagic
  } finally {
    await file.close()
  }
}

/** What the engine says of the file, without its paths. */
function brokenTable(error: unknown): KindredError {
  const text = error instanceof Error ? error.message : String(error)
  const said = [...text.matchAll(/DB::Exception: ([^\n]*?)(?:\. \(|: \(in file|\(in file|$)/gm)].at(-1)?.[1] ?? text.split('\n')[0] ?? ''
  if (/memory limit exceeded/i.test(said)) {
    return unreadable(
      'a column of its Parquet data takes more memory at once than a question may; write it with fewer rows in a group, or raise KINDRED_QUERY_MEMORY_MB',
      error,
    )
  }
  return unreadable(`its Parquet data is broken or cut off (${said.slice(0, 200)})`, error)
}

function unreadable(reason: string, cause?: unknown): KindredError {
  return new KindredError('import/unreadable', { reason }, { cause })
}
