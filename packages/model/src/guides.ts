import { z } from 'zod'
import { trendsQuerySchema } from './insight.ts'
import { neededSchema } from './templates.ts'

const words = {
  id: z.string().describe('The address of its page'),
  industry: z.string(),
  says: z.string().describe('The first paragraph of its text'),
  draft: z.boolean().describe('Whether it still needs the team’s own knowledge'),
  changed: z.strictObject({ at: z.number().int(), author: z.string() }).nullable().describe('By whom the text was changed last; null: it is as it came'),
}
export const guideRowReply = z.strictObject(words).meta({ id: 'GuideRow' })
export type GuideRow = z.infer<typeof guideRowReply>

export const guideReply = z
  .strictObject({
    ...words,
    text: z.string().describe('Headings as `## …`, paragraphs, `- ` lists and **bold**'),
    templates: z.array(z.string()).describe('Ids of templates'),
    reports: z.array(z.strictObject({ name: z.string(), says: z.string(), query: trendsQuerySchema, needs: neededSchema })),
  })
  .meta({ id: 'Guide' })
export type GuideReply = z.infer<typeof guideReply>

/** A text of its own for the project; null takes the one that comes with the product. */
export const guideChange = z.strictObject({ text: z.string().min(1).max(100_000).nullable() })
