import type { CompileContext, SentenceWords } from '@kindred/engine'

/** The words a sentence takes from the project: what its events are, and how its segments are called. */
export function wordsOf({ roles, segments }: Pick<CompileContext, 'roles' | 'segments'>): SentenceWords {
  return { roles, segmentName: (id) => segments.get(id)?.name ?? `segment ${id}, which was deleted` }
}
