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
export interface Problem {
  kind: 'dropped' | 'quarantined' | 'hint'
  reason: string
  count: number
  lastAt: number
  says: string
}
