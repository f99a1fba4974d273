import { z } from 'zod'
import { consentChannels, consentPurposePattern, consentStates } from './consent.ts'
import { cursorRequest, listRequest } from './page.ts'

/** Consent, deletion, access, opt-out and retention: what `docs/privacy.md` tells in words. Times are epoch milliseconds. */

/* Deletion */
/** Whom one request may delete: about as dear for one as for thousands. */
export const mostDeleted = 5000
export const deletionRequest = z
  .strictObject({
    personIds: z.array(z.number().int().positive()).max(mostDeleted).default([]),
    distinctIds: z.array(z.string().min(1).max(200)).max(mostDeleted).default([]),
    /** Why, for the receipt. */
    reason: z.string().trim().max(500).default(''),
    /** Later events of the same ids are dropped too. */
    block: z.boolean().default(false),
  })
  .refine(({ personIds, distinctIds }) => personIds.length + distinctIds.length > 0, { path: ['personIds'], message: 'name at least one person' })
export const personDeletion = z.strictObject({
  reason: z.string().trim().max(500).default(''),
  block: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})
export const deletionSteps = ['waiting', 'names', 'store', 'log', 'catalog', 'check', 'wipe', 'done'] as const
export type DeletionStep = (typeof deletionSteps)[number]
/** What was taken away in one place. `left`: what a search after the deletion found there; null: not searched yet. */
export const erasedPlaceReply = z.object({ place: z.string(), removed: z.number(), left: z.number().nullable() })
export type ErasedPlace = z.infer<typeof erasedPlaceReply>
/**
 * `personIds`: Kindred's own numbers of the people, those merged into them among them. `idHashes`: keyed hashes of the ids they were known by, which
 * tell an id again without naming it. `position`: everything at or below in the log was gone through. `wiped`: what was done to the files themselves.
 */
export const deletionReceiptReply = z.object({
  personIds: z.array(z.number()),
  idHashes: z.array(z.string()),
  position: z.number(),
  places: z.array(erasedPlaceReply),
  wiped: z.array(z.string()),
})
export type DeletionReceipt = z.infer<typeof deletionReceiptReply>
/** `progress`: 0 to 1. `receipt`: null until the people are gone. */
export const deletionReply = z.object({
  id: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  step: z.enum(deletionSteps),
  progress: z.number(),
  people: z.number(),
  block: z.boolean(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: z.number(),
  endedAt: z.number().nullable(),
  error: z.string().nullable(),
  receipt: deletionReceiptReply.nullable(),
})
export type Deletion = z.infer<typeof deletionReply>
/** `unknown`: ids that are nobody's, of which nothing is kept. */
export const deletionRequestedReply = deletionReply.extend({ unknown: z.array(z.string()) })
export type DeletionRequested = z.infer<typeof deletionRequestedReply>

/* Opt-out */
export const optOutRequest = z.strictObject({ distinctId: z.string().min(1).max(200), reason: z.string().trim().max(500).default('') })
/** `distinctId`: null for somebody who was deleted. `liftedAt`: null while it holds. */
export const optOutReply = z.object({
  id: z.number(),
  distinctId: z.string().nullable(),
  personId: z.number().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.number(),
  liftedAt: z.number().nullable(),
  liftedBy: z.string().nullable(),
})
export type OptOut = z.infer<typeof optOutReply>
/** `personId`: only those of this person. `active`: only those that hold, or only those that were lifted. */
export const optOutsRequest = listRequest.extend({
  personId: z.coerce.number().int().positive().optional(),
  active: z.enum(['true', 'false']).optional(),
  ...cursorRequest,
})

/* Consent */
/** A purpose is one of the known, or a word of the project's own. */
export const consentPurpose = z.string().regex(consentPurposePattern, 'write a purpose in small letters, digits and hyphens, such as marketing')
export const consentEntry = z.strictObject({
  channel: z.enum(consentChannels),
  purpose: consentPurpose,
  state: z.enum(consentStates),
  /** Where it was given: a form's name, a call, a contract. */
  source: z.string().trim().max(200).default(''),
  /** When; left out: now. */
  at: z.number().int().min(0).optional(),
})
export const consentsRequest = z.strictObject({
  consents: z
    .array(consentEntry.extend({ distinctId: z.string().min(1).max(200) }))
    .min(1)
    .max(1000),
})
export const personConsentRequest = z.strictObject({ consents: z.array(consentEntry).min(1).max(100) })
export const consentReply = z.object({
  id: z.number(),
  channel: z.enum(consentChannels),
  purpose: z.string(),
  state: z.enum(consentStates),
  source: z.string(),
  at: z.number(),
  recordedAt: z.number(),
  recordedBy: z.string(),
})
export type Consent = z.infer<typeof consentReply>
/** `current`: the newest of each channel and purpose. `history`: newest first, at most the last 500. */
export const personConsentsReply = z.object({ current: z.array(consentReply), history: z.array(consentReply) })
export type PersonConsents = z.infer<typeof personConsentsReply>
/** `unknown`: ids that are nobody's; nothing was noted for them. */
export const consentsNotedReply = z.object({ noted: z.number(), unknown: z.array(z.string()) })

/* Retention */
export const retentionChange = z.strictObject({ days: z.number().int().min(1).max(36_500).nullable() })
/** `before`: older events were deleted, from the places that `removed` counts. */
const retentionRunReply = z.object({
  id: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  days: z.number(),
  before: z.number(),
  removed: z.array(erasedPlaceReply),
  by: z.string(),
  at: z.number(),
  endedAt: z.number().nullable(),
  error: z.string().nullable(),
})
/** `days`: null where events are kept for ever. `nextAt`: when the next run is due. `due`: events that it would delete now. `runs`: the last twenty. */
export const retentionReply = z.object({
  days: z.number().nullable(),
  nextAt: z.number().nullable(),
  due: z.number(),
  runs: z.array(retentionRunReply),
})
export type Retention = z.infer<typeof retentionReply>
