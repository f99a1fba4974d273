import { join } from 'node:path'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a worker thread from its file beside the caller: `startWorker(new URL('./log-worker.ts', import.meta.url))`. In the bundle every worker is a `.js` file of
 * its own beside the rest. From source the thread loads TypeScript first, unless `KINDRED_WORKERS` names the folder of a bundle made of the same source.
 */
export function startWorker(file: URL, options: WorkerOptions = {}): Worker {
  const name = file.pathname.slice(file.pathname.lastIndexOf('/') + 1).replace(/\.ts$/, '.js')
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}`, import.meta.url), options)
  const built = process.env.KINDRED_WORKERS
  if (built !== undefined) return new Worker(join(built, name), options)
  return new Worker(new URL('./worker-from-source.mjs', import.meta.url), { ...options, argv: [file.href] })
}
