import type { CapturedEvent } from '@kindred/model'
import { writeAnyJson } from '../capture/deep-json.ts'
import { asciiJson, writeJson } from '../capture/json.ts'
import type { LogEntry, RejectedEvent } from './log.ts'

/** A line of the log from its JSON text. */
export function lineOf(uuid: string | null, text: string): LogEntry {
  return { uuid, json: asciiJson(text) }
}

/** An event as a line of the log. One that nests too deep to be written is rejected. */
export function entryOf(event: CapturedEvent): LogEntry {
  try {
    return lineOf(event.uuid, writeJson(event))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const rejected: RejectedEvent = {
      reject: { reason: 'too-deep', detail: `${event.event} of ${event.distinctId}`, body: writeAnyJson(event), form: 'event' },
    }
    return lineOf(event.uuid, JSON.stringify(rejected))
  }
}

/** Entries as bytes that cross threads: a line for each, its uuid, a tab and the text that the log keeps. So nobody on the way has to read them. */
export function packEntries(entries: readonly LogEntry[]): Uint8Array<ArrayBuffer> {
  // A copy of its own, since a buffer may lie in memory that others use too and could not be handed over.
  return new Uint8Array(Buffer.from(entries.map(({ uuid, json }) => `${uuid ?? ''}\t${json}`).join('\n'), 'latin1'))
}

/** The entries that `packEntries` wrote. */
export function unpackEntries(bytes: Uint8Array): LogEntry[] {
  if (bytes.byteLength === 0) return []
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .split('\n')
    .map((line) => {
      const end = line.indexOf('\t')
      return { uuid: line.slice(0, end) || null, json: line.slice(end + 1) }
    })
}
