import type { Segment } from '@kindred/model'

/** Segments and frozen lists of people, to choose from; those of accounts are left out. */
export function choicesOfPeople(segments: readonly Pick<Segment, 'id' | 'name' | 'unit'>[]): { value: string; label: string }[] {
  return segments.filter(({ unit }) => unit === 'person').map(({ id, name }) => ({ value: String(id), label: name }))
}
