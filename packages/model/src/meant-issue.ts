import type { z } from 'zod'

/**
 * Where a value fits none of several forms, the mistake of the form that was meant: that with the fewest mistakes, of several the one that is found deepest. Instead
 * of "no member of the union" it says what is wrong, at its own path. Any other mistake is itself.
 */
export function meantIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const forms = issue.errors.flatMap(([first, ...others]) => (first === undefined ? [] : [{ mistake: meantIssue(first), others: others.length }]))
  // A text where an object was meant, say, is none of its mistakes.
  const meant = forms.filter(({ mistake: { code, path } }) => path.length > 0 || code !== 'invalid_type')
  const [best] = meant.sort((one, other) => one.others - other.others || other.mistake.path.length - one.mistake.path.length)
  if (best !== undefined) return { ...best.mistake, path: [...issue.path, ...best.mistake.path] }
  const expected = new Set(forms.flatMap(({ mistake }) => (mistake.code === 'invalid_type' ? [mistake.expected] : [])))
  return expected.size === 0 ? issue : { ...issue, message: `Invalid input: expected ${[...expected].join(' or ')}` }
}
