import { z } from 'zod'

/** What a project lets Kindred add to its events. `keepIp` is the one that keeps something: the sender's address, as `$ip`. */
export const enrichmentSchema = z.strictObject({
  geography: z.boolean().default(true),
  technology: z.boolean().default(true),
  channel: z.boolean().default(true),
  sessions: z.boolean().default(true),
  keepIp: z.boolean().default(false),
})
export type Enrichment = z.infer<typeof enrichmentSchema>
/** Only the switches that are to change. */
export const enrichmentPatch = z.strictObject({
  geography: z.boolean().optional(),
  technology: z.boolean().optional(),
  channel: z.boolean().optional(),
  sessions: z.boolean().optional(),
  keepIp: z.boolean().optional(),
})

/** As the catalog keeps it: JSON, '' for a project that never changed a switch. */
export function readEnrichment(text: string): Enrichment {
  return enrichmentSchema.parse(text === '' ? {} : JSON.parse(text))
}

/** The database that tells an address' place. `builtAt`: epoch milliseconds. `problem`: what is wrong with the file that was named, and what is used meanwhile. */
export interface GeographyState {
  database: string
  kind: string
  builtAt: number | null
  problem: string | null
}

/** One session of a person, made of the events as they are now. Times are epoch milliseconds. */
export const personSessionReply = z
  .strictObject({
    id: z.string(),
    startedAt: z.number().int(),
    endedAt: z.number().int(),
    milliseconds: z.number().int().describe('From its first event to its last'),
    events: z.number().int(),
    pages: z.number().int().describe('Pages and screens seen'),
    entryPage: z.string().nullable().describe('Path, name of the screen or address'),
    exitPage: z.string().nullable(),
    landingUrl: z.string().nullable().describe('The whole address of the first page'),
    channel: z.string().nullable(),
    bounced: z.boolean().nullable().describe('One page, under ten seconds and nothing else done; null without a page'),
    visitNumber: z.number().int().describe('1 for the first session of the person'),
  })
  .meta({ id: 'PersonSession' })
export type PersonSession = z.infer<typeof personSessionReply>
