import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KindredError } from '@kindred/model'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { randomSecret } from '../auth/secrets.ts'

/** What the process that holds a data directory says of itself, for the command line of the same machine. */
const instanceSchema = z.object({ pid: z.number().int(), url: z.string(), secret: z.string() })
export type Instance = z.infer<typeof instanceSchema>

export interface HeldDirectory {
  secret: string
  /** Says where the server listens, once it does. */
  announce(url: string): void
  release(): void
}

const instanceFile = (dataDir: string) => join(dataDir, 'instance.json')

/**
 * Holds `dataDir` for this process. The lock is one of SQLite's on a file, so the system gives it back however the process ends.
 * Errors: `server/data-in-use`, which names the holder.
 */
export function holdDirectory(dataDir: string): HeldDirectory {
  const lock = new Database(join(dataDir, 'lock.sqlite'), { timeout: 0 })
  try {
    lock.pragma('locking_mode = exclusive')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    const holder = readInstance(dataDir)
    throw new KindredError(
      'server/data-in-use',
      { dir: dataDir, pid: holder?.pid ?? 'unknown', url: holder?.url || 'an address not known yet' },
      { cause: error },
    )
  }
  const secret = randomSecret()
  const write = (url: string) => writeFileSync(instanceFile(dataDir), JSON.stringify({ pid: process.pid, url, secret }), { mode: 0o600 })
  write('')
  return {
    secret,
    announce: write,
    release() {
      rmSync(instanceFile(dataDir), { force: true })
      lock.close()
    },
  }
}

/** The instance that holds `dataDir`, as far as its file says; the process may be gone. */
export function readInstance(dataDir: string): Instance | undefined {
  try {
    const parsed = instanceSchema.safeParse(JSON.parse(readFileSync(instanceFile(dataDir), 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
