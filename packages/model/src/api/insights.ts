import { z } from 'zod'
import { type Display, type InsightQuery, insightQuerySchema, pointSchema } from '../insight.ts'
import { type Page, pageRequest } from '../page.ts'
import type { PersonRow } from './people.ts'

/** Questions, and the people behind their numbers. */

/** The beginning of 2100: beyond what any answer is of, and within what the calendar and the engine can count. */
const latestMoment = Date.UTC(2100, 0)

/** As of which answer: its position of the log, and its moment, which says what "today" and "the last 30 days" are. */
const answerShape = { watermark: z.number().int().min(0).optional(), at: z.number().int().min(0).max(latestMoment).optional() }

export const insightRun = z.strictObject({ query: insightQuerySchema, ...answerShape })
export const insightSave = z.strictObject({ name: z.string().trim().min(1).max(200), query: insightQuerySchema })
export interface SavedInsight {
  id: number
  name: string
  query: InsightQuery
  display: Display
  updatedAt: number
  createdAt: number
}
export const pointPeopleRequest = z.strictObject({
  query: insightQuerySchema,
  point: pointSchema,
  ...answerShape,
  ...pageRequest,
})
/** The people behind a number: `total` is counted by the same query. `says` tells which people they are. */
export interface PeoplePage extends Page<PersonRow> {
  total: number
  says: string
  watermark: number
}
export const pointSegmentRequest = z.strictObject({
  query: insightQuerySchema,
  point: pointSchema,
  ...answerShape,
  name: z.string().trim().min(1).max(200),
  mode: z.enum(['keep-updating', 'freeze']),
})
