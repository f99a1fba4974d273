/** Where in a value a change lies: the path of the innermost part that holds all of it; of a list that grew or shrank by more than its end, with its new length. */
export function changedPath(before: unknown, after: unknown): string {
  if (!isPart(before) || !isPart(after)) return ''
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  const [key, ...others] = [...keys].filter((each) => JSON.stringify(before[each]) !== JSON.stringify(after[each]))
  if (key === undefined) return ''
  if (others.length === 0) return `/${key}${changedPath(before[key], after[key])}`
  return Array.isArray(before) && Array.isArray(after) && before.length !== after.length ? `#${after.length}` : ''
}

const isPart = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
