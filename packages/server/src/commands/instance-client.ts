import { existsSync } from 'node:fs'
import { KindredError } from '@kindred/model'
import type { Config } from '../config.ts'
import { holdDirectory, type Instance, readInstance } from '../http/instance.ts'
import { startKindred } from '../main.ts'

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
  const running = runningInstance(options.config.dataDir)
  if (running !== undefined) return work({ url: running.url, authorization: `Bearer ${running.secret}` })
  const kindred = await startKindred({ ...options, config: { ...options.config, host: '127.0.0.1', port: 0, logLevel: 'warn' } })
  const own = readInstance(options.config.dataDir)
  try {
    return await work({ url: kindred.url, authorization: `Bearer ${own?.secret ?? ''}` })
  } finally {
    await kindred.close()
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
