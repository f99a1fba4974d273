import type { z } from 'zod'

/**
 * Where a value fits none of several forms, the mistake of the form that fits best: the one that is found deepest. Instead of "no member of the union" it says
 * what is wrong with what was meant, at its own path. Any other mistake is itself.
 */
export function deepestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const found = issue.errors.flatMap((issues) => issues.slice(0, 1).map(deepestIssue))
  const [first, ...others] = found.filter(({ path }) => path.length > 0)
  if (first === undefined) {
    const expected = new Set(found.flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : [])))
    return expected.size === 0 ? issue : { ...issue, message: `Invalid input: expected ${[...expected].join(' or ')}` }
  }
  const deepest = others.reduce((best, next) => (next.path.length > best.path.length ? next : best), first)
  return { ...deepest, path: [...issue.path, ...deepest.path] }
}
