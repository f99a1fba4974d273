import type { Properties, Source } from '@kindred/model'

/** A capture request as it came: nothing is read on the main thread. */
export interface RawCapture {
  /** The route's own name: `/batch`, `/e`, `/flags`… without slash at the end. */
  path: string
  method: string
  query: Record<string, string>
  contentType: string
  contentEncoding: string
  authorization: string
  ip: string
  userAgent: string
  receivedAt: number
  body: Uint8Array
}

export interface CaptureReply {
  status: number
  /** A JSON body. */
  body: unknown
}

export interface AppendResult {
  appended: number
  duplicates: number
  /** The last position of the log after the append. */
  position: number
}

/** A person as it is before any event: for tests, and for moving in from elsewhere. */
export interface PersonSetup {
  distinctIds: string[]
  properties: Properties
  isIdentified?: boolean
  /** Epoch milliseconds. */
  createdAt?: number
}

/** The way in: from bytes at the edge to rows in the store. */
export interface Ingest {
  /** Reads, checks and appends one capture request. Resolves once its events are on disk, synced. */
  capture(request: RawCapture): Promise<CaptureReply>
  /**
   * Appends events that are parsed already: `events` is what `packEntries` makes of their entries. Resolves once synced.
   * `permanent`: their uuids are remembered for ever (imports), not for the days of the de-duplication window.
   */
  append(batch: { projectId: number; source: Source; events: Uint8Array; permanent?: boolean }): Promise<AppendResult>
  /** Makes people as they are given, without events. Resolves once they are in the store. Errors: an id belongs to somebody already. */
  addPeople(projectId: number, people: PersonSetup[]): Promise<void>
  /**
   * Runs `work` while no insert is under way: what the catalog holds as not yet in the store is not in it, not even in part. Events are taken meanwhile.
   * Errors: an insert that does not end, since the store takes no rows.
   */
  quietly<Result>(work: () => Promise<Result>): Promise<Result>
  /** Everything at or below is in the store, in every table. */
  watermark(): number
  /** Acknowledged events that are not in the store yet. */
  lag(): number
  /** Everything that arrived until then is in the store, epoch milliseconds: now where nothing is on its way, else a moment that is not too late. */
  exactThrough(): number
  /** Resolves once all that was appended before the call is in the store; answers the watermark. */
  drained(): Promise<number>
  close(): Promise<void>
}
