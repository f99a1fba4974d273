import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { KindredError } from '@kindred/model'
import type { Config } from '../config.ts'
import { holdDirectory, type Instance, readInstance } from '../http/instance.ts'

/** A server that is starting says where it listens within this time, in milliseconds; it is looked at this often. */
const longestStart = 60_000
const startLook = 200

/** A Kindred to talk HTTP to, and what proves that the command line may. */
export interface InstanceClient {
  url: string
  authorization: string
}

/**
 * Runs `work` against the Kindred that holds the data directory; where none does, one is started for as long as the work takes.
 * So every command has one way to do its work, whether a server runs or not.
 */
export async function withInstance<Result>(options: { config: Config; webFolder: string }, work: (client: InstanceClient) => Promise<Result>): Promise<Result> {
  const running = await listening(options.config.dataDir)
  if (running !== undefined) return work({ url: running.url, authorization: `Bearer ${running.secret}` })
  // To load the server takes a second, which a command beside a running one need not wait for.
  const { startKindred } = await import('../main.ts')
  const kindred = await startKindred({ ...options, config: { ...options.config, host: '127.0.0.1', port: 0, logLevel: 'warn' } })
  const own = readInstance(options.config.dataDir)
  try {
    return await work({ url: kindred.url, authorization: `Bearer ${own?.secret ?? ''}` })
  } finally {
    await kindred.close()
  }
}

/** The live instance that holds `dataDir`, once it says where it listens; undefined where there is none. Errors: it does not within a minute. */
async function listening(dataDir: string): Promise<Instance | undefined> {
  const deadline = Date.now() + longestStart
  for (;;) {
    const running = runningInstance(dataDir)
    if (running === undefined || running.url !== '') return running
    if (Date.now() > deadline) throw new KindredError('server/data-in-use', { dir: dataDir, pid: running.pid, url: 'an address not known yet' })
    await sleep(startLook)
  }
}

/** The live instance that holds `dataDir`, or undefined. A file left by a killed process does not count: its lock is free. */
export function runningInstance(dataDir: string): Instance | undefined {
  if (!existsSync(dataDir)) return undefined
  try {
    holdDirectory(dataDir).release()
    return undefined
  } catch (error) {
    if (error instanceof KindredError && error.code === 'server/data-in-use') return readInstance(dataDir)
    throw error
  }
}
