/** Any JSON value, as a property holds it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type Properties = Record<string, JsonValue>

/** Ways an event can arrive. Kept with each event and each change of a person. */
export type Source = 'posthog' | 'segment' | 'import' | 'webhook' | 'demo' | 'api'

/**
 * One event in the one parsed form that every way in produces and that the log keeps. Nothing after the capture folder
 * knows the wire protocol it came from.
 */
export interface CapturedEvent {
  /** Lower-case, dashed. Given by the sender or made at the edge; equal uuids are the same event. */
  uuid: string
  event: string
  distinctId: string
  /** Epoch milliseconds, already corrected for the sender's clock skew. */
  timestamp: number
  /** The sender's own words, where the time was replaced (more than 24 h ahead). */
  originalTimestamp?: string
  /** The event's own properties: without the keys below. */
  properties: Properties
  set?: Properties
  setOnce?: Properties
  unset?: string[]
  /** The other id of `$identify` ($anon_distinct_id) or of `$create_alias` / `$merge_dangerously` (alias). */
  otherId?: string
  groups?: Record<string, string>
  /** false: the event makes no profile (`$process_person_profile: false`). */
  personProfile?: boolean
  /** The sender's address as seen at the edge, for the country; never stored with the event. */
  ip?: string
  userAgent?: string
  /** Named oddities that were put right at the edge, for hints in Data, such as `nested-set`. */
  hints?: string[]
}

/** Why an event was left out for good. Counted and shown by name. */
export const dropReasons = ['duplicate', 'erased-person', 'opted-out', 'past-retention', 'replay-snapshot'] as const
export type DropReason = (typeof dropReasons)[number]

/** Why an event was set aside, whole, for someone to look at. */
export const quarantineReasons = [
  'missing-event-name',
  'missing-distinct-id',
  'missing-group-id',
  'unknown-message-type',
  'not-an-object',
  'invalid-uuid',
  'timestamp-out-of-range',
  'too-deep',
  'too-large',
  'too-many-property-names',
  'store-refused',
] as const
export type QuarantineReason = (typeof quarantineReasons)[number]
