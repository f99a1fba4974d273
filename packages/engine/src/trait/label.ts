import { builtInTraits, propertyLabel } from '@kindred/model'
import type { Saying } from '../condition/reading.ts'

/** What a trait is called: by whoever made it, or as its name reads. */
export function traitLabel(name: string, { traitName }: Pick<Saying, 'traitName'>): string {
  return traitName?.(name) ?? builtInTraits.get(name)?.label ?? propertyLabel(name)
}
