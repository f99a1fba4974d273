import { z } from 'zod'
import { segmentDefinitionSchema } from './condition/index.ts'
import { segmentTestSchema } from './membership.ts'
import { type TestResult, testResultReply } from './membership-parts.ts'

/* Segments as files: one YAML file for each rule, told apart by its key. */

/** The longest key; a number that tells two of one name apart fits behind what is left of the name. */
const keyLength = 80
export const segmentKeySchema = z
  .string()
  .max(keyLength)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a key is of small letters and digits with single hyphens between them and begins with a letter: big-spenders')

/** The key that a segment of this name gets where it is free. Once given it stays, whatever the segment is called later. */
export function segmentKeyOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, keyLength - 10)
    .replace(/^-+|-+$/g, '')
  if (plain === '') return 'segment'
  // A key of digits alone would read as a number in YAML.
  return /^[a-z]/.test(plain) ? plain : `segment-${plain}`
}

/** `key`, or the first of `key-2`, `key-3` … that is not taken. */
export function freeSegmentKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key
  let number = 2
  while (taken.has(`${key}-${number}`)) number++
  return `${key}-${number}`
}

/**
 * What a file holds, once the keys in its conditions stand for segments. `version`: the one it was pulled at and, behind a hyphen, the mark of what Kindred
 * held then, so that a change made there since is seen.
 */
export const segmentFileSchema = z.strictObject({
  key: segmentKeySchema,
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2000).default(''),
  version: z
    .union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,9}(-[0-9a-f]{8})?$/)], { error: 'the version it was pulled at, such as 3-9f2c41ab' })
    .optional(),
  /** Sample people with the answer each must have. Left out: those that Kindred holds stay. */
  tests: z.array(segmentTestSchema).max(100).optional(),
  definition: segmentDefinitionSchema,
})

/** `path` is below the folder; it names the file in what is answered. */
const fileText = z.strictObject({ path: z.string().min(1).max(500), text: z.string().max(500_000) })
export type SegmentFileText = z.infer<typeof fileText>
const whole = { files: z.array(fileText).max(2000), prune: z.boolean().default(false) }
/** `prune`: rules without a file are deleted. `sizes`: counts the members that each changed rule would have. */
export const segmentFilesPlanRequest = z.strictObject({ ...whole, sizes: z.boolean().default(true) })
export const segmentFilesTestRequest = z.strictObject({ files: whole.files })
/** `force`: overwrites what was changed in Kindred since a file was pulled. */
export const segmentFilesApplyRequest = z.strictObject({ ...whole, force: z.boolean().default(false) })

export interface SegmentFile extends SegmentFileText {
  id: number
  key: string
  /** What its line `version` holds. */
  version: string
}
export interface SegmentFiles {
  files: SegmentFile[]
}

/** Something in a file that must be put right. `line` counts from 1; null where the file as a whole is meant. `at`: where in it, as a path. */
export interface SegmentFileMistake {
  path: string
  line: number | null
  at: string
  reason: string
}
/** Kindred holds something else than when the file was pulled, and it did not come from files. */
export interface SegmentFileDrift {
  /** `ahead`: the file was pulled at a version that is not there: of another project, or of before a backup was restored. */
  kind: 'changed' | 'renamed' | 'deleted' | 'ahead'
  /** That of the file. */
  version: number
  current: number | null
  /** When it was deleted. */
  deletedAt: number | null
  /** The versions made since, newest first. */
  versions: { version: number; author: string; at: number; changes: string[] }[]
}
export const segmentFileChangeKinds = ['create', 'change', 'rename', 'delete', 'unchanged'] as const
export interface SegmentFileChange {
  kind: (typeof segmentFileChangeKinds)[number]
  key: string
  /** Of the file; null for a segment that has none. */
  path: string | null
  /** null before it is made. */
  id: number | null
  name: string
  /** What it is called now, where it is called otherwise in the file. */
  was: string | null
  /** The rule in words. */
  sentence: string
  /** What changes, a line each. */
  changes: string[]
  /** Members by the rule as it is, as last counted, and by the rule in the file; null where there is no such rule. */
  members: { before: number | null; after: number | null }
  drift: SegmentFileDrift | null
  /** What the line `version` of the file holds once it is applied; null for what is deleted. */
  version: string | null
  /** What of a changed rule can be run but is hardly meant, at the row it stands in. */
  warnings?: { path: string; reason: string }[] | undefined
}
export interface SegmentFilesPlan {
  changes: SegmentFileChange[]
  mistakes: SegmentFileMistake[]
}
export interface SegmentFilesApplied {
  changes: SegmentFileChange[]
}
/** What came of the tests of each file that has some, asked of the rule in the file. */
export interface SegmentFilesTested {
  files: { path: string; key: string; results: TestResult[] }[]
  mistakes: SegmentFileMistake[]
}

const count = z.number().int()
const at = count.describe('Epoch milliseconds')
export const segmentFilesReply = z
  .strictObject({
    files: z.array(
      z.strictObject({ id: count, key: z.string(), version: z.string().describe('What its line `version` holds'), path: z.string(), text: z.string() }),
    ),
  })
  .meta({ id: 'SegmentFiles' }) satisfies z.ZodType<SegmentFiles>
const mistake = z.strictObject({
  path: z.string(),
  line: count.nullable().describe('From 1; null: the file as a whole'),
  at: z.string().describe('Where in the file, as a path: `definition.where.all.0`'),
  reason: z.string(),
}) satisfies z.ZodType<SegmentFileMistake>
const drift = z.strictObject({
  kind: z.enum(['changed', 'renamed', 'deleted', 'ahead']),
  version: count.describe('That of the file'),
  current: count.nullable(),
  deletedAt: at.nullable(),
  versions: z.array(z.strictObject({ version: count, author: z.string(), at, changes: z.array(z.string()) })).describe('Made since, newest first'),
}) satisfies z.ZodType<SegmentFileDrift>
const change = z
  .strictObject({
    kind: z.enum(segmentFileChangeKinds),
    key: z.string(),
    path: z.string().nullable(),
    id: count.nullable().describe('null before it is made'),
    name: z.string(),
    was: z.string().nullable().describe('What it is called now, where that differs'),
    sentence: z.string(),
    changes: z.array(z.string()),
    members: z.strictObject({ before: count.nullable(), after: count.nullable() }).describe('As last counted, and by the rule in the file'),
    drift: drift.nullable().describe('Changed in Kindred since the file was pulled'),
    version: z.string().nullable().describe('What the line `version` holds once it is applied'),
    warnings: z
      .array(z.strictObject({ path: z.string(), reason: z.string() }))
      .optional()
      .describe('What of a changed rule can be run but is hardly meant'),
  })
  .meta({ id: 'SegmentFileChange' }) satisfies z.ZodType<SegmentFileChange>
export const segmentFilesPlanReply = z
  .strictObject({ changes: z.array(change), mistakes: z.array(mistake) })
  .meta({ id: 'SegmentFilesPlan' }) satisfies z.ZodType<SegmentFilesPlan>
export const segmentFilesAppliedReply = z
  .strictObject({ changes: z.array(change) })
  .meta({ id: 'SegmentFilesApplied' }) satisfies z.ZodType<SegmentFilesApplied>
export const segmentFilesTestedReply = z
  .strictObject({ files: z.array(z.strictObject({ path: z.string(), key: z.string(), results: z.array(testResultReply) })), mistakes: z.array(mistake) })
  .meta({ id: 'SegmentFilesTested' }) satisfies z.ZodType<SegmentFilesTested>
