import { z } from 'zod'
import { dayOfYearSchema, zoneSchema } from './moment.ts'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

/** A named part of every year, both days included; it may pass the turn of the year. Below the equator it may lie elsewhere. */
export const seasonSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  from: dayOfYearSchema,
  to: dayOfYearSchema,
  south: z.strictObject({ from: dayOfYearSchema, to: dayOfYearSchema }).optional(),
})
export type Season = z.infer<typeof seasonSchema>

/** The seasons of a project. A name stands for one, whatever its capitals. */
export const seasonsSchema = z
  .array(seasonSchema)
  .max(50)
  .superRefine((seasons, context) => {
    const names = seasons.map(({ name }) => name.toLowerCase())
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) context.addIssue({ code: 'custom', message: 'another season has this name', path: [index, 'name'] })
    })
  })

/** What every project starts with; each may be changed. Climate seasons begin with the month, as meteorologists count. */
export const usualSeasons: readonly Season[] = [
  { name: 'Holidays', from: '11-20', to: '12-31' },
  { name: 'Spring', from: '03-01', to: '05-31', south: { from: '09-01', to: '11-30' } },
  { name: 'Summer', from: '06-01', to: '08-31', south: { from: '12-01', to: '02-29' } },
  { name: 'Autumn', from: '09-01', to: '11-30', south: { from: '03-01', to: '05-31' } },
  { name: 'Winter', from: '12-01', to: '02-29', south: { from: '06-01', to: '08-31' } },
]

const duringShape = {
  months: z.array(z.number().int().min(1).max(12)).min(1).max(12),
  weekdays: z.array(z.enum(weekdays)).min(1).max(7),
  /** From this hour on, up to but not including the other; `{ from: 22, to: 6 }` is the night. */
  hours: z.strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(1).max(24) }),
  /** Every year from one day to the other, both included. */
  dates: z.strictObject({ from: dayOfYearSchema, to: dayOfYearSchema }),
  /** A season of the project by its name; with its southern days for whoever lives below the equator, by latitude, else by country; the northern ones where neither is known. */
  season: z.string().trim().min(1).max(60),
} as const

const duringFields = z
  .strictObject({
    months: duringShape.months.optional(),
    weekdays: duringShape.weekdays.optional(),
    hours: duringShape.hours.optional(),
    dates: duringShape.dates.optional(),
    season: duringShape.season.optional(),
    zone: zoneSchema.optional(),
  })
  .refine((during) => Object.keys(duringShape).some((key) => key in during), { error: `give at least one of ${Object.keys(duringShape).join(', ')}` })

/** Parts of the year, the week or the day that an event's own time must lie in: all of those given. */
export const duringSchema = duringFields
export type During = z.infer<typeof duringSchema>
