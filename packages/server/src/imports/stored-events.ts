import { bind, render, sql } from '@kindred/engine'
import { packEntries, unpackEntries } from '../log/entry.ts'
import type { Parts } from '../parts.ts'

const day = 24 * 3_600_000
/** A little more than the senders' clocks may differ from those that an export was written by. */
const around = 2 * day

interface Batch {
  projectId: number
  events: Uint8Array
  /** The earliest and the latest of them, epoch milliseconds. */
  times: [number, number]
}

/**
 * The events that the store does not hold yet, and how many it does. The log knows the uuids of the last weeks by itself; an event that came in live
 * before that is only known to the store, which is asked where the batch reaches back so far.
 */
export async function withoutStored(
  parts: Pick<Parts, 'store' | 'clock' | 'config'>,
  { projectId, events, times }: Batch,
): Promise<{ events: Uint8Array; left: number }> {
  const [from, to] = times
  if (from > parts.clock() - (parts.config.deduplicationDays - 1) * day) return { events, left: 0 }
  const entries = unpackEntries(events)
  const uuids = entries.flatMap(({ uuid }) => uuid ?? [])
  const found = await parts.store.query<{ known: string }>(
    render(sql`select toString(uuid) as known from kindred.events where project_id = ${bind('UInt32', projectId)}
and timestamp between fromUnixTimestamp64Milli(${bind('Int64', from - around)}) and fromUnixTimestamp64Milli(${bind('Int64', to + around)})
and uuid in ${bind('Array(UUID)', uuids)}`),
  )
  if (found.length === 0) return { events, left: 0 }
  const stored = new Set(found.map(({ known }) => known))
  const left = entries.filter(({ uuid }) => uuid === null || !stored.has(uuid))
  return { events: packEntries(left), left: entries.length - left.length }
}
