import { z } from 'zod'
import { type QuarantineReason, quarantineReasons, type Source } from './event.ts'
import { cursorRequest, type Page } from './page.ts'

/** Events that were set aside: requests and replies of `/quarantine`. */

const quarantineFilter = {
  reason: z.enum(quarantineReasons).optional(),
  from: z.coerce.number().int().optional().describe('Received at or after, epoch milliseconds'),
  to: z.coerce.number().int().optional().describe('Received before, epoch milliseconds'),
} as const
export const quarantineListRequest = z.strictObject({ ...quarantineFilter, limit: z.coerce.number().int().min(1).max(200).default(50), ...cursorRequest })
export type QuarantineListRequest = z.output<typeof quarantineListRequest>
/** Those with these ids, or all of a reason; with a time both narrow. */
export const quarantineSelection = z.strictObject({ ids: z.array(z.number().int()).min(1).max(500).optional(), ...quarantineFilter })
export type QuarantineSelection = z.output<typeof quarantineSelection>
export const quarantineReplayRequest = z.strictObject({
  body: z.string().min(1).max(4_000_000).optional().describe('The corrected event as JSON text; left out, it is sent as it is'),
})

export interface QuarantineRow {
  id: number
  reason: QuarantineReason
  detail: string
  source: Source
  /** What its body is: as the sender wrote it, as the pipeline reads it (`CapturedEvent`), or a row of the store. */
  form: 'wire' | 'event' | 'row'
  /** Of the log; null where it is not known. */
  position: number | null
  receivedAt: number
  bytes: number
  /** How often it was sent again in vain. */
  attempts: number
  /** The beginning of the body. */
  sample: string
  /** It is being sent again. */
  underway: boolean
}
export interface QuarantinedEvent extends QuarantineRow {
  body: string
}
export interface QuarantineList extends Page<QuarantineRow> {
  total: number
}
/** Of all that were ever set aside for a reason: how many still are, and what became of the others. */
export interface QuarantineTotals {
  reason: QuarantineReason
  says: string
  count: number
  waiting: number
  replayed: number
  discarded: number
  /** Left because there were too many, or for their age. */
  expired: number
  lastAt: number
}
export type QuarantineOutcome = { state: 'taken' | 'underway' } | { state: 'set-aside'; reason: string; detail: string }
/** `unreadable` were not sent, `left` are still set aside; `done`: the outcome is known. */
export interface QuarantineReplayed {
  sent: number
  unreadable: number
  left: number
  done: boolean
}

const count = z.number().int()
const row = {
  id: count,
  reason: z.enum(quarantineReasons),
  detail: z.string(),
  source: z.enum(['posthog', 'segment', 'import', 'webhook', 'demo', 'api']),
  form: z.enum(['wire', 'event', 'row']).describe('What the body is: as the sender wrote it, as the pipeline reads it, or a row of the store'),
  position: count.nullable(),
  receivedAt: count.describe('Epoch milliseconds'),
  bytes: count,
  attempts: count.describe('How often it was sent again in vain'),
  sample: z.string().describe('The beginning of the body'),
  underway: z.boolean().describe('It is being sent again'),
}
const totals = { reason: z.enum(quarantineReasons), says: z.string(), count, waiting: count, replayed: count, discarded: count, expired: count, lastAt: count }
export const quarantineListReply = z
  .strictObject({ results: z.array(z.strictObject(row)), next: z.string().nullable(), total: count })
  .meta({ id: 'QuarantineList' }) satisfies z.ZodType<QuarantineList>
export const quarantinedEventReply = z.strictObject({ ...row, body: z.string() }).meta({ id: 'QuarantinedEvent' }) satisfies z.ZodType<QuarantinedEvent>
export const quarantineTotalsReply = z
  .strictObject({ reasons: z.array(z.strictObject(totals) satisfies z.ZodType<QuarantineTotals>) })
  .meta({ id: 'QuarantineTotals' })
export const quarantineOutcomeReply = z.union([
  z.strictObject({ state: z.enum(['taken', 'underway']) }),
  z.strictObject({ state: z.literal('set-aside'), reason: z.string(), detail: z.string() }),
]) satisfies z.ZodType<QuarantineOutcome>
export const quarantineReplayedReply = z.strictObject({
  sent: count,
  unreadable: count,
  left: count,
  done: z.boolean(),
}) satisfies z.ZodType<QuarantineReplayed>
