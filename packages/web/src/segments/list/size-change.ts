import type { Segment } from '@kindred/model'

/** How the size of a segment changed in seven days. `new`: it was not recorded then; `newRule`: the two sizes are of two rules. */
export type SizeChange = { kind: 'uncounted' | 'new' | 'newRule' } | { kind: 'by'; by: number; share: number | null }

export function sizeChange({ count, weekAgo }: Pick<Segment, 'count' | 'weekAgo'>): SizeChange {
  if (count === null) return { kind: 'uncounted' }
  if (weekAgo === null) return { kind: 'new' }
  if (weekAgo.newRule) return { kind: 'newRule' }
  const by = count - weekAgo.size
  return { kind: 'by', by, share: weekAgo.size === 0 ? null : by / weekAgo.size }
}
