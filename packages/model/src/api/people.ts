import { z } from 'zod'
import type { Properties, Source } from '../event.ts'
import { cursorRequest, pageRequest } from '../page.ts'

/** People, what is known of them and what they did. */

export interface PersonRow {
  id: number
  distinctIds: string[]
  /** The best name known: name, e-mail, else a distinct id. */
  label: string
  email: string | null
  kind: 'customer' | 'known' | 'anonymous'
  createdAt: number
  lastSeenAt: number | null
  events: number
  properties: Properties
  /** Names of sensitive properties that the person has and `properties` leaves out. */
  masked: string[]
}
export interface PropertyFact {
  key: string
  label: string
  /** null where it is masked. */
  value: unknown
  masked: boolean
  source: Source
  at: number | null
  /** The event that set it; null where it is not kept. */
  event: string | null
  /** How often it was set or taken away. */
  changes: number
}
export interface PersonProfile extends PersonRow {
  identified: boolean
  facts: PropertyFact[]
  /** Properties that were taken away. */
  gone: PropertyFact[]
}
export interface EventRow {
  uuid: string
  event: string
  timestamp: number
  receivedAt: number
  personId: number
  person: string
  distinctId: string
  properties: Properties
  /** Names of sensitive properties that `properties` leaves out. */
  masked: string[]
}
export const peopleRequest = z.strictObject({
  search: z.string().max(200).optional(),
  kind: z.enum(['customer', 'known', 'anonymous']).optional(),
  country: z.string().max(100).optional(),
  sort: z.enum(['lastSeen', 'created', 'events']).default('lastSeen'),
  ...pageRequest,
})
/** Newest first. */
export const timelineRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  event: z.string().max(200).optional(),
  ...cursorRequest,
})

/** Newest first; `from` and `to` (epoch milliseconds): only those with a moment between them. */
export const sessionsRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  ...cursorRequest,
})
