import { z } from 'zod'
import { accountRowReply } from './account-row.ts'
import {
  changeCauses,
  type Delivery,
  type DeliveryCreated,
  type ListChanged,
  type ListUpload,
  type MemberChange,
  type PersonSegment,
  type RecomputedSegment,
  type SegmentChoice,
  type SegmentDay,
  type SegmentGrowth,
  type SegmentHistory,
  type SegmentSizes,
  type SegmentTests,
  type SegmentWhy,
  segmentTestSchema,
  type WhatIf,
  type WhyClause,
} from './membership.ts'
import { segmentUserReply, testResultReply } from './membership-parts.ts'
import { keptReachReply, personaReply } from './portrait.ts'
import { pageReply, personRowReply } from './replies.ts'

const at = z.number().int().describe('Epoch milliseconds')
const id = z.number().int()
const count = z.number().int()

export const recomputedSegmentReply = z
  .strictObject({ size: count, entered: count, left: count, at, position: count, milliseconds: count })
  .meta({ id: 'RecomputedSegment' }) satisfies z.ZodType<RecomputedSegment>
const day = z.strictObject({ day: z.string(), size: count, entered: count, left: count }) satisfies z.ZodType<SegmentDay>
const change = z.strictObject({
  id,
  label: z.string().nullable().describe('null: no longer there'),
  entered: z.boolean(),
  at,
  cause: z.enum(changeCauses),
  version: count,
}) satisfies z.ZodType<MemberChange>
export const segmentHistoryReply = pageReply(change)
  .extend({ days: z.array(day).describe('The size at the end of each day of the project, from the first that was recorded'), since: at.nullable() })
  .meta({ id: 'SegmentHistory' }) satisfies z.ZodType<SegmentHistory>
const growth = z.strictObject({
  id,
  name: z.string(),
  kind: z.enum(['rule', 'frozen']),
  unit: z.enum(['person', 'account']),
  since: at.nullable().describe('When recording began'),
  size: count.nullable(),
  before: count.nullable().describe('As recorded so many days ago; null: recording began later'),
  newRule: z.boolean().describe('The rule became another version in between'),
  today: z.strictObject({ entered: count, left: count }).describe('Since midnight; those of the first recomputation are left out'),
}) satisfies z.ZodType<SegmentGrowth>
export const segmentGrowthReply = z.strictObject({ results: z.array(growth) }).meta({ id: 'SegmentGrowth' })
export const segmentSizesReply = z
  .strictObject({ points: z.array(z.strictObject({ at, size: count })) })
  .meta({ id: 'SegmentSizes' }) satisfies z.ZodType<SegmentSizes>

const choices = z.enum(['include', 'exclude'])
export const segmentChoiceReply = z
  .strictObject({ id, label: z.string().nullable(), choice: choices, reason: z.string(), author: z.string(), at })
  .meta({ id: 'SegmentChoice' }) satisfies z.ZodType<SegmentChoice>
export const personSegmentReply = z
  .strictObject({
    id,
    name: z.string(),
    kind: z.enum(['rule', 'frozen']),
    sentence: z.string(),
    member: z.boolean().describe('By the record'),
    since: at.nullable(),
    choice: choices.nullable(),
    recordedAt: at.nullable(),
    persona: personaReply.nullable(),
  })
  .meta({ id: 'PersonSegment' }) satisfies z.ZodType<PersonSegment>

export const listChangedReply = z
  .strictObject({ changed: count, unknown: z.array(z.string()).describe('Those named who are not there') })
  .meta({ id: 'ListChanged' }) satisfies z.ZodType<ListChanged>
export const listUploadReply = z
  .strictObject({
    id,
    name: z.string(),
    by: z.string(),
    total: count,
    added: count,
    already: count,
    created: count.describe('Added, after they were made as new people'),
    refused: count.describe('Unknown, named by several people, empty or repeated; the report says which'),
    error: z.string().nullable().describe('Why the file was not read to its end; what was added before that stays. null: it was'),
    author: z.string(),
    at,
  })
  .meta({ id: 'ListUpload' }) satisfies z.ZodType<ListUpload>

const clause = z.strictObject({
  path: z.string(),
  sentence: z.string(),
  met: z.boolean(),
  seen: z.string().nullable(),
  threshold: z.string().nullable(),
  events: z
    .array(z.strictObject({ id: z.string(), event: z.string(), at, step: z.number().int().nullable().describe('Which step of a sequence it is, from 1') }))
    .describe('The newest that count for it, at most ten; the one that does; or those of a sequence step by step'),
}) satisfies z.ZodType<WhyClause>
export const segmentWhyReply = z
  .strictObject({
    person: personRowReply.nullable(),
    account: accountRowReply.nullable(),
    member: z.boolean(),
    recorded: z.strictObject({ since: at, cause: z.enum(changeCauses) }).nullable(),
    choice: segmentChoiceReply.nullable(),
    clauses: z.array(clause),
    next: z
      .strictObject({ at, becomes: z.enum(['in', 'out']) })
      .nullable()
      .describe('When they enter or leave if nothing happens'),
    horizon: at.describe('How far ahead was looked'),
    nextUnknown: z.string().nullable().describe('Why the next change cannot be told from them alone'),
    at,
    watermark: count,
  })
  .meta({ id: 'SegmentWhy' }) satisfies z.ZodType<SegmentWhy>

const side = z.strictObject({
  count,
  people: z.array(personRowReply).describe('At most five; of accounts none'),
  accounts: z.array(accountRowReply).describe('At most five; of people none'),
})
export const whatIfReply = z
  .strictObject({
    before: count,
    after: count,
    reach: z.strictObject({ before: keptReachReply, after: keptReachReply }).nullable().describe('How many of those can be reached; null: of accounts'),
    enter: side,
    leave: side,
    clauses: z.array(z.strictObject({ path: z.string(), sentence: z.string(), count })),
    usedBy: z.array(segmentUserReply),
    alsoChanges: z.array(z.strictObject({ id, name: z.string(), enter: count, leave: count })),
    tests: z.array(testResultReply),
    at,
  })
  .meta({ id: 'WhatIf' }) satisfies z.ZodType<WhatIf>

export const segmentTestsReply = z
  .strictObject({ policy: z.enum(['refuse', 'warn']), tests: z.array(segmentTestSchema) })
  .meta({ id: 'SegmentTests' }) satisfies z.ZodType<SegmentTests>
export const testResultsReply = z.strictObject({ results: z.array(testResultReply) }).meta({ id: 'SegmentTestResults' })

const delivery = {
  id,
  url: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  sent: count,
  total: count,
  batches: count,
  attempts: count,
  retries: count.describe('Tries beyond the first of a batch'),
  answer: z.string().nullable().describe('What the receiver answered last, or why it did not'),
  error: z.string().nullable(),
  createdAt: at,
  endedAt: at.nullable(),
}
export const deliveryReply = z.strictObject(delivery).meta({ id: 'Delivery' }) satisfies z.ZodType<Delivery>
export const deliveryCreatedReply = z
  .strictObject({ ...delivery, secret: z.string().describe('Signs the batches; shown this once') })
  .meta({ id: 'DeliveryCreated' }) satisfies z.ZodType<DeliveryCreated>
