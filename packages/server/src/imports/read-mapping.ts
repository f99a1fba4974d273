import { type ImportMapping, importMappingSchema, KindredError, meantIssue } from '@kindred/model'

/** Names the place of the first mistake: a mapping is written by hand. Errors: `import/invalid-mapping`. */
export function readMapping(mapping: unknown): ImportMapping {
  const parsed = importMappingSchema.safeParse(mapping)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues.map(meantIssue)
  throw new KindredError('import/invalid-mapping', { field: first?.path.join('.') || 'mapping', reason: first?.message ?? 'it does not have the right shape' })
}
