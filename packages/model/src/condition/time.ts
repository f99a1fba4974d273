import { z } from 'zod'
import { duringSchema } from './during.ts'

/** Whether today, the moment the question is asked at, lies in a part of the year, the week or the day; true of everyone or of nobody, unless `zone: person`. */
export const timeConditionSchema = z.strictObject({ time: duringSchema })
export type TimeCondition = z.infer<typeof timeConditionSchema>
