import type { ErrorCode, ErrorDetails, ImportInspection, ImportMapping, ImportPreview } from '@kindred/model'
import type { BadRow } from './row.ts'
import type { StageLimits } from './stage.ts'
import type { TableSource } from './table-rows.ts'

/** Work for the import thread, given as its workerData. */
export type ImportTask = InspectTask | CheckTask | PreviewTask | RunTask
interface FileTask {
  path: string
  /** The rows, where the engine reads the file. */
  table?: TableSource | undefined
}
export interface InspectTask extends FileTask {
  kind: 'inspect'
}
/** Whether a mapping fits a file. */
export interface CheckTask extends FileTask {
  kind: 'check'
  mapping: ImportMapping
  /** The project's, for times without one. */
  zone: string
}
/** What the first rows become. */
export interface PreviewTask extends Omit<CheckTask, 'kind'> {
  kind: 'preview'
  now: number
  folder: string
}
export interface RunTask extends Omit<CheckTask, 'kind'> {
  kind: 'run'
  projectId: number
  /** The time of rows that only set person properties, epoch milliseconds. */
  now: number
  /** For rows that memory has no room for. */
  folder: string
  /** The events that an earlier run of this import has sent, if the file is still the one it read. */
  sent: number
  fileKey: string
  limits: StageLimits
}

/** How far the thread is. */
export interface ReadProgress {
  bytes: number
  bytesRead: number
  rows: number
  rejected: number
  skipped: Record<string, number>
  notes: string[]
}

export type FileFacts = Omit<ImportInspection, 'uploadId' | 'path' | 'name'>

/** From the thread. */
export type ImportMessage =
  | { kind: 'inspected'; facts: FileFacts }
  | { kind: 'checked' }
  | { kind: 'previewed'; preview: ImportPreview }
  /** The file's content is known. `resumed`: it is what an earlier run has read in part, so its events are not sent again. */
  | { kind: 'opened'; fileKey: string; resumed: boolean }
  /**
   * Things to keep; answered with 'kept'. `events`: as `packEntries` makes them, `sent`: events up to and with these. `times`: the earliest and the latest
   * of events that have their sender's own uuid, epoch milliseconds; they may have come in live long ago.
   */
  | { kind: 'send'; events: Uint8Array | null; sent: number; rejects: BadRow[]; progress: ReadProgress; times: [number, number] | null }
  | { kind: 'done'; progress: ReadProgress }
  | { kind: 'failed'; code: ErrorCode; details: ErrorDetails }
  | { kind: 'crashed'; reason: string }

/** To the thread: something sent is kept; or stop at once. */
export type ImportCommand = 'kept' | 'stop'

/** What the run is given to talk to the main thread. */
export interface RunSurroundings {
  post(message: ImportMessage): void
  /** Resolves when one more thing that was sent is kept, or when the run is to stop. */
  kept(): Promise<void>
  stopped(): boolean
}
