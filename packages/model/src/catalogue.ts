import { z } from 'zod'
import type { PropertyDefinition } from './api/index.ts'
import type { JsonValue, Source } from './event.ts'
import { cursorRequest } from './page.ts'
import type { FieldKind, LocationSource } from './standard-field.ts'

/** What a team writes about its events and properties, and what the profile of a person tells beside its facts. */

const words = {
  /** null: the name that is made of the raw one. */
  label: z.string().trim().min(1).max(200).nullable().optional(),
  description: z.string().trim().max(2000).optional(),
  /** Hidden ones leave the pickers; they can still be asked for by their name. */
  hidden: z.boolean().optional(),
  /** Somebody looked at it and stands for it. */
  verified: z.boolean().optional(),
}
export const eventCatalogueChange = z.strictObject({ name: z.string().min(1).max(200), ...words })
export const propertyCatalogueChange = z.strictObject({
  of: z.enum(['event', 'person']),
  name: z.string().min(1).max(400),
  ...words,
  /** null: as its name says, which is yes for special categories. */
  sensitive: z.boolean().nullable().optional(),
})

/** The names of events or properties: most used first, as many at once as a picker shows. */
export const catalogueRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  ...cursorRequest,
  /** Looks in names, labels and descriptions. */
  search: z.string().trim().max(200).optional(),
  show: z.enum(['visible', 'hidden', 'all']).default('visible'),
})
export const propertyCatalogueRequest = catalogueRequest.extend({ of: z.enum(['event', 'person']).optional() })

/** A standard field as this project has it. `types` and `count` are those of its sources together; `known`: people who have it, null: not asked for. */
export interface StandardFieldRow extends PropertyDefinition {
  kind: FieldKind
  /** Raw names, the surest first, and those of them that the project has. */
  sources: string[]
  found: string[]
  known: number | null
}
export const standardFieldsRequest = z.strictObject({
  known: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})

/** One change of a property of a person. `value` is null where it was taken away, and where it is `masked`. */
export interface PropertyChangeRow {
  key: string
  value: JsonValue
  unset: boolean
  masked: boolean
  at: number
  source: Source
  /** The event that did it; null where it is not kept. */
  event: string | null
  eventId: string | null
  /** The person it was known of then, where that was merged into this one later; null: this person. */
  mergedPersonId: number | null
}
/** Newest first. */
export const historyRequest = z.strictObject({
  key: z.string().min(1).max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  ...cursorRequest,
})

/** Values that are masked elsewhere, for someone who asks for them on purpose. */
export const revealRequest = z.strictObject({ keys: z.array(z.string().min(1).max(400)).min(1).max(100) })

/** Somebody who was found to be this person. */
export interface PersonMerge {
  personId: number
  /** Ids that they sent events under, at most 20. */
  distinctIds: string[]
  events: number
  at: number | null
  event: string | null
}
export interface UsedDevice {
  device: string
  os: string
  browser: string
  events: number
  firstAt: number
  lastAt: number
}
export interface SeenPlace {
  country: string
  countryCode: string
  city: string
  latitude: number | null
  longitude: number | null
  events: number
  lastAt: number
}
/** Where the person is, by one source; '' where it does not tell a part. */
export interface KnownPlace {
  source: LocationSource
  country: string
  /** Two letters; '' for a country that is on no list. */
  countryCode: string
  region: string
  city: string
  postalCode: string
  /** Degrees. `postalCode`: those of the postal code, since the source has no coordinates. */
  point: { latitude: number; longitude: number; from: 'coordinates' | 'postalCode' } | null
}
/** An id that the person sent events under. */
export interface SeenId {
  distinctId: string
  events: number
  firstAt: number
  lastAt: number
  /** The first event under it. */
  event: string
}
export interface PersonBackground {
  ids: SeenId[]
  merges: PersonMerge[]
  devices: UsedDevice[]
  /** The surest source first. */
  known: KnownPlace[]
  /** Where their events came from, by IP address. */
  places: SeenPlace[]
}

/** What arrived by each SDK and way in. `after`: only what lies above this position of the log. */
export const sourcesRequest = z.strictObject({ after: z.coerce.number().int().min(0).optional() })
export interface SourceRow {
  source: Source
  /** `$lib` of the events; '' where they name none. */
  lib: string
  events: number
  firstAt: number
  lastAt: number
  /** The newest event. */
  event: string
}
export const liveRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  ...cursorRequest,
  event: z.string().max(200).optional(),
  /** Whose: any of their ids. */
  distinctId: z.string().max(400).optional(),
  /** Events that carry this property, and with `value` only with that value. */
  property: z.string().max(400).optional(),
  value: z.string().max(1000).optional(),
  /** `$lib`, such as `web`, `posthog-node` or `analytics.js`; `none`: of no SDK. */
  lib: z.string().max(200).optional(),
  source: z.enum(['posthog', 'segment', 'import', 'webhook', 'demo', 'api']).optional(),
})
