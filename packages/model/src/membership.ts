import { z } from 'zod'
import type { AccountRow } from './account-row.ts'
import type { PersonRow } from './api/index.ts'
import { type SegmentUnit, segmentDefinitionSchema } from './condition/index.ts'
import { type SegmentUser, schedules, type TestResult } from './membership-parts.ts'
import { cursorRequest, listRequest, type Page, pageRequest } from './page.ts'
import type { KeptReach, Persona } from './portrait.ts'

/** Who is in a segment, since when and why; how segments are kept and found. Requests are schemas; replies are types. */

/**
 * Why somebody entered or left: the rule became another version, something of theirs came in, time passed, a person chose so, two people turned out to be
 * one, the person was deleted.
 */
export const changeCauses = ['rule', 'data', 'time', 'hand', 'merge', 'deletion'] as const
export type ChangeCause = (typeof changeCauses)[number]

const tag = z.string().trim().min(1).max(50)
export const segmentSettings = z.strictObject({
  folder: z.string().trim().max(100).optional(),
  tags: z.array(tag).max(20).optional(),
  /** The number of a user; null: nobody. */
  owner: z.number().int().positive().nullable().optional(),
  schedule: z.enum(schedules).optional(),
  testPolicy: z.enum(['refuse', 'warn']).optional(),
})
/** `force`: also one that others use; they go on with the members it has. */
export const archiveRequest = z.strictObject({ force: z.boolean().default(false) })
export const segmentsRequest = listRequest.extend({
  ids: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,99}$/)
    .transform((ids) => ids.split(',').map(Number))
    .optional()
    .describe('Only these, such as `3,5`, at most 100'),
  search: z.string().max(200).optional(),
  folder: z.string().max(100).optional(),
  tag: z.string().max(50).optional(),
  owner: z.coerce.number().int().positive().optional(),
  kind: z.enum(['rule', 'frozen']).optional(),
  archived: z.enum(['no', 'only', 'both']).default('no'),
})

/* The record */
export interface RecomputedSegment {
  size: number
  entered: number
  left: number
  at: number
  position: number
  milliseconds: number
}
export const segmentHistoryRequest = z.strictObject({
  /** Days told, up to today. */
  days: z.coerce.number().int().min(1).max(730).default(90),
  cause: z.enum(changeCauses).optional(),
  person: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  ...cursorRequest,
})
/** One day in the project's zone: the size at its end, and how many entered and left on it. */
export interface SegmentDay {
  day: string
  size: number
  entered: number
  left: number
}
export interface MemberChange {
  /** The person or the account, as it is today; `label` null: no longer there. */
  id: number
  label: string | null
  entered: boolean
  at: number
  cause: ChangeCause
  version: number
}
export interface SegmentHistory extends Page<MemberChange> {
  /** Days before the first recomputation are left out. */
  days: SegmentDay[]
  /** When recording began; null: not yet. */
  since: number | null
}
/** So many days back; today and the time before are the project's days. */
export const segmentGrowthRequest = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) })
/** How one segment changed by its record. */
export interface SegmentGrowth {
  id: number
  name: string
  kind: 'rule' | 'frozen'
  unit: 'person' | 'account'
  /** When recording began; null: not yet. */
  since: number | null
  /** At the last recomputation; null: none yet. */
  size: number | null
  /** As it was recorded so many days ago; null: recording began later. */
  before: number | null
  /** Its rule became another version in between, so that the sizes are of two rules. */
  newRule: boolean
  /** Since midnight in the project's zone, those of the first recomputation left out. */
  today: { entered: number; left: number }
}
/** `from` and `to`, epoch milliseconds, with so many points between them, both included. */
export const sizesRequest = z.strictObject({
  from: z.coerce.number().int().min(0),
  to: z.coerce.number().int().min(0),
  points: z.coerce.number().int().min(1).max(31).default(13),
})
/** The same of a definition, saved or not: at each of the moments, epoch milliseconds. A screen asks for few at a time and shows how far it is. */
export const definitionSizesRequest = z.strictObject({ definition: segmentDefinitionSchema, moments: z.array(z.number().int().min(0)).min(1).max(31) })
/** How many the rule of today would have kept at each moment. */
export interface SegmentSizes {
  points: { at: number; size: number }[]
}
/**
 * `at`: as of that moment. `as`: those who were `recorded` as members then, under the version in force, or those whom the rule of today, asked then, would
 * have kept (`recomputed`).
 */
export const membersRequest = z
  .strictObject({
    watermark: z.coerce.number().int().min(0).optional(),
    at: z.coerce.number().int().min(0).optional(),
    as: z.enum(['recorded', 'recomputed']).optional(),
    ...pageRequest,
  })
  .refine(({ as, at }) => as !== undefined || at === undefined, { error: 'say whether recorded or recomputed', path: ['as'] })
  .refine(({ as, at }) => as !== 'recomputed' || at !== undefined, { error: 'give the moment', path: ['at'] })
  .refine(({ as, watermark }) => as === undefined || watermark === undefined, { error: 'the moment says it all', path: ['watermark'] })

/* By hand */
export const choiceSave = z.strictObject({ choice: z.enum(['include', 'exclude']), reason: z.string().trim().max(500).default('') })
export interface SegmentChoice {
  id: number
  label: string | null
  choice: 'include' | 'exclude'
  reason: string
  author: string
  at: number
}
/** A segment as one person sees it. */
export interface PersonSegment {
  id: number
  name: string
  kind: 'rule' | 'frozen'
  sentence: string
  /** By the record. */
  member: boolean
  since: number | null
  choice: 'include' | 'exclude' | null
  /** The record is exact at this moment. */
  recordedAt: number | null
  /** Whom the segment's people are like; null: nobody wrote it. */
  persona: Persona | null
}

/* Lists */
const ids = z.array(z.number().int().positive()).max(10_000).default([])
const distinctIds = z.array(z.string().min(1).max(400)).max(10_000).default([])
export const listCreate = z.strictObject({ name: z.string().trim().min(1).max(200), description: z.string().max(2000).default(''), ids, distinctIds })
export const listChange = z
  .strictObject({ action: z.enum(['add', 'remove']), ids, distinctIds })
  .refine((change) => change.ids.length + change.distinctIds.length > 0, { error: 'name somebody', path: ['ids'] })
/** `unknown`: those named who are not there. */
export interface ListChanged {
  changed: number
  unknown: string[]
}
/** `by`: `email`, `distinct_id`, or a person property whose values tell people apart. `column`: of the file's header; left out, the first. */
export const listUploadRequest = z.strictObject({
  name: z.string().min(1).max(400),
  by: z.string().min(1).max(400).default('email'),
  column: z.string().max(400).optional(),
  unknown: z.enum(['report', 'create']).default('report'),
})
export const listOutcomes = ['added', 'already', 'created', 'unknown', 'several', 'empty', 'repeated'] as const
export type ListOutcome = (typeof listOutcomes)[number]
export interface ListUpload {
  id: number
  name: string
  by: string
  total: number
  added: number
  already: number
  created: number
  refused: number
  /** Why the file was not read to its end; null: it was. */
  error: string | null
  author: string
  at: number
}

/* Why */
export interface DecidingEvent {
  id: string
  event: string
  at: number
  /** Which step of a sequence it is, from 1; null: none. */
  step: number | null
}
export interface WhyClause {
  path: string
  sentence: string
  met: boolean
  /** What is looked at, in words: a value, a count, a sum; null where the clause is about something that has no one value. */
  seen: string | null
  /** What it must be; null where the sentence says it all. */
  threshold: string | null
  /** The newest events that count for it, at most ten. */
  events: DecidingEvent[]
}
export interface SegmentWhy {
  /** null: the segment is of accounts. */
  person: PersonRow | null
  /** null: the segment is of people. */
  account: AccountRow | null
  member: boolean
  /** By the record. */
  recorded: { since: number; cause: ChangeCause } | null
  choice: SegmentChoice | null
  clauses: WhyClause[]
  /** When they enter or leave if nothing happens; null: not within `horizon`, or see `nextUnknown`. */
  next: { at: number; becomes: 'in' | 'out' } | null
  /** How far ahead was looked, epoch milliseconds. */
  horizon: number
  /** Why the next change cannot be told from them alone; null: it can. */
  nextUnknown: string | null
  at: number
  watermark: number
}

/* What if */
export const whatIfRequest = z.strictObject({ definition: segmentDefinitionSchema })
/** How many, and some of them: people, or accounts. */
export interface WhatIfSide {
  count: number
  people: PersonRow[]
  accounts: AccountRow[]
}
export interface WhatIf {
  before: number
  after: number
  /** How many of those can be written to; null: of accounts. */
  reach: { before: KeptReach; after: KeptReach } | null
  enter: WhatIfSide
  leave: WhatIfSide
  clauses: { path: string; sentence: string; count: number }[]
  usedBy: SegmentUser[]
  /** Segments that change with it, through `in`, each with how many it would gain and lose. */
  alsoChanges: { id: number; name: string; enter: number; leave: number }[]
  tests: TestResult[]
  at: number
}

/* Tests */
const instant = z.iso.datetime({ offset: true })
const writtenProperties = z.record(z.string(), z.json()).default({})
const written = {
  properties: writtenProperties,
  events: z
    .array(z.strictObject({ event: z.string().min(1).max(200), at: instant, properties: writtenProperties }))
    .max(1000)
    .default([]),
}
/** The moment of the question; left out: when the test runs. */
const now = instant.optional()
/** A person written for a test: nobody else is there when the definition is asked about them. */
export const writtenPersonSchema = z.strictObject({ ...written, now })
export type WrittenPerson = z.infer<typeof writtenPersonSchema>
/** An account written for a test, with its people, whose events all carry it. `type` left out: that of the segment. */
export const writtenAccountSchema = z.strictObject({
  type: z.string().min(1).max(200).optional(),
  properties: writtenProperties,
  people: z.array(z.strictObject(written)).max(100).default([]),
  now,
})
export type WrittenAccount = z.infer<typeof writtenAccountSchema>
const sampleNames = ['distinctId', 'person', 'accountKey', 'account'] as const
export const segmentTestSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    distinctId: z.string().min(1).max(400).optional(),
    person: writtenPersonSchema.optional(),
    accountKey: z.strictObject({ type: z.string().min(1).max(200), key: z.string().min(1).max(400) }).optional(),
    account: writtenAccountSchema.optional(),
    expected: z.enum(['in', 'out']),
  })
  .refine((test) => sampleNames.filter((each) => test[each] !== undefined).length === 1, {
    error: 'give a distinctId or a person; of accounts an accountKey or an account',
    path: ['person'],
  })
export type SegmentTest = z.infer<typeof segmentTestSchema>
/** Whom a sample is one of. */
export function unitOfTest({ accountKey, account }: SegmentTest): SegmentUnit {
  return accountKey === undefined && account === undefined ? 'person' : 'account'
}
export const testsSave = z.strictObject({ policy: z.enum(['refuse', 'warn']).default('warn'), tests: z.array(segmentTestSchema).max(100) })
export const testsRun = z.strictObject({ definition: segmentDefinitionSchema.optional() })
export interface SegmentTests {
  policy: 'refuse' | 'warn'
  tests: SegmentTest[]
}
/* Deliveries */
export const deliveryCreate = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  columns: z.string().max(10_000).optional(),
  batch: z.number().int().min(1).max(5000).default(500),
})
export interface Delivery {
  id: number
  url: string
  state: 'running' | 'done' | 'failed'
  sent: number
  total: number
  /** Those that were taken. */
  batches: number
  attempts: number
  /** Tries beyond the first of a batch. */
  retries: number
  /** What the receiver answered last, or why it did not. */
  answer: string | null
  error: string | null
  createdAt: number
  endedAt: number | null
}
/** `secret` signs the batches and is shown this once. */
export interface DeliveryCreated extends Delivery {
  secret: string
}
