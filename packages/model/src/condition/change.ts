import { z } from 'zod'
import { eventChoiceSchema, eventFiltersSchema } from './events.ts'
import { durationSchema } from './moment.ts'
import { withinSchema } from './within.ts'

/** Beginnings, endings and returns: what somebody did in one stretch of time and not in another. Windows roll back from now. */

const of = { where: eventFiltersSchema.optional() }

/** Did it in `(now − active, now − quiet]`, and not since. `active` must be the longer one. */
export const stoppedConditionSchema = z.strictObject({ stopped: eventChoiceSchema, ...of, active: durationSchema, quiet: durationSchema })
export type StoppedCondition = z.infer<typeof stoppedConditionSchema>

/** Did it at or before `now − quiet`, not in `(now − quiet, now − back]`, and again since. `quiet` must be the longer one. */
export const restartedConditionSchema = z.strictObject({ restarted: eventChoiceSchema, ...of, quiet: durationSchema, back: durationSchema })
export type RestartedCondition = z.infer<typeof restartedConditionSchema>

/** Did it within the window, and never before. */
export const startedConditionSchema = z.strictObject({ started: eventChoiceSchema, ...of, within: withinSchema })
export type StartedCondition = z.infer<typeof startedConditionSchema>

/** First seen at least so long ago: whoever came later has not "not done it for 90 days". */
export const observedConditionSchema = z.strictObject({ observed: durationSchema })
export type ObservedCondition = z.infer<typeof observedConditionSchema>
