import type { CompileContext, SentenceWords } from '@kindred/engine'

/** The words a sentence takes from the project: what its events are, and how its segments and traits are called. */
export function wordsOf({ roles, segments, traits }: Pick<CompileContext, 'roles' | 'segments' | 'traits'>): SentenceWords {
  return { roles, segmentName: (id) => segments.get(id)?.name ?? `segment ${id}, which was deleted`, traitName: (name) => traits?.get(name)?.label }
}
