import { z } from 'zod'
import type { DefinitionWarning } from '../api/segments.ts'
import { segmentUnits } from '../condition/definition.ts'
import { type TraitDefinition, type TraitType, traitDefinitionSchema, traitNameSchema, traitTypes } from './definition.ts'

/** Requests and replies about traits. */

/** A trait as lists and pickers show it. */
export interface Trait {
  name: string
  label: string
  description: string
  type: TraitType
  unit: 'person' | 'account'
  builtIn: boolean
  sentence: string
  definition: TraitDefinition
  /** What must be set before it has values, in words; empty where nothing is missing. */
  needs: string[]
  version: number
  /** Null: built in. */
  updatedAt: number | null
  /** Segments, other traits and saved insights that read it. */
  usedBy: { kind: 'segment' | 'trait' | 'insight'; id: string; name: string }[]
  /** The log position up to which what it measures is kept, so that only later events are read; null where all are. */
  keptThrough: number | null
  /** What of the saved definition can be run but is hardly meant. Only in the answer to a save, where there is any. */
  warnings?: DefinitionWarning[] | undefined
}
export interface TraitVersion {
  version: number
  author: string
  at: number
  definition: TraitDefinition
  sentence: string
}
/** One trait of one person or account. `value`: null where it is not known. */
export interface TraitValue {
  name: string
  label: string
  type: TraitType
  unit: 'person' | 'account'
  sentence: string
  builtIn: boolean
  needs: string[]
  value: number | string | string[] | null
}
/** What values a trait has among all people, or accounts. */
export interface TraitPreview {
  sentence: string
  type: TraitType
  /** How many there are, and of how many the value is known. */
  everyone: number
  known: number
  /** Of numbers and dates (epoch milliseconds): the smallest, the quartiles, the largest. */
  quartiles: number[] | null
  /** Of numbers and dates: how many lie from `from` up to `to`. Of texts and items of lists: the most frequent. */
  distribution: { from: number | null; to: number | null; value: string | null; count: number }[]
  people: { id: number; label: string; value: number | string | string[] | null }[]
  needs: string[]
  warnings: DefinitionWarning[]
  watermark: number
  at: number
  milliseconds: number
}

export const traitSave = z.strictObject({
  name: traitNameSchema,
  label: z.string().trim().min(1).max(200),
  description: z.string().max(2000).default(''),
  definition: traitDefinitionSchema,
})
/** The name stays: definitions name it. */
export const traitChange = traitSave.omit({ name: true })
/** A trait by its name, or a definition that is not saved. */
export const traitPreviewRequest = z
  .strictObject({ name: traitNameSchema.optional(), definition: traitDefinitionSchema.optional() })
  .refine(({ name, definition }) => (name === undefined) !== (definition === undefined), { error: 'give either name or definition' })

const at = z.number().int().describe('Epoch milliseconds')
const count = z.number().int()
const value = z.union([z.number(), z.string(), z.array(z.string())]).nullable()
const words = { name: z.string(), label: z.string(), type: z.enum(traitTypes), unit: z.enum(segmentUnits), builtIn: z.boolean(), sentence: z.string() }
const needs = z.array(z.string()).describe('What must be set before it has values')
const warnings = z.array(z.strictObject({ path: z.string(), reason: z.string() }))
const user = z.strictObject({ kind: z.enum(['segment', 'trait', 'insight']), id: z.string(), name: z.string() })
export const traitReply = z
  .strictObject({
    ...words,
    description: z.string(),
    definition: traitDefinitionSchema,
    needs,
    version: count,
    updatedAt: at.nullable(),
    usedBy: z.array(user),
    keptThrough: count.nullable().describe('The log position up to which what it measures is kept, so that only later events are read; null where all are'),
    warnings: warnings.optional().describe('Only in the answer to a save: what can be run but is hardly meant, at the place it stands in'),
  })
  .meta({ id: 'Trait' }) satisfies z.ZodType<Trait>
export const traitVersionReply = z
  .strictObject({ version: count, author: z.string(), at, definition: traitDefinitionSchema, sentence: z.string() })
  .meta({ id: 'TraitVersion' }) satisfies z.ZodType<TraitVersion>
export const traitValueReply = z.strictObject({ ...words, needs, value }).meta({ id: 'TraitValue' }) satisfies z.ZodType<TraitValue>
const bin = z.strictObject({ from: z.number().nullable(), to: z.number().nullable(), value: z.string().nullable(), count })
export const traitPreviewReply = z
  .strictObject({
    sentence: z.string(),
    type: z.enum(traitTypes),
    everyone: count,
    known: count,
    quartiles: z.array(z.number()).nullable().describe('The smallest, the quartiles, the largest; of dates epoch milliseconds'),
    distribution: z.array(bin),
    people: z.array(z.strictObject({ id: count, label: z.string(), value })),
    needs,
    warnings: warnings.describe('What can be computed but is hardly meant, at the place it stands in'),
    watermark: count,
    at,
    milliseconds: z.number(),
  })
  .meta({ id: 'TraitPreview' }) satisfies z.ZodType<TraitPreview>
