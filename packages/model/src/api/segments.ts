import { z } from 'zod'
import type { AccountRow } from '../account-row.ts'
import { eventChoiceSchema, type SegmentDefinition, type SegmentUnit, segmentDefinitionSchema } from '../condition/index.ts'
import type { SegmentKeeping, SegmentUser, TestResult } from '../membership-parts.ts'
import type { Page } from '../page.ts'
import type { KeptReach } from '../portrait.ts'
import type { PersonRow } from './people.ts'

/** Definitions and those they keep. */

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
/** A change of a saved one. */
export const segmentChange = segmentSave.extend({
  version: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('The version that was changed: refused where another was saved since. Left out: whatever stands there is replaced'),
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
  /** What of the saved definition can be run but is hardly meant. Only in the answer to a save, where there is any. */
  warnings?: DefinitionWarning[] | undefined
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
