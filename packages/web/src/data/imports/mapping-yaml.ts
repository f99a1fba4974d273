import { type ImportMappingInput, importMappingSchema } from '@kindred/model'
import { parse, stringify } from 'yaml'

/** The mapping as the file that `kindred import --map` takes. */
export const writeMapping = (mapping: ImportMappingInput): string => stringify(mapping, { lineWidth: 0 })

/** Reads a mapping typed as YAML; the error says where and what. */
export function readMapping(text: string): { mapping: ImportMappingInput } | { error: string } {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
  const error = mappingError(value)
  return error === null ? { mapping: value as ImportMappingInput } : { error }
}

/** Why a mapping cannot be used yet, or null. */
export function mappingError(value: unknown): string | null {
  const parsed = importMappingSchema.safeParse(value)
  if (parsed.success) return null
  const [issue] = parsed.error.issues
  return issue ? `${issue.path.join('.') || 'the mapping'}: ${issue.message}` : 'the mapping cannot be read'
}
