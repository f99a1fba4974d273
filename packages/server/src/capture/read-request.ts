import { type CapturedEvent, type DropReason, type JsonValue, KindredError, type Properties, type QuarantineReason } from '@kindred/model'
import { entryOf, lineOf } from '../log/entry.ts'
import type { LogEntry, RejectedEvent } from '../log/log.ts'
import { writeAnyJson } from './deep-json.ts'
import { parseJson } from './json.ts'

/** A capture request, read: whose it is, what goes to the log, and what was left out by name. */
export interface ReadRequest {
  token: string
  entries: LogEntry[]
  dropped: Partial<Record<DropReason, number>>
}

/** What an event takes from the request it came in. */
export interface EventContext {
  receivedAt: number
  /** Epoch milliseconds of the sender's clock; null where unknown. */
  sentAt: number | null
  ip: string
  userAgent: string
}

/** One event read, set aside with a reason (its uuid still tells a repeat), or left out with one. */
export type ReadEvent = { event: CapturedEvent } | { rejected: RejectedEvent['reject']; uuid: string | null } | { dropped: DropReason }

const longestName = 200

/** Errors: `capture/unreadable`. */
export function parseBody(text: string): JsonValue {
  try {
    return parseJson(text)
  } catch (error) {
    throw new KindredError('capture/unreadable', { reason: error instanceof Error ? error.message.slice(0, 200) : 'it is not JSON' }, { cause: error })
  }
}

/** Adds what became of one event to what the request came to. The context goes along with what is set aside, so that it can be read again. */
export function addEntry(read: ReadRequest, result: ReadEvent, { receivedAt: _, ...context }: EventContext): void {
  if ('event' in result) read.entries.push(entryOf(result.event))
  else if ('rejected' in result) {
    read.entries.push(lineOf(result.uuid, JSON.stringify({ reject: { ...result.rejected, context } } satisfies RejectedEvent)))
  } else read.dropped[result.dropped] = (read.dropped[result.dropped] ?? 0) + 1
}

/** An event that is set aside whole. `uuid`: tells a repeat; null where it is not known. */
export function rejectEvent(value: unknown, uuid: string | null, { reason, detail }: { reason: QuarantineReason; detail: string }): ReadEvent {
  return { uuid, rejected: { reason, detail, body: writeAnyJson(value) } }
}

export function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A person's or an account's id as text: numbers and objects as JSON, at most 200 characters; '' where there is none. */
export function idText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return cut((typeof value === 'string' ? value : writeAnyJson(value)).trim())
}

/** An event's name as text, at most 200 characters; '' where there is none. */
export function nameText(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : writeAnyJson(value)
  return text.trim() === '' ? '' : cut(text)
}

/** At most 200 characters; a pair that makes one character is not torn apart. */
function cut(text: string): string {
  if (text.length <= longestName) return text
  return text.slice(0, longestName).replace(/[\ud800-\udbff]$/, '')
}
