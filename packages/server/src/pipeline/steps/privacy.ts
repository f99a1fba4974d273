import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'
import { cleanText } from './guard.ts'

/** Keeps out what belongs to people who were deleted, or who opted out. It comes before all that would keep anything of the event. */
export function privacy(passage: Passage, { privacy: arrivals }: Batch): StepResult {
  const { event, projectId, position } = passage
  const named = event.otherId === undefined ? [event.distinctId] : [event.distinctId, event.otherId]
  const ids = passage.isClean ? named : named.map(cleanText)
  const reason = arrivals.dropReason({ projectId, ids, position, at: event.timestamp })
  return reason === null ? ok : { kind: 'drop', reason }
}
