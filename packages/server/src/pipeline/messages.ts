import type { MessagePort } from 'node:worker_threads'
import type { ErrorCode, ErrorDetails, Source } from '@kindred/model'
import type { LogAppended } from '../log/log.ts'
import type { Table } from '../store/clickhouse/store.ts'
import type { CaptureReply, PersonSetup, RawCapture } from './ingest.ts'
import type { RefusedRow } from './outbox.ts'

/** What the threads of the way in say to each other. */

export interface LogWorkerData {
  logPath: string
  catalogPath: string
  deduplicationDays: number
  logDays: number
  /** To the pipeline's thread: there is more in the log. */
  pipeline: MessagePort
}
export type LogRequest = { id: number } & (
  | { kind: 'capture'; capture: RawCapture }
  | { kind: 'append'; projectId: number; source: Source; receivedAt: number; events: Uint8Array; permanent: boolean }
)
export type LogReply = { id: number } & (
  | { kind: 'captured'; position: number; reply: CaptureReply }
  | ({ kind: 'appended' } & LogAppended)
  | { kind: 'failed'; status: number; code: ErrorCode; details: ErrorDetails }
)

export interface PipelineWorkerData extends Omit<LogWorkerData, 'pipeline'> {
  propertyNames: number
  geoip: string | null
  log: MessagePort
}
export type PipelineRequest =
  | { kind: 'inserted'; id: number; refused: RefusedRow[] }
  | { kind: 'people'; id: number; projectId: number; people: PersonSetup[] }
  | { kind: 'hurry' }
  | { kind: 'ping'; id: number }
  | { kind: 'close' }
export type PipelineReply =
  | { kind: 'insert'; id: number; table: Table; token: string; rows: Uint8Array }
  | { kind: 'progress'; watermark: number; end: number; arrivedThrough: number }
  | { kind: 'peopleAdded'; id: number; error?: string }
  | { kind: 'pong'; id: number }
