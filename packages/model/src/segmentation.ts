import { z } from 'zod'
import { segmentUnits } from './condition/definition.ts'
import { propertyKey } from './condition/property.ts'

/** A segmentation: a set of segments with a purpose, made in steps, so that it can be explained, agreed on and revised. */

const text = z.string().trim().max(5000)
const line = z.string().trim().min(1).max(300)

export const problemAreas = ['sales', 'support', 'product', 'organisation'] as const
export type ProblemArea = (typeof problemAreas)[number]
export const approaches = ['performance', 'personas', 'channels'] as const
export type Approach = (typeof approaches)[number]

/** Somebody whose goals are affected: they comment and sign off. `id` is kept from save to save. */
const stakeholderSchema = z.strictObject({ id: z.uuid(), name: line, role: text.default(''), email: z.email().max(320).optional() })
export type Stakeholder = z.infer<typeof stakeholderSchema>

/** One variable of the data plan. `property`: the property or trait that holds it, so that the share of people known can be counted. */
const variableSchema = z.strictObject({
  name: line,
  source: text.default(''),
  owner: text.default(''),
  /** Whether it can be had at all. */
  obtainable: z.boolean().default(true),
  property: propertyKey.optional(),
  /** Whether the segmentation is made by it, and why. */
  chosen: z.boolean().default(false),
  why: text.default(''),
})
export type PlannedVariable = z.infer<typeof variableSchema>

const groupSchema = z.strictObject({
  segment: z.number().int().positive(),
  /** The main segment it is a niche of; one of the same list. */
  mainSegment: z.number().int().positive().optional(),
})
/** Rules in order, the first that fits decides where `exclusive`; or one group for each value of a property or of a trait. */
const groupsSchema = z.union([
  z.strictObject({
    by: z.literal('segments'),
    segments: z.array(groupSchema).max(40),
    exclusive: z.boolean().default(true),
    everyoneElse: z.string().trim().min(1).max(100).default('Everyone else'),
  }),
  z.strictObject({ by: z.literal('property'), property: propertyKey, limit: z.number().int().min(2).max(40).default(12) }),
  z.strictObject({ by: z.literal('trait'), trait: z.string().min(1).max(200), limit: z.number().int().min(2).max(40).default(12) }),
])
export type SegmentationGroups = z.infer<typeof groupsSchema>

export const segmentationSave = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    problem: z.strictObject({ area: z.enum(problemAreas).optional(), text: text.default('') }).default({ text: '' }),
    objective: z
      .strictObject({ text: text.default(''), outcome: text.default(''), deliverables: z.array(line).max(30).default([]) })
      .default({ text: '', outcome: '', deliverables: [] }),
    stakeholders: z.array(stakeholderSchema).max(50).default([]),
    /** Whom: people or accounts, a segment of them or all; the share of the base that should be covered, in percent; by when it is to be done. */
    scope: z
      .strictObject({
        unit: z.enum(segmentUnits).optional().describe('Left out: what the segments hold, people where there are none'),
        accountType: z.string().min(1).max(200).optional().describe('The accounts that are sorted; left out: those of every type'),
        segment: z.number().int().positive().nullable().default(null),
        cover: z.number().min(0).max(100).optional(),
        until: z.iso.date().optional(),
        text: text.default(''),
      })
      .default({ segment: null, text: '' }),
    variables: z.array(variableSchema).max(60).default([]),
    approach: z.strictObject({ kind: z.enum(approaches).optional(), text: text.default('') }).default({ text: '' }),
    groups: groupsSchema.default({ by: 'segments', segments: [], exclusive: true, everyoneElse: 'Everyone else' }),
    /** The one chosen to act on. */
    target: z.number().int().positive().nullable().default(null),
    revision: z.strictObject({ text: text.default(''), next: z.iso.date().optional() }).default({ text: '' }),
  })
  .superRefine((save, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (save.scope.accountType !== undefined && save.scope.unit !== 'account') refuse(['scope', 'accountType'], 'people have no type: say `unit: account`')
    if (save.groups.by !== 'segments') {
      if (save.scope.unit === 'account') refuse(['groups', 'by'], 'accounts are sorted by segments of them')
      return
    }
    const ids = save.groups.segments.map(({ segment }) => segment)
    save.groups.segments.forEach(({ segment, mainSegment }, index) => {
      if (ids.indexOf(segment) !== index) refuse(['groups', 'segments', index, 'segment'], 'this segment is in the list already')
      const main = save.groups.by === 'segments' ? save.groups.segments.find((each) => each.segment === mainSegment) : undefined
      if (mainSegment !== undefined && (main === undefined || main.mainSegment !== undefined || mainSegment === segment)) {
        refuse(['groups', 'segments', index, 'mainSegment'], 'name a main segment of the same list')
      }
    })
    if (save.target !== null && !ids.includes(save.target)) refuse(['target'], 'the target is one of the segments of the list')
  })
export type SegmentationSave = z.infer<typeof segmentationSave>
/** A change of a saved one. */
export const segmentationChange = segmentationSave.safeExtend({
  updatedAt: z
    .number()
    .int()
    .optional()
    .describe('The `updatedAt` of what was changed: refused where another change was saved since. Left out: whatever stands there is replaced'),
})
export type SegmentationChange = z.infer<typeof segmentationChange>

const at = z.number().int().describe('Epoch milliseconds')
const commentReply = z.strictObject({ id: z.number().int(), author: z.string(), text: z.string(), at })
const signOffReply = z.strictObject({
  stakeholder: z.uuid(),
  at,
  version: z.number().int(),
  current: z.boolean().describe('Whether what was signed is still what stands there, the rules of its segments included'),
  changedRules: z.array(z.string()).describe('The segments whose rules, or those of segments they name, have changed since'),
})

const row = {
  id: z.number().int(),
  name: z.string(),
  version: z.number().int().describe('Counts what is to be signed: groups, objective, scope, variables'),
  groups: z.number().int().describe('How many segments; 0 where they are the values of something'),
  signedOff: z.number().int(),
  stakeholders: z.number().int(),
  createdAt: at,
  updatedAt: at,
}
export const segmentationRowReply = z.strictObject(row).meta({ id: 'SegmentationRow' })
export type SegmentationRow = z.infer<typeof segmentationRowReply>

export const segmentationReply = z
  .strictObject({
    id: z.number().int(),
    version: z.number().int(),
    createdAt: at,
    updatedAt: at,
    segmentation: segmentationSave,
    comments: z.array(commentReply),
    signOffs: z.array(signOffReply),
    shared: z.boolean().describe('Whether a link to the report exists'),
  })
  .meta({ id: 'Segmentation' })
export type Segmentation = z.infer<typeof segmentationReply>

/** What hardly can be meant, or is not known yet; `step` is where it is put right. */
export const segmentationSteps = ['problem', 'objective', 'scope', 'data', 'variables', 'approach', 'groups', 'revision'] as const
export type SegmentationStep = (typeof segmentationSteps)[number]

const groupSizeReply = z.strictObject({
  segment: z.number().int().nullable().describe('Null: everyone else, or a value'),
  name: z.string(),
  mainSegment: z.number().int().nullable(),
  size: z.number().int().describe('How many fit the rule'),
  own: z.number().int().describe('How many it holds where the first rule that fits decides'),
  reachable: z.number().int().describe('How many of `own` have an e-mail address and gave their consent to marketing by e-mail'),
  revenue: z.number().nullable().describe('What those of `own` ordered in the last 365 days; null: of accounts, or where no value of an order is known'),
})
export const segmentationReportReply = z
  .strictObject({
    unit: z.enum(segmentUnits).describe('Whom the segments hold'),
    scope: z.string().nullable().describe('The name of the segment that it is about the members of; null: everyone'),
    inScope: z.number().int(),
    covered: z.number().int(),
    overlapping: z.number().int().describe('How many fit more than one rule, niches aside'),
    groups: z.array(groupSizeReply),
    pairs: z.array(z.strictObject({ a: z.number().int(), b: z.number().int(), both: z.number().int(), jaccard: z.number() })),
    known: z
      .array(z.strictObject({ name: z.string(), share: z.number().nullable() }))
      .describe('Of each variable with a property or a trait: the share of people, or accounts, it is known of'),
    warnings: z.array(z.strictObject({ step: z.enum(segmentationSteps), says: z.string() })),
    watermark: z.number().int(),
    at,
  })
  .meta({ id: 'SegmentationReport' })
export type SegmentationReport = z.infer<typeof segmentationReportReply>

export const commentRequest = z.strictObject({ text: z.string().trim().min(1).max(5000) })
export const signOffRequest = z.strictObject({ stakeholder: z.uuid() })
export const shareRequest = z.strictObject({ stakeholder: z.uuid().optional() })
export const shareReply = z
  .strictObject({ token: z.string().describe('Opens `/shared/#token=…`; it is in this answer and nowhere else') })
  .meta({ id: 'ShareLink' })

/** What somebody with a link sees. `stakeholder`: whose link it is; null reads only. */
export const sharedReportReply = z
  .strictObject({
    project: z.string(),
    currency: z.string(),
    segmentation: segmentationReply,
    report: segmentationReportReply,
    stakeholder: z.uuid().nullable(),
  })
  .meta({ id: 'SharedSegmentation' })
export type SharedReport = z.infer<typeof sharedReportReply>

/** How segments lie to each other. */
export const overlapRequest = z.strictObject({ segments: z.array(z.number().int().positive()).min(2).max(20) })
export const overlapReply = z
  .strictObject({
    unit: z.enum(['person', 'account']),
    everyone: z.number().int(),
    segments: z.array(z.strictObject({ id: z.number().int(), name: z.string(), size: z.number().int() })),
    intersections: z
      .array(z.strictObject({ segments: z.array(z.number().int()), count: z.number().int() }))
      .describe(
        'Those who are in exactly these segments and in no other of the list, most first, at most 200; in none: an empty list, which is never left out',
      ),
    combinations: z.number().int().describe('How many combinations occur, those that are not listed included'),
    pairs: z.array(z.strictObject({ a: z.number().int(), b: z.number().int(), both: z.number().int(), jaccard: z.number() })),
    watermark: z.number().int(),
    at,
  })
  .meta({ id: 'Overlap' })
export type Overlap = z.infer<typeof overlapReply>
