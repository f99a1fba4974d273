import { z } from 'zod'
import { eventChoiceSchema, eventFiltersSchema } from './events.ts'
import { calendarDurationSchema, zoneSchema } from './moment.ts'
import { comparisonSchema } from './operator.ts'

/**
 * `times` (left out: at least once) in each of at least `atLeast` of the last `of` periods, each as long as `each`. Periods roll back from now; with
 * `calendar` they are whole days, weeks (from the project's first day), months, quarters or years, the last one being the last that is over, or with `current` the
 * one that is running. Several days (`3 days`) of the calendar end with yesterday, or with `current` today. With `wholeDays` periods of any length end with yesterday,
 * or with `current` today: a month goes back to the same day of the month before.
 */
export const regularlyConditionSchema = z.strictObject({
  regularly: eventChoiceSchema,
  where: eventFiltersSchema.optional(),
  times: comparisonSchema.optional(),
  periods: z
    .strictObject({
      atLeast: z.number().int().min(1).max(1000),
      of: z.number().int().min(1).max(1000),
      each: calendarDurationSchema,
      calendar: z.literal(true).optional(),
      wholeDays: z.literal(true).optional(),
      current: z.literal(true).optional(),
      zone: zoneSchema.optional(),
    })
    .refine(({ atLeast, of }) => atLeast <= of, { error: 'at least as many periods are asked for as there are', path: ['atLeast'] })
    .refine(({ calendar, wholeDays }) => calendar === undefined || wholeDays === undefined, {
      error: 'give one of calendar and wholeDays',
      path: ['wholeDays'],
    })
    .refine(({ each, calendar, wholeDays }) => (calendar ?? wholeDays) === true || !/month|quarter|year/.test(each), {
      error: 'months, quarters and years differ in length: add calendar: true or wholeDays: true',
      path: ['each'],
    })
    .refine(({ each, calendar, wholeDays }) => (calendar ?? wholeDays) === undefined || !/minute|hour/.test(each), {
      error: 'the calendar counts days and longer',
      path: ['each'],
    })
    .refine(({ calendar, wholeDays, current }) => current === undefined || (calendar ?? wholeDays) === true, {
      error: 'only periods of the calendar are running',
      path: ['current'],
    }),
})
export type RegularlyCondition = z.infer<typeof regularlyConditionSchema>
