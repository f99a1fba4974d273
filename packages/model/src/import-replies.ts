import { z } from 'zod'
import type { JsonValue } from './event.ts'
import { cellTypes, type ImportInspection, type ImportPreview, importFormats, type PreviewedRow, type SavedMapping } from './mapping.ts'
import { rejectedRowReply } from './replies.ts'

const count = z.number().int()
const at = z.number().int().describe('Epoch milliseconds')
const properties = z.record(z.string(), z.json() as z.ZodType<JsonValue>)
/** Its own shape is told in docs/importing.md. */
const mapping = z.record(z.string(), z.json()).describe('As docs/importing.md tells it') as unknown as z.ZodType<SavedMapping['mapping']>

const previewedRow = z
  .strictObject({
    line: count,
    event: z.string(),
    id: z.string().describe('Of the person, or of the account where `accountType` is not null'),
    otherIds: z.array(z.string()),
    accountType: z.string().nullable(),
    at,
    properties,
    set: properties,
    setOnce: properties,
    accounts: z.record(z.string(), z.string()),
  })
  .meta({ id: 'PreviewedRow' }) satisfies z.ZodType<PreviewedRow>

export const importPreviewReply = z
  .strictObject({
    rows: count.describe('Looked at'),
    made: z.array(previewedRow).describe('At most 50'),
    rejected: count,
    rejects: z.array(rejectedRowReply).describe('At most 50'),
    skipped: z.record(z.string(), count),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ImportPreview' }) satisfies z.ZodType<ImportPreview>

export const importInspectionReply = z
  .strictObject({
    uploadId: z.string().nullable(),
    path: z.string().nullable(),
    name: z.string(),
    bytes: count,
    format: z.enum(importFormats),
    delimiter: z.string().nullable(),
    columns: z.array(z.strictObject({ name: z.string(), type: z.enum(cellTypes), samples: z.array(z.string()), empty: count })),
    sample: z.array(z.record(z.string(), z.string())),
    notes: z.array(z.string()),
    guess: mapping,
  })
  .meta({ id: 'ImportInspection' }) satisfies z.ZodType<ImportInspection>

export const savedMappingReply = z
  .strictObject({ id: count, name: z.string(), mapping, yaml: z.string(), updatedAt: at })
  .meta({ id: 'SavedMapping' }) satisfies z.ZodType<SavedMapping>
