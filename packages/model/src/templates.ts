import { z } from 'zod'
import { segmentDefinitionSchema } from './condition/index.ts'

/** The kinds of segmentation, those of business customers last. */
export const templateKinds = [
  'demographic',
  'geographic',
  'behavioural',
  'psychographic',
  'technographic',
  'needs-based',
  'value-based',
  'lifecycle',
  'firmographic',
  'persona',
  'intent',
  'engagement',
] as const
export type TemplateKind = (typeof templateKinds)[number]

/** Something that may be changed before a template is used: what stands at `path` of its definition. */
const adjustmentSchema = z.strictObject({ label: z.string(), path: z.string(), as: z.enum(['number', 'duration', 'text', 'texts']) })
export type TemplateAdjustment = z.infer<typeof adjustmentSchema>

/** The data that something reads. */
export const neededSchema = z.array(
  z.strictObject({
    says: z.string(),
    has: z.boolean().describe('Whether this project has it'),
    share: z.number().nullable().describe('Of people or accounts who have the field, from 0 to 1; null: not a field'),
  }),
)
export const templateReply = z
  .strictObject({
    id: z.string().describe('Stable; pages and guides link to it'),
    kind: z.enum(templateKinds),
    name: z.string(),
    says: z.string(),
    inferred: z.boolean().describe('What it finds is guessed from behaviour, not said by people'),
    sentence: z.string(),
    definition: segmentDefinitionSchema,
    needs: neededSchema,
    ready: z.boolean().describe('Whether the project has all it needs'),
    adjust: z.array(adjustmentSchema),
  })
  .meta({ id: 'Template' })
export type TemplateReply = z.infer<typeof templateReply>
