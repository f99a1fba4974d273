import { type ImportMapping, importMappingSchema, KindredError } from '@kindred/model'
import type { z } from 'zod'

/** Names the place of the first mistake: a mapping is written by hand. Errors: `import/invalid-mapping`. */
export function readMapping(mapping: unknown): ImportMapping {
  const parsed = importMappingSchema.safeParse(mapping)
  if (parsed.success) return parsed.data
  const { path, reason } = deepestIssue(parsed.error.issues[0])
  throw new KindredError('import/invalid-mapping', { field: path.join('.') || 'mapping', reason })
}

/** Of a choice of forms, the complaint about the form that fits best says most: the one that got deepest. */
function deepestIssue(issue: z.core.$ZodIssue | undefined): { path: PropertyKey[]; reason: string } {
  if (issue === undefined) return { path: [], reason: 'it does not have the right shape' }
  const inner = issue.code === 'invalid_union' ? issue.errors.flatMap((issues) => issues.slice(0, 1).map(deepestIssue)) : []
  const deepest = inner.reduce((best, next) => (next.path.length > best.path.length ? next : best), { path: [] as PropertyKey[], reason: issue.message })
  return { path: [...issue.path, ...deepest.path], reason: deepest.reason }
}
