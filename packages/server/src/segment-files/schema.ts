import { segmentFileSchema, segmentKeySchema } from '@kindred/model'
import { z } from 'zod'
import { DocumentSchemas } from '../http/openapi/schemas.ts'
import type { JsonSchema } from '../http/openapi/shapes.ts'

/** What a file may hold, for editors: the schemas that files are read with, where keys stand for segments. */
export function fileJsonSchema(): JsonSchema {
  const schemas = new DocumentSchemas()
  const file = schemas.request(segmentFileSchema)
  const { $schema: _, ...key } = z.toJSONSchema(segmentKeySchema)
  const written = { ...file, $defs: schemas.components }
  const text = JSON.stringify(written, (name, value: unknown) =>
    name === 'properties' && isNaming(value) ? { ...value, in: { ...key, description: 'The key of a segment' } } : value,
  )
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A segment of Kindred',
    ...(JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as JsonSchema),
  }
}

/** The properties of the one condition that names a segment. */
function isNaming(properties: unknown): properties is { in: JsonSchema } {
  return typeof properties === 'object' && properties !== null && 'in' in properties && 'joinedWithin' in properties
}
