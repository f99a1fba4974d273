import { z } from 'zod'
import { calendarDurationSchema, momentSchema, zoneSchema } from './moment.ts'

/** Stretches of the calendar, in the zone and with the first day of the week that hold. Those "to date" and "this …" end now. */
export const periods = [
  'today',
  'yesterday',
  'this week',
  'last week',
  'this month',
  'last month',
  'this quarter',
  'last quarter',
  'this year',
  'last year',
] as const
export type Period = (typeof periods)[number]

const isOfCalendar = (length: string) => /month|quarter|year/.test(length)
const lastSchema = z
  .strictObject({
    last: calendarDurationSchema,
    wholeDays: z.literal(true).optional(),
    wholeMonths: z.literal(true).optional(),
    wholeHours: z.literal(true).optional(),
    sameTime: z.literal(true).optional(),
    full: z.literal(true).optional(),
    before: momentSchema.optional(),
    zone: zoneSchema.optional(),
  })
  .refine(({ wholeHours, wholeDays, wholeMonths, full, sameTime }) => [wholeHours, wholeDays, wholeMonths, full, sameTime].filter(Boolean).length < 2, {
    error: 'give one of wholeHours, wholeDays, wholeMonths, full and sameTime',
  })
  .refine(({ wholeDays, wholeMonths, full, sameTime, last }) => wholeDays ?? wholeMonths ?? full ?? sameTime ?? !isOfCalendar(last), {
    error: 'months, quarters and years differ in length: add wholeDays, wholeMonths, full or sameTime',
    path: ['last'],
  })
  .refine(({ wholeHours, last }) => wholeHours === undefined || /hour/.test(last), { error: 'whole hours are counted in hours', path: ['last'] })
  .refine(({ sameTime, last }) => sameTime === undefined || !/minute|hour/.test(last), {
    error: 'the same time of day is that of a day: count days, weeks, months, quarters or years',
    path: ['last'],
  })
  .refine(({ wholeMonths, last }) => wholeMonths === undefined || /month|year/.test(last), {
    error: 'whole months are counted in months or years',
    path: ['last'],
  })
  .refine(({ full, last }) => full === undefined || !/minute|hour/.test(last), {
    error: 'full stretches are counted in days, weeks, months, quarters or years',
    path: ['last'],
  })
  .refine(({ full, before }) => full === undefined || before === undefined, { error: 'full stretches end with the last one that is over', path: ['before'] })

/**
 * When the events count, one of:
 * `last` (rolling, `(now − n, now]`; with `wholeDays`, from 00:00 n days ago; with `wholeMonths`, from the first of the month n months ago; with
 * `full`, the n days, weeks, months, quarters or years of the calendar that are over; with `wholeHours`, from the full hour; with `sameTime`, from the same time of day n
 * days, weeks, months… ago, however long they were; with `before`, ending at that moment instead of now),
 * `ago` (`[60 days, 30 days]` = `(now − 60 d, now − 30 d]`; with `wholeDays`, from 00:00 of the one day to the end of the other), `from`/`to` (both ends belong; either may be left out),
 * `period` (`this month`). `zone: person` counts calendar days where each person lives; where that is not known, in the project's zone.
 */
export const withinSchema = z.union([
  lastSchema,
  z
    .strictObject({ ago: z.tuple([calendarDurationSchema, calendarDurationSchema]), wholeDays: z.literal(true).optional(), zone: zoneSchema.optional() })
    .refine(({ ago, wholeDays }) => ago.every((each) => (wholeDays === true ? !/minute|hour/.test(each) : !isOfCalendar(each))), {
      error: 'months, quarters and years need wholeDays: true, and whole days are counted in days or longer',
      path: ['ago'],
    }),
  z.strictObject({ from: momentSchema, to: momentSchema.optional(), zone: zoneSchema.optional() }),
  z.strictObject({ to: momentSchema, zone: zoneSchema.optional() }),
  z.strictObject({ period: z.enum(periods), zone: zoneSchema.optional() }),
])
export type Within = z.infer<typeof withinSchema>
