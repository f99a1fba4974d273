import { resolvePerson } from '../../identity/resolve.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** Whose event it is, after joining the ids of a merging event. */
export function identity(passage: Passage, { people }: Batch): StepResult {
  passage.person = resolvePerson(people, passage)
  return ok
}
