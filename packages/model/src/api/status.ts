import type { GeographyState } from '../enrichment.ts'

/** How it stands with what came in. */

/** The state of the truth, shown on every page. Times are epoch milliseconds. */
export interface Status {
  watermark: number
  /** Acknowledged events not yet in the store. */
  lag: number
  /** All that arrived until then is in the store: now while nothing is on its way. */
  exactThrough: number
  people: { all: number; customers: number; known: number; anonymous: number }
  events: number
  firstEventAt: number | null
  lastEventAt: number | null
  /** Null until the pipeline has started. */
  geography: GeographyState | null
  problems: Problem[]
}
/** How far a question is that is being answered. */
export interface QuestionProgress {
  /** In the line of those that wait, from 1; null where it does not wait. */
  place: number | null
  /** Of what it reads, the share that is read, from 0 to 1; null where that is not known. */
  share: number | null
}
export interface Problem {
  kind: 'dropped' | 'quarantined' | 'hint'
  reason: string
  count: number
  lastAt: number
  says: string
}
