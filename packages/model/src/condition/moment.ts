import { z } from 'zod'

/** How definitions write lengths of time and moments. */

/** `30 days`, `1 hour`. A day is 24 h, a week 7 × 24 h. */
export const durationSchema = z.string().regex(/^\d{1,6} (minutes?|hours?|days?|weeks?)$/, 'write a length of time such as "30 days"')
/** `12 months`: lengths of the calendar too, which only whole days, weeks, months… can be counted in. */
export const calendarDurationSchema = z
  .string()
  .regex(/^\d{1,6} (minutes?|hours?|days?|weeks?|months?|quarters?|years?)$/, 'write a length of time such as "30 days"')
/** A date (the whole day in the zone that holds) or an instant. */
export const momentSchema = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/,
    'write a date such as "2026-03-31" or an instant such as "2026-03-31T18:00:00Z"',
  )
/** `11-20`: a day of every year. */
export const dayOfYearSchema = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'write a day of the year such as "11-20"')
  .refine((day) => !/^(02-3|(04|06|09|11)-31)/.test(day), 'no year has this day')
/** In whose time zone calendar days are counted: the project's, or that of each person where it is known. */
export const zoneSchema = z.enum(['project', 'person'])
