import type { DeletionReceipt, ErasedPlace } from '@kindred/model'
import type { Sample } from './erase-catalog.ts'

export interface EraseWorkerData {
  catalogPath: string
  logPath: string
}
/** What the erasing thread does, one after another. `id` of a deletion. */
export type EraseTask =
  | { kind: 'mark'; id: number; now: number }
  | { kind: 'remember'; projectId: number; uuids: string[] }
  | { kind: 'samples'; projectId: number; samples: Sample[] }
  | { kind: 'log'; id: number; upTo: number; erase: boolean }
  | { kind: 'aside'; id: number; until: number; erase: boolean }
  | { kind: 'rows'; id: number }
  | { kind: 'close'; id: number; receipt: DeletionReceipt }
  | { kind: 'wipe' }
  | { kind: 'expire'; projectId: number; upTo: number; before: number; erase: boolean }
/** Each answers its kind of result: a count, places, or nothing. */
export interface EraseResults {
  mark: undefined
  remember: undefined
  samples: number
  log: number
  aside: ErasedPlace[]
  rows: ErasedPlace[]
  close: undefined
  wipe: string[]
  expire: number
}
export type EraseReply = { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: string }
