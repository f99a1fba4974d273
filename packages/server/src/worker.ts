import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a worker thread from its file beside the caller: `startWorker(new URL('./log-worker.ts', import.meta.url))`.
 * From source the thread loads TypeScript first; in the bundle every worker is a `.js` file of its own beside the rest.
 */
export function startWorker(file: URL, options: WorkerOptions = {}): Worker {
  if (import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker-from-source.mjs', import.meta.url), { ...options, argv: [file.href] })
  const name = file.pathname.slice(file.pathname.lastIndexOf('/') + 1).replace(/\.ts$/, '.js')
  return new Worker(new URL(`./${name}`, import.meta.url), options)
}
