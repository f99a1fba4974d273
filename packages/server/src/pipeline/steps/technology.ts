import { technologyOf } from '../../enrich/technology.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'
import { addMissing } from './add-missing.ts'

/** Browser, operating system and kind of device from the user agent, and whether it is a robot's. */
export function technology({ event, projectId }: Passage, { enrichers }: Batch): StepResult {
  if (enrichers.settingsOf(projectId).technology) addMissing(event.properties, technologyOf(event))
  return ok
}
