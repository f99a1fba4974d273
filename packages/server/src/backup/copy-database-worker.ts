import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Copies a database that others write to, in one step and so as it was at one moment, and answers when it is done. */
export interface CopyOrder {
  from: string
  to: string
  /** Of a log: the catalog in the backup is at this position, so nothing after it may be missing. */
  stored?: number
}
/** `position`: the last of a log. */
export type CopyAnswer = { position: number } | { error: string }

const allPages = 0x7fff_ffff

async function copy({ from, to, stored }: CopyOrder): Promise<CopyAnswer> {
  const source = new Database(from, { readonly: true, timeout: 30_000 })
  try {
    await source.backup(to, { progress: () => allPages })
  } finally {
    source.close()
  }
  const made = new Database(to)
  try {
    // One file, with nothing beside it.
    made.pragma('journal_mode = delete')
    return { position: stored === undefined ? 0 : settleLog(made, stored) }
  } finally {
    made.close()
  }
}

/** The log of the backup knows no consumer further than the catalog beside it, or it might trim what that has not seen. */
function settleLog(log: Database.Database, stored: number): number {
  log.prepare('update consumers set position = min(position, ?)').run(stored)
  const position = log.prepare<[], { value: number }>(`select value from state where name = 'position'`).get()?.value ?? 0
  const next = log.prepare<[number], { first: number }>('select first from chunks where first > ? order by first limit 1').get(stored)
  if (position > stored && next?.first !== stored + 1) throw new Error('the log was trimmed meanwhile; make the backup again')
  return position
}

copy(workerData as CopyOrder).then(
  (answer) => parentPort?.postMessage(answer),
  (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies CopyAnswer),
)
