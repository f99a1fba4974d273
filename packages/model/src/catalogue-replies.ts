import { z } from 'zod'
import type { PersonBackground, PropertyChangeRow, SourceRow, StandardFieldRow } from './catalogue.ts'
import type { JsonValue, Source } from './event.ts'
import { propertyDefinitionReply } from './replies.ts'
import { type FieldKind, locationSources } from './standard-field.ts'

/** The replies of the catalogue and of profiles as schemas, for the API's document. */

const at = z.number().int().describe('Epoch milliseconds')
const count = z.number().int()
const sources = ['posthog', 'segment', 'import', 'webhook', 'demo', 'api'] as const satisfies readonly Source[]
const kinds = [
  'contact',
  'demographic',
  'geographic',
  'psychographic',
  'technographic',
  'needs',
  'value',
  'persona',
  'firmographic',
] as const satisfies readonly FieldKind[]
const json = z.json() as z.ZodType<JsonValue>

export const standardFieldReply = propertyDefinitionReply
  .extend({
    kind: z.enum(kinds),
    sources: z.array(z.string()).describe('Raw names, the surest first; a dot leads into an object'),
    found: z.array(z.string()).describe('Those of them that the project has'),
    known: count.nullable().describe('People who have it; null: not asked for'),
  })
  .meta({ id: 'StandardField' }) satisfies z.ZodType<StandardFieldRow>
export const sourceRowReply = z
  .strictObject({
    source: z.enum(sources),
    lib: z.string().describe('The SDK; empty where events name none'),
    events: count,
    firstAt: at,
    lastAt: at,
    event: z.string().describe('The newest event'),
  })
  .meta({ id: 'Sender' }) satisfies z.ZodType<SourceRow>
export const propertyChangeReply = z
  .strictObject({
    key: z.string(),
    value: json.nullable(),
    unset: z.boolean(),
    masked: z.boolean(),
    at,
    source: z.enum(sources),
    event: z.string().nullable(),
    eventId: z.string().nullable(),
    mergedPersonId: count.nullable().describe('The person it was known of then, where that was merged into this one later'),
  })
  .meta({ id: 'PropertyChange' }) satisfies z.ZodType<PropertyChangeRow>
export const revealReply = z.strictObject({ values: z.record(z.string(), json) }).meta({ id: 'RevealedValues' })
export const personBackgroundReply = z
  .strictObject({
    ids: z.array(z.strictObject({ distinctId: z.string(), events: count, firstAt: at, lastAt: at, event: z.string().describe('The first event under it') })),
    merges: z.array(z.strictObject({ personId: count, distinctIds: z.array(z.string()), events: count, at: at.nullable(), event: z.string().nullable() })),
    devices: z.array(z.strictObject({ device: z.string(), os: z.string(), browser: z.string(), events: count, firstAt: at, lastAt: at })),
    known: z
      .array(
        z.strictObject({
          source: z.enum(locationSources),
          country: z.string(),
          countryCode: z.string(),
          region: z.string(),
          city: z.string(),
          postalCode: z.string(),
          point: z.strictObject({ latitude: z.number(), longitude: z.number(), from: z.enum(['coordinates', 'postalCode']) }).nullable(),
        }),
      )
      .describe('Where the person is by each source, the surest first'),
    places: z.array(
      z.strictObject({
        country: z.string(),
        countryCode: z.string(),
        city: z.string(),
        latitude: z.number().nullable(),
        longitude: z.number().nullable(),
        events: count,
        lastAt: at,
      }),
    ),
  })
  .meta({ id: 'PersonBackground' }) satisfies z.ZodType<PersonBackground>
