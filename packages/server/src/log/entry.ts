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
  const bytes = new AsciiBytes(entries.reduce((size, { uuid, json }) => size + (uuid?.length ?? 0) + json.length + 2, -1))
  for (const [index, { uuid, json }] of entries.entries()) {
    if (index > 0) bytes.sign(newline)
    if (uuid !== null) bytes.text(uuid)
    bytes.sign(tab)
    bytes.text(json)
  }
  return bytes.written
}

/** The text of a chunk of the log: a list of its entries. */
export function chunkBytes(entries: readonly LogEntry[]): Uint8Array {
  const bytes = new AsciiBytes(entries.reduce((size, { json }) => size + json.length + 1, 1))
  for (const [index, { json }] of entries.entries()) {
    bytes.sign(index === 0 ? opening : comma)
    bytes.text(json)
  }
  bytes.sign(closing)
  return bytes.written
}

const [newline, tab, comma, opening, closing] = [10, 9, 44, 91, 93]

/** ASCII of a known size, each text copied to its place: joined to one text first it takes fifteen times as long. */
class AsciiBytes {
  /** In memory of its own, so that it can be handed to another thread. */
  readonly written: Uint8Array<ArrayBuffer>
  readonly #view: Buffer
  #length = 0

  constructor(size: number) {
    this.written = new Uint8Array(Math.max(size, 0))
    this.#view = Buffer.from(this.written.buffer)
  }

  text(text: string): void {
    this.#length += this.#view.write(text, this.#length, 'latin1')
  }

  sign(code: number): void {
    this.#view[this.#length++] = code
  }
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
