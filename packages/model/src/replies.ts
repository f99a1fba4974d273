import { z } from 'zod'
import { accountRowReply, accountShape } from './account-row.ts'
import type {
  ApiKey,
  ApiKeyCreated,
  ClauseCount,
  ConvertedCohort,
  DemoProgress,
  EventDefinition,
  EventRow,
  LiveEvents,
  Me,
  PeoplePage,
  PersonProfile,
  PersonRow,
  Problem,
  Project,
  ProjectMember,
  ProjectSummary,
  PropertyDefinition,
  PropertyFact,
  QuestionProgress,
  SavedInsight,
  Segment,
  SegmentForms,
  SegmentMembers,
  SegmentPreview,
  SegmentVersion,
  Status,
  ValueCount,
} from './api/index.ts'
import { conditionSchema, seasonSchema, segmentUnits } from './condition/index.ts'
import { enrichmentSchema, type GeographyState } from './enrichment.ts'
import type { JsonValue, Source } from './event.ts'
import { type Bucket, breakdownKeySchema, displays, type InsightAnswer, type InsightRow, insightQuerySchema, intervals } from './insight.ts'
import { type ImportState, importStates, type RejectedRow } from './mapping.ts'
import { segmentKeepingReply, segmentUserReply, testResultReply } from './membership-parts.ts'
import { keptReachReply } from './portrait.ts'
import { rolesSchema } from './roles.ts'
import { scopes } from './scopes.ts'

/**
 * The replies of the API as schemas, for its document: each is held to its type here, and to real replies by a test. Nothing checks a reply on its
 * way out, since that would cost every caller time.
 */

const at = z.number().int().describe('Epoch milliseconds')
const id = z.number().int()
const count = z.number().int()
const watermark = count.describe('The reply is exact to this position of the log')
const properties = z.record(z.string(), z.json() as z.ZodType<JsonValue>)
const sources = ['posthog', 'segment', 'import', 'webhook', 'demo', 'api'] as const satisfies readonly Source[]

/** A page of a list. */
export const pageReply = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({
    results: z.array(row),
    next: z.string().nullable().describe('The `cursor` of the page after this one; null: this is the last'),
  })
export const doneReply = z.strictObject({ ok: z.literal(true) }).meta({ id: 'Done' })

/* Session, projects, keys */
const projectSummary = { id, name: z.string(), timezone: z.string() }
export const meReply = z
  .strictObject({
    user: z.strictObject({ id, name: z.string() }),
    projects: z.array(z.strictObject(projectSummary) satisfies z.ZodType<ProjectSummary>),
    csrf: z.string().describe('To be sent as `x-kindred-csrf` with every request that changes something'),
    version: z.string(),
  })
  .meta({ id: 'Me' }) satisfies z.ZodType<Me>
export const loginLinkReply = z.strictObject({ token: z.string() }).meta({ id: 'LoginLink' })
export const projectMemberReply = z.strictObject({ id, name: z.string() }).meta({ id: 'ProjectMember' }) satisfies z.ZodType<ProjectMember>
export const projectReply = z
  .strictObject({
    ...projectSummary,
    token: z.string().describe('The public capture token, safe in a web page'),
    weekStart: z.enum(['sunday', 'monday']),
    currency: z.string(),
    roles: rolesSchema,
    seasons: z.array(seasonSchema).describe('Parts of the year that conditions can name'),
    createdAt: at,
    demo: z.boolean(),
    enrichment: enrichmentSchema.required(),
  })
  .meta({ id: 'Project' }) satisfies z.ZodType<Project>
const key = {
  id,
  name: z.string(),
  prefix: z.string().describe('How the secret begins'),
  scopes: z.array(z.enum(scopes)),
  createdAt: at,
  lastUsedAt: at.nullable(),
  expiresAt: at.nullable(),
}
export const apiKeyReply = z.strictObject(key).meta({ id: 'ApiKey' }) satisfies z.ZodType<ApiKey>
export const apiKeyCreatedReply = z
  .strictObject({ ...key, secret: z.string().describe('Shown this once') })
  .meta({ id: 'ApiKeyCreated' }) satisfies z.ZodType<ApiKeyCreated>
const problem = z.strictObject({ kind: z.enum(['dropped', 'quarantined', 'hint']), reason: z.string(), count, lastAt: at, says: z.string() })
const geography = z.strictObject({
  database: z.string().describe('The file in use'),
  kind: z.string(),
  builtAt: at.nullable(),
  problem: z.string().nullable().describe('What is wrong with the file that was named'),
})
export const statusReply = z
  .strictObject({
    watermark,
    lag: count.describe('Acknowledged events that are not in the store yet'),
    exactThrough: at.describe('All that arrived until then is in the store, epoch milliseconds: now while nothing is on its way'),
    people: z.strictObject({ all: count, customers: count, known: count, anonymous: count }),
    events: count,
    firstEventAt: at.nullable(),
    lastEventAt: at.nullable(),
    geography: geography.nullable() satisfies z.ZodType<GeographyState | null>,
    problems: z.array(problem satisfies z.ZodType<Problem>),
  })
  .meta({ id: 'Status' }) satisfies z.ZodType<Status>

export const questionProgressReply = z
  .strictObject({
    place: z.number().int().nullable().describe('In the line of those that wait, from 1; null where it does not wait'),
    share: z.number().nullable().describe('Of what it reads, the share that is read, from 0 to 1; null where that is not known'),
  })
  .meta({ id: 'QuestionProgress' }) satisfies z.ZodType<QuestionProgress>

/* People and events */
const person = {
  id,
  distinctIds: z.array(z.string()),
  label: z.string(),
  email: z.string().nullable(),
  kind: z.enum(['customer', 'known', 'anonymous']),
  createdAt: at,
  lastSeenAt: at.nullable(),
  events: count,
  properties,
  masked: z.array(z.string()).describe('Sensitive properties that are left out'),
}
export const personRowReply = z.strictObject(person).meta({ id: 'Person' }) satisfies z.ZodType<PersonRow>
const fact = z.strictObject({
  key: z.string(),
  label: z.string(),
  value: z.unknown(),
  masked: z.boolean(),
  source: z.enum(sources),
  at: at.nullable(),
  event: z.string().nullable(),
  changes: count,
})
export const personProfileReply = z
  .strictObject({ ...person, identified: z.boolean(), facts: z.array(fact satisfies z.ZodType<PropertyFact>), gone: z.array(fact) })
  .meta({ id: 'PersonProfile' }) satisfies z.ZodType<PersonProfile>
export const peoplePageReply = pageReply(personRowReply)
  .extend({ total: count, says: z.string().describe('Which people they are'), watermark })
  .meta({ id: 'PeoplePage' }) satisfies z.ZodType<PeoplePage>
export const eventRowReply = z
  .strictObject({
    uuid: z.string(),
    event: z.string(),
    timestamp: at,
    receivedAt: at,
    personId: id,
    person: z.string(),
    distinctId: z.string(),
    properties,
    masked: z.array(z.string()).describe('Sensitive properties that are left out'),
  })
  .meta({ id: 'Event' }) satisfies z.ZodType<EventRow>
export const liveEventsReply = pageReply(eventRowReply).extend({ watermark }).meta({ id: 'LiveEvents' }) satisfies z.ZodType<LiveEvents>

/* Names and values */
const written = { description: z.string(), hidden: z.boolean(), verified: z.boolean() }
export const eventDefinitionReply = z
  .strictObject({ name: z.string(), label: z.string(), count, firstSeenAt: at, lastSeenAt: at, role: z.string().nullable(), ...written })
  .meta({ id: 'EventDefinition' }) satisfies z.ZodType<EventDefinition>
export const propertyDefinitionReply = z
  .strictObject({
    of: z.enum(['event', 'person']),
    name: z.string(),
    label: z.string(),
    types: z.record(z.string(), count).describe('Type → how often'),
    samples: z.array(z.string()),
    count,
    firstSeenAt: at,
    lastSeenAt: at,
    ...written,
    sensitive: z.boolean().describe('Its values are masked; samples are left out'),
  })
  .meta({ id: 'PropertyDefinition' }) satisfies z.ZodType<PropertyDefinition>
export const valueCountReply = z.strictObject({ value: z.string(), count }).meta({ id: 'ValueCount' }) satisfies z.ZodType<ValueCount>

/* Insights */
const insightRow = z.strictObject({
  index: count,
  formula: z.boolean(),
  label: z.string(),
  breakdown: breakdownKeySchema.optional(),
  compare: z.enum(['current', 'previous']).optional(),
  data: z.array(z.number()).describe('One number per bucket'),
  total: z.number(),
  headcount: z.boolean().describe('Whether the number counts people'),
}) satisfies z.ZodType<InsightRow>
const bucket = z.strictObject({ start: at, label: z.string() }) satisfies z.ZodType<Bucket>
export const insightAnswerReply = z
  .strictObject({
    rows: z.array(insightRow),
    buckets: z.array(bucket),
    previousBuckets: z.array(bucket),
    range: z.strictObject({ from: at, to: at }),
    interval: z.enum(intervals),
    watermark,
    timezone: z.string(),
    at,
    milliseconds: z.number(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'InsightAnswer' }) satisfies z.ZodType<InsightAnswer>
export const savedInsightReply = z
  .strictObject({ id, name: z.string(), query: insightQuerySchema, display: z.enum(displays), updatedAt: at, createdAt: at })
  .meta({ id: 'SavedInsight' }) satisfies z.ZodType<SavedInsight>

/* Segments */
const definition = z.strictObject({ unit: z.enum(segmentUnits), accountType: z.string().optional(), where: conditionSchema })
const forms = { sentence: z.string(), yaml: z.string(), json: z.string() }
const clause = z.strictObject({ path: z.string(), sentence: z.string(), count }) satisfies z.ZodType<ClauseCount>
export const segmentReply = z
  .strictObject({
    id,
    name: z.string(),
    description: z.string(),
    kind: z.enum(['rule', 'frozen']),
    unit: z.enum(segmentUnits),
    definition: definition.nullable(),
    sentence: z.string(),
    version: count,
    count: count.nullable(),
    countedAt: at.nullable(),
    reach: keptReachReply
      .nullable()
      .describe('How many of those counted can be reached by e-mail and by SMS, with consent; null: of accounts, or not counted yet'),
    createdAt: at,
    updatedAt: at,
    usedBy: z.array(segmentUserReply),
    ...segmentKeepingReply,
    failedTests: z.array(testResultReply).optional().describe('Only in the answer to a save'),
    warnings: z
      .array(z.strictObject({ path: z.string(), reason: z.string() }))
      .optional()
      .describe('Only in the answer to a save: what can be run but is hardly meant, at the row it stands in'),
  })
  .meta({ id: 'Segment' }) satisfies z.ZodType<Segment>
export const segmentVersionReply = z
  .strictObject({
    version: count,
    author: z.string(),
    at,
    definition: definition.nullable(),
    sentence: z.string(),
    changes: z.array(z.string()),
  })
  .meta({ id: 'SegmentVersion' }) satisfies z.ZodType<SegmentVersion>
export const segmentFormsReply = z.strictObject({ definition, ...forms }).meta({ id: 'SegmentForms' }) satisfies z.ZodType<SegmentForms>
export const convertedCohortReply = z
  .strictObject({
    definition,
    ...forms,
    notes: z.array(z.strictObject({ path: z.string(), text: z.string() })).describe('What reads otherwise here, so that it means the same'),
  })
  .meta({ id: 'ConvertedCohort' }) satisfies z.ZodType<ConvertedCohort>
export const segmentPreviewReply = z
  .strictObject({
    unit: z.enum(segmentUnits).describe('Whom it counts: examples are under `people` or under `accounts`'),
    count,
    everyone: count,
    clauses: z.array(clause).describe('How many each condition keeps on its own'),
    warnings: z.array(z.strictObject({ path: z.string(), reason: z.string() })).describe('What can be counted but is hardly meant, at the row it stands in'),
    people: z.array(z.strictObject({ ...person, reasons: z.array(z.string()) })),
    accounts: z.array(z.strictObject({ ...accountShape, reasons: z.array(z.string()) })),
    ...forms,
    definition: definition.optional(),
    watermark,
    at,
    milliseconds: z.number(),
  })
  .meta({ id: 'SegmentPreview' }) satisfies z.ZodType<SegmentPreview>
const membersFound = { total: count, watermark, at }
export const segmentMembersReply = z
  .discriminatedUnion('unit', [
    pageReply(personRowReply).extend({ unit: z.literal('person'), ...membersFound }),
    pageReply(accountRowReply).extend({ unit: z.literal('account'), ...membersFound }),
  ])
  .meta({ id: 'SegmentMembers' }) satisfies z.ZodType<SegmentMembers>

/* Imports and the demo */
export const importStateReply = z
  .strictObject({
    id,
    name: z.string(),
    state: z.enum(importStates),
    bytes: count,
    bytesRead: z.number(),
    rows: count,
    events: count,
    people: count,
    duplicates: count,
    rejected: count,
    skipped: z.record(z.string(), count),
    rowsPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
    startedAt: at.nullable(),
    endedAt: at.nullable(),
    error: z.string().nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ImportState' }) satisfies z.ZodType<ImportState>
export const rejectedRowReply = z
  .strictObject({ line: count, column: z.string(), reason: z.string(), row: z.string().describe('As it stands in the file') })
  .meta({ id: 'RejectedRow' }) satisfies z.ZodType<RejectedRow>
export const demoProgressReply = z
  .strictObject({
    state: z.enum(['running', 'done', 'failed']),
    events: count,
    total: count.describe('An estimate until all are made'),
    eventsPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
    projectId: id,
    error: z.string().nullable(),
  })
  .meta({ id: 'DemoProgress' }) satisfies z.ZodType<DemoProgress>
