import { z } from 'zod'
import { type QuarantineReason, quarantineReasons, type Source } from './event.ts'
import { cursorRequest, type Page } from './page.ts'

/** Events that were set aside: requests and replies of `/quarantine`. */

const quarantineFilter = {
  reason: z.enum(quarantineReasons).optional(),
  from: z.coerce.number().int().optional().describe('Received at or after, epoch milliseconds'),
  to: z.coerce.number().int().optional().describe('Received before, epoch milliseconds'),
  contains: z.string().min(1).max(200).optional().describe('Text that the body has, as it is written there'),
} as const
export const quarantineListRequest = z.strictObject({ ...quarantineFilter, limit: z.coerce.number().int().min(1).max(200).default(50), ...cursorRequest })
export type QuarantineListRequest = z.output<typeof quarantineListRequest>
/** Those with these ids, or all of a reason; with a time both narrow. */
export const quarantineSelection = z.strictObject({ ids: z.array(z.number().int()).min(1).max(500).optional(), ...quarantineFilter })
export type QuarantineSelection = z.output<typeof quarantineSelection>
export const quarantineReplayRequest = z.strictObject({
  body: z.string().min(1).max(4_000_000).optional().describe('The corrected event as JSON text; left out, it is sent as it is'),
})

/** What a step changes: the event's name, whose it is, its time, its uuid, or a property; in each of the forms that a body has. */
const field = z
  .string()
  .max(400)
  .regex(/^(event|distinct_id|timestamp|uuid|properties\..+)$/s, { error: 'write event, distinct_id, timestamp, uuid or properties.NAME' })
const correctionStep = z.union([
  z.strictObject({ set: field, to: z.json() }),
  z.strictObject({ rename: field, to: field }).describe('Where both are there, what is renamed wins'),
  z.strictObject({ remove: field }),
])
export type CorrectionStep = z.output<typeof correctionStep>
/** One correction of many events. */
export const correctionRequest = quarantineSelection.extend({ steps: z.array(correctionStep).min(1).max(20) })
export type CorrectionRequest = z.output<typeof correctionRequest>

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

/** What a correction would do: of `total` events `changed` would be others, and `readable` could be sent then. */
export interface CorrectionPreview {
  total: number
  changed: number
  readable: number
  /** Some of them; `after` null: the body is no JSON. `problem`: why it still cannot be sent. */
  samples: { id: number; before: string; after: string | null; problem: string | null }[]
}
/** The latest correction. `sent` of `total` so far; at the end `left` of them are still set aside. */
export interface CorrectionState {
  state: 'none' | 'running' | 'done' | 'failed'
  total: number
  sent: number
  unreadable: number
  left: number | null
  startedAt: number | null
  endedAt: number | null
  error: string | null
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
export const correctionPreviewReply = z.strictObject({
  total: count,
  changed: count,
  readable: count,
  samples: z.array(z.strictObject({ id: count, before: z.string(), after: z.string().nullable(), problem: z.string().nullable() })),
}) satisfies z.ZodType<CorrectionPreview>
export const correctionStateReply = z
  .strictObject({
    state: z.enum(['none', 'running', 'done', 'failed']),
    total: count,
    sent: count,
    unreadable: count.describe('Still cannot be read, and were not sent'),
    left: count.nullable().describe('Still set aside at the end'),
    startedAt: count.nullable(),
    endedAt: count.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'CorrectionState' }) satisfies z.ZodType<CorrectionState>
