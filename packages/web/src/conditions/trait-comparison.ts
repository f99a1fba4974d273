import { traitConditionSchema } from '@kindred/model'
import type { OperatorPart } from './operator-part.ts'
import { draftMistake, readDraft } from './property-draft.ts'

/** A place among everyone while it is being typed. */
export type RankDraft = { [Name in 'top' | 'bottom' | 'topPercent' | 'bottomPercent' | 'decile' | 'quintile']?: number | null }
/** A computed trait compared with a value or with everyone, while it is being typed. */
export type TraitComparison = { trait: string; rank?: RankDraft } & OperatorPart

/** What is missing in words, or null for a complete one. */
export function traitMistake(draft: TraitComparison): string | null {
  if (draft.trait === '') return 'Choose a value.'
  if (draft.rank !== undefined) return traitConditionSchema.safeParse(draft).success ? null : 'Type a number.'
  return draftMistake(readDraft({ ...draft, property: draft.trait }))
}
