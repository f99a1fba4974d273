import { z } from 'zod'
import type { AccountRow } from './account-row.ts'
import { eventChoiceSchema, type Season, type SegmentDefinition, type SegmentUnit, seasonsSchema, segmentDefinitionSchema } from './condition/index.ts'
import { type Enrichment, enrichmentPatch, type GeographyState } from './enrichment.ts'
import type { Properties, Source } from './event.ts'
import { type Display, type InsightQuery, insightQuerySchema, pointSchema } from './insight.ts'
import type { SegmentKeeping, SegmentUser, TestResult } from './membership-parts.ts'
import { cursorRequest, type Page, pageRequest } from './page.ts'
import type { KeptReach } from './portrait.ts'
import { type Roles, rolesSchema } from './roles.ts'
import { type Scope, scopes } from './scopes.ts'

/** Requests and replies of `/api`, as `docs/api.md` lists them. Requests are schemas; replies are types. */

/* Session */
export const loginRequest = z.strictObject({ token: z.string().min(1).max(200) })
export interface Me {
  user: { id: number; name: string }
  projects: ProjectSummary[]
  csrf: string
  version: string
}
export interface ProjectSummary {
  id: number
  name: string
  timezone: string
}

/* Project */
/** Somebody who works in a project. */
export interface ProjectMember {
  id: number
  name: string
}
export interface Project extends ProjectSummary {
  /** The public capture token, safe in a web page. */
  token: string
  weekStart: 'sunday' | 'monday'
  currency: string
  roles: Roles
  /** Parts of the year that conditions can name. */
  seasons: readonly Season[]
  createdAt: number
  demo: boolean
  enrichment: Enrichment
}
export const projectPatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  timezone: z.string().min(1).max(60).optional(),
  weekStart: z.enum(['sunday', 'monday']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write a currency code such as EUR')
    .optional(),
  roles: rolesSchema.optional(),
  seasons: seasonsSchema.optional(),
  enrichment: enrichmentPatch.optional(),
})
export const projectCreate = z.strictObject({ name: z.string().trim().min(1).max(100), timezone: z.string().min(1).max(60).optional() })
export interface ApiKey {
  id: number
  name: string
  prefix: string
  scopes: Scope[]
  createdAt: number
  lastUsedAt: number | null
  /** From then on it opens nothing; null: never. */
  expiresAt: number | null
}
/** `scopes`: as few as will do; left out, the key can only read. `expiresAt`: epoch milliseconds, ahead of now. */
export const apiKeyCreate = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length).default(['read']),
  expiresAt: z.number().int().nullable().default(null),
})
/** The only time the secret is seen. */
export interface ApiKeyCreated extends ApiKey {
  secret: string
}

/** The state of the truth, shown on every page. Times are epoch milliseconds. */
export interface Status {
  watermark: number
  /** Acknowledged events not yet in the store. */
  lag: number
  exactThrough: number
  people: { all: number; customers: number; known: number; anonymous: number }
  events: number
  firstEventAt: number | null
  lastEventAt: number | null
  /** Null until the pipeline has started. */
  geography: GeographyState | null
  problems: Problem[]
}
export interface Problem {
  kind: 'dropped' | 'quarantined' | 'hint'
  reason: string
  count: number
  lastAt: number
  says: string
}

/* Insights */
export const insightRun = z.strictObject({ query: insightQuerySchema, watermark: z.number().int().min(0).optional() })
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
  watermark: z.number().int().min(0).optional(),
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
  watermark: z.number().int().min(0).optional(),
  name: z.string().trim().min(1).max(200),
  mode: z.enum(['keep-updating', 'freeze']),
})

/* People */
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

/* Data */
export interface EventDefinition {
  name: string
  label: string
  count: number
  firstSeenAt: number
  lastSeenAt: number
  role: string | null
  description: string
  hidden: boolean
  verified: boolean
}
export interface PropertyDefinition {
  of: 'event' | 'person'
  name: string
  label: string
  types: Record<string, number>
  samples: string[]
  count: number
  firstSeenAt: number
  lastSeenAt: number
  description: string
  hidden: boolean
  verified: boolean
  /** Its values are masked; samples and suggestions are left out. */
  sensitive: boolean
}
export const valuesRequest = z.strictObject({
  of: z.enum(['event', 'person']),
  property: z.string().min(1).max(400),
  event: z.string().max(200).optional(),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  /** Of a sensitive property the values are told only to someone who asks for them on purpose. */
  reveal: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})
export interface ValueCount {
  value: string
  count: number
}
export interface LiveEvents extends Page<EventRow> {
  watermark: number
}

/* Segments */
export const segmentPreviewRequest = z.strictObject({ definition: segmentDefinitionSchema, watermark: z.number().int().min(0).optional() })
/** How many each condition keeps on its own; `path` is where it stands in the tree (`where.all.0`). */
export interface ClauseCount {
  path: string
  sentence: string
  count: number
}
/** What can be counted but is hardly meant, at the row it stands in. */
export interface DefinitionWarning {
  path: string
  reason: string
}
export interface SegmentPreview {
  /** Whom it counts; of the other unit no examples are given. */
  unit: SegmentUnit
  count: number
  everyone: number
  clauses: ClauseCount[]
  warnings: DefinitionWarning[]
  people: (PersonRow & { reasons: string[] })[]
  accounts: (AccountRow & { reasons: string[] })[]
  sentence: string
  yaml: string
  json: string
  watermark: number
  at: number
  milliseconds: number
}
export const segmentSave = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2000).default(''),
  definition: segmentDefinitionSchema,
})
/** Reads YAML or JSON text typed by a person; answers the definition in all three forms. */
export const segmentReadRequest = z.strictObject({ text: z.string().max(500_000), form: z.enum(['yaml', 'json']) })
/** A cohort as PostHog's API gives it; what its numbers stand for here: cohorts by segments, actions by events. */
export const cohortConvertRequest = z.strictObject({
  cohort: z.record(z.string(), z.unknown()),
  cohorts: z.record(z.string(), z.number().int().positive()).default({}),
  actions: z.record(z.string(), eventChoiceSchema).default({}),
})
/** A definition that keeps the same people, and what reads otherwise in it so that it does; `path` is where that stands in the cohort. */
export interface ConvertedCohort extends SegmentForms {
  notes: { path: string; text: string }[]
}
export interface SegmentForms {
  definition: SegmentDefinition
  sentence: string
  yaml: string
  json: string
}
export interface Segment extends SegmentKeeping {
  id: number
  name: string
  description: string
  kind: 'rule' | 'frozen'
  unit: SegmentUnit
  /** null for a frozen list. */
  definition: SegmentDefinition | null
  sentence: string
  version: number
  /** As last counted; null before the first count. */
  count: number | null
  countedAt: number | null
  /** How many of those counted can be written to; null: of accounts, or not counted yet. */
  reach: KeptReach | null
  createdAt: number
  updatedAt: number
  usedBy: SegmentUser[]
  /** What did not come out as expected; the change was saved with a warning. Only in the answer to a save. */
  failedTests?: TestResult[] | undefined
}
/** `changes` tells the difference to the version before, a line each. */
export interface SegmentVersion {
  version: number
  author: string
  at: number
  definition: Segment['definition']
  sentence: string
  changes: string[]
}
interface MembersFound {
  total: number
  watermark: number
  at: number
}
export interface SegmentPeople extends Page<PersonRow>, MembersFound {
  unit: 'person'
}
export interface SegmentAccounts extends Page<AccountRow>, MembersFound {
  unit: 'account'
}
export type SegmentMembers = SegmentPeople | SegmentAccounts
/** Keeps the members of a segment as they are now as a list of its own. */
export const segmentFreeze = z.strictObject({ name: z.string().trim().min(1).max(200) })
/** `columns`: `id`, `distinct_id`, `email`, `created_at`, `last_seen`, or any person property; of accounts `id`, `type`, `key`, `name`, `people`, `created_at`, `last_seen`, or any property of theirs. */
export const exportRequest = z.strictObject({ format: z.enum(['csv', 'json', 'parquet']).default('csv'), columns: z.string().max(10_000).optional() })

/* Demo */
/** `events` are in the store; `total` is an estimate until all are made. */
export interface DemoProgress {
  state: 'running' | 'done' | 'failed'
  events: number
  total: number
  eventsPerSecond: number
  secondsLeft: number | null
  projectId: number
  error: string | null
}
