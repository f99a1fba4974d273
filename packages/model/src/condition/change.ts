import { z } from 'zod'
import { eventChoiceSchema, eventFiltersSchema } from './events.ts'
import { calendarDurationSchema, durationSchema, zoneSchema } from './moment.ts'
import { withinSchema } from './within.ts'

/** Beginnings, endings and returns: what somebody did in one stretch of time and not in another. Windows roll back from now. */

const of = { where: eventFiltersSchema.optional() }

/** Whose days are whole ones; lengths of time are the same in every zone. */
const zone = { zone: zoneSchema.optional() }

/** Lengths that the schema of a condition may have as it is with and without `wholeDays`. */
const fitsWholeDays = (length: string, wholeDays: true | undefined) => (wholeDays === true ? !/minute|hour/.test(length) : !/month|quarter|year/.test(length))
const lengthError = 'months, quarters and years need wholeDays: true, and whole days are counted in days or longer'

/**
 * Did it in `(now − active, now − quiet]`, and not since. `active` must be the longer one. With `wholeDays` both are days of the calendar: did it from 00:00 of the day
 * `active` ago, and not since 00:00 of the day `quiet` ago.
 */
export const stoppedConditionSchema = z
  .strictObject({
    stopped: eventChoiceSchema,
    ...of,
    active: calendarDurationSchema,
    quiet: calendarDurationSchema,
    wholeDays: z.literal(true).optional(),
    ...zone,
  })
  .refine(({ active, wholeDays }) => fitsWholeDays(active, wholeDays), { error: lengthError, path: ['active'] })
  .refine(({ quiet, wholeDays }) => fitsWholeDays(quiet, wholeDays), { error: lengthError, path: ['quiet'] })
export type StoppedCondition = z.infer<typeof stoppedConditionSchema>

/**
 * Did it at or before `now − quiet`, not in `(now − quiet, now − back]`, and again since. `quiet` must be the longer one. With `wholeDays` the quiet days are those
 * from the day `quiet` ago to the day `back` ago, both included.
 */
export const restartedConditionSchema = z
  .strictObject({
    restarted: eventChoiceSchema,
    ...of,
    quiet: calendarDurationSchema,
    back: calendarDurationSchema,
    wholeDays: z.literal(true).optional(),
    ...zone,
  })
  .refine(({ quiet, wholeDays }) => fitsWholeDays(quiet, wholeDays), { error: lengthError, path: ['quiet'] })
  .refine(({ back, wholeDays }) => fitsWholeDays(back, wholeDays), { error: lengthError, path: ['back'] })
export type RestartedCondition = z.infer<typeof restartedConditionSchema>

/** Did it within the window, and never before. */
export const startedConditionSchema = z.strictObject({ started: eventChoiceSchema, ...of, within: withinSchema })
export type StartedCondition = z.infer<typeof startedConditionSchema>

/** First seen at least so long ago: whoever came later has not "not done it for 90 days". */
export const observedConditionSchema = z.strictObject({ observed: durationSchema, ...zone })
export type ObservedCondition = z.infer<typeof observedConditionSchema>
