/**
 * Set up before the server's tests: builds the server where it is stale, so that worker threads come from the bundle. From source each of them would load
 * TypeScript first, which takes longer than most tests.
 */
import { join } from 'node:path'
import { buildStale } from './build.mjs'

/** What tells a process that runs from source where its worker threads are. */
export const builtWorkers = { KINDRED_WORKERS: join(import.meta.dirname, '../packages/server/dist') }

export async function setup() {
  await buildStale(['server'])
  Object.assign(process.env, builtWorkers)
}
