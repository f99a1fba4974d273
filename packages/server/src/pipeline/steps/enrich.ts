import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** Adds what the event does not say itself: country, device, channel. What the sender gave stands. */
export function enrich(passage: Passage, { enrichers }: Batch): StepResult {
  const { event } = passage
  for (const add of enrichers) {
    for (const [key, value] of Object.entries(add(event))) {
      event.properties[key] ??= value
    }
  }
  return ok
}
