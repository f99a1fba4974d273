import { parentPort, workerData } from 'node:worker_threads'
import type { CapturedEvent } from '@kindred/model'
import { entryOf, packEntries } from '../log/entry.ts'
import { type Simulation, simulateShop } from './simulate.ts'

/** Asked for a batch, the thread answers with one: `null` events mean that there are no more. */
export interface SimulatedBatch {
  count: number
  /** As `packEntries` makes them. */
  events: Uint8Array | null
}

/** Large enough that a batch's own cost does not count, small enough that progress moves. */
const batchSize = 4000

function* batches(days: Iterable<CapturedEvent[]>): Generator<CapturedEvent[]> {
  let batch: CapturedEvent[] = []
  for (const events of days) {
    batch.push(...events)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const port = parentPort
if (port === null) throw new Error('this file runs as a worker thread')
const source = batches(simulateShop(workerData as Simulation))

port.on('message', () => {
  const next = source.next()
  if (next.done === true) {
    port.postMessage({ count: 0, events: null } satisfies SimulatedBatch)
    return
  }
  const events = packEntries(next.value.map(entryOf))
  port.postMessage({ count: next.value.length, events } satisfies SimulatedBatch, [events.buffer])
})
