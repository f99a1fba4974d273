import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { DemoProgress } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { startWorker } from '../worker.ts'
import { createDemoProject } from './demo-project.ts'
import { saveExamples } from './examples.ts'
import { type DemoJob, findDemoJob, saveDemoJob } from './job.ts'
import type { Simulation } from './simulate.ts'
import type { SimulatedBatch } from './simulate-worker.ts'

export interface DemoOptions {
  onProgress?: (progress: DemoProgress) => void
  /** How large a shop. Left out: 5,000 people over 26 months, about 400,000 events. */
  people?: number | undefined
  months?: number | undefined
}

/** Where the events come from: a thread of its own, one batch ahead of the log. */
interface Source {
  next(): Promise<SimulatedBatch>
  close(): Promise<void>
}

interface Load {
  finished: Promise<DemoProgress>
  stop: AbortController
  progress: DemoProgress
}
const loads = new WeakMap<Parts, Load>()

/** How often progress is told and kept, in milliseconds. */
const tellEvery = 250

/**
 * Makes the project "Demo shop" and fills it; resolves once every event is in the store. Called again it answers the same shop:
 * one that is under way is joined, one that was cut short is completed (its events have the same ids, so none comes twice).
 */
export function loadDemo(parts: Parts, options: DemoOptions = {}): Promise<DemoProgress> {
  return startDemo(parts, options).finished
}

/** The same without waiting: how far it is now, and its end. */
export function startDemo(parts: Parts, options: DemoOptions = {}): Load {
  const underWay = loads.get(parts)
  if (underWay !== undefined) return underWay
  const stop = new AbortController()
  const progress: DemoProgress = { state: 'running', events: 0, total: 0, eventsPerSecond: 0, secondsLeft: null, projectId: 0, error: null }
  const load: Load = { stop, progress, finished: run(parts, { options, progress, stop: stop.signal }).finally(() => loads.delete(parts)) }
  loads.set(parts, load)
  return load
}

/** How far the demo shop is, or null where there is none. One that ended with its process is told as failed. */
export async function demoProgress(parts: Parts): Promise<DemoProgress | null> {
  const underWay = loads.get(parts)
  if (underWay !== undefined) return underWay.progress
  const job = await findDemoJob(parts)
  if (job === undefined || job.progress.state !== 'running') return job?.progress ?? null
  return { ...job.progress, state: 'failed', secondsLeft: null, error: 'The server stopped before all events were made. Start the demo again to complete it.' }
}

/** Ends a load that is under way, before the parts it uses are closed. */
export async function stopDemo(parts: Parts): Promise<void> {
  const underWay = loads.get(parts)
  underWay?.stop.abort()
  await underWay?.finished.catch(() => undefined)
}

interface Run {
  options: DemoOptions
  progress: DemoProgress
  stop: AbortSignal
}

async function run(parts: Parts, { options, progress, stop }: Run): Promise<DemoProgress> {
  const { people = 5000, months = 26, onProgress } = options
  const found = await findDemoJob(parts)
  const job: DemoJob = found ?? { id: undefined, progress, simulation: { seed: 'demo', now: parts.clock(), people, months } }
  if (job.progress.state === 'done') return Object.assign(progress, job.progress)
  progress.projectId = job.progress.projectId === 0 ? (await createDemoProject(parts)).id : job.progress.projectId
  job.progress = progress
  progress.total = expectedEvents(job.simulation)
  await saveDemoJob(parts, job)
  try {
    await fill(parts, { simulation: job.simulation, progress, stop, onProgress })
    if (stop.aborted) throw new Error('The server stopped before all events were made. Start the demo again to complete it.')
    await saveExamples(parts, progress.projectId)
    Object.assign(progress, { state: 'done', secondsLeft: 0 })
  } catch (error) {
    Object.assign(progress, { state: 'failed', secondsLeft: null, error: error instanceof Error ? error.message : String(error) })
    if (!stop.aborted) throw error
  } finally {
    await saveDemoJob(parts, job)
    onProgress?.(progress)
  }
  return progress
}

/** Sends every event through the way in and waits until the last is in the store. */
async function fill(
  parts: Parts,
  { simulation, progress, stop, onProgress }: Omit<Run, 'options'> & { simulation: Simulation; onProgress: DemoOptions['onProgress'] },
): Promise<void> {
  const { ingest } = parts
  const started = performance.now()
  let appended = 0
  const tell = () => {
    const seconds = (performance.now() - started) / 1000
    progress.events = Math.max(0, appended - ingest.lag())
    progress.total = Math.max(progress.total, progress.events)
    progress.eventsPerSecond = Math.round(progress.events / seconds)
    progress.secondsLeft = progress.events === 0 ? null : Math.ceil(((progress.total - progress.events) * seconds) / progress.events)
    onProgress?.(progress)
  }
  const timer = setInterval(tell, tellEvery)
  const source = openSource(simulation)
  try {
    let batch = await source.next()
    while (batch.events !== null && !stop.aborted) {
      const appending = ingest.append({ projectId: progress.projectId, source: 'demo', events: batch.events, permanent: true })
      const [following] = await Promise.all([source.next(), appending])
      appended += batch.count
      batch = following
    }
    if (stop.aborted) return
    progress.total = appended
    await Promise.race([ingest.drained(), once(stop, 'abort')])
    tell()
  } finally {
    clearInterval(timer)
    await source.close()
  }
}

function openSource(simulation: Simulation): Source {
  const worker: Worker = startWorker(new URL('./simulate-worker.ts', import.meta.url), { workerData: simulation })
  return {
    async next() {
      const answer = once(worker, 'message')
      worker.postMessage('next')
      const [batch] = (await answer) as [SimulatedBatch]
      return batch
    },
    async close() {
      await worker.terminate()
    },
  }
}

/** About how many events a shop comes to: known exactly only when all are made. */
function expectedEvents({ people, months }: Simulation): number {
  return Math.round((people * 80 * months) / 26)
}
