import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'
import { addMissing } from './add-missing.ts'

/** The place of the sender's address. The address itself goes no further, unless the project keeps it. */
export function geography({ event, projectId }: Passage, { enrichers }: Batch): StepResult {
  const settings = enrichers.settingsOf(projectId)
  if (settings.geography) addMissing(event.properties, enrichers.geography.placeOf(event))
  if (settings.keepIp) {
    if (event.ip !== undefined) event.properties.$ip ??= event.ip
  } else if ('$ip' in event.properties) {
    delete event.properties.$ip
  }
  return ok
}
