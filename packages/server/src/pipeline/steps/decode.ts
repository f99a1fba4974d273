import type { CapturedEvent } from '@kindred/model'
import type { ErasedEntry, RejectedEvent } from '../../log/log.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** The log's line as an event; what the edge could not read is set aside with the reason found there. */
export function decode(passage: Passage): StepResult {
  const entry = passage.entry as CapturedEvent | RejectedEvent | ErasedEntry
  if ('erased' in entry) return { kind: 'drop', reason: entry.erased }
  if ('reject' in entry) return { kind: 'quarantine', ...entry.reject, form: entry.reject.form ?? 'wire' }
  passage.event = entry
  return ok
}
