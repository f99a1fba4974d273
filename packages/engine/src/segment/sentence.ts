import type { Condition, SegmentDefinition } from '@kindred/model'
import { conditionSays } from '../condition/kinds.ts'
import type { Saying } from '../condition/reading.ts'

export type SentenceWords = Pick<Saying, 'roles' | 'segmentName' | 'traitName'>

/** "People who placed an order at least 3 times in the last 30 days where category is shoes, and whose country is Ireland". */
export function definitionSentence(definition: SegmentDefinition, words: SentenceWords): string {
  return definition.unit === 'person'
    ? `People ${conditionSays(definition.where, { ...words, who: 'who' })}`
    : `Accounts ${conditionSays(definition.where, { ...words, who: 'that' })}`
}

/** One clause of it, from "who" or "whose"; of accounts from "that". */
export function clauseSentence(condition: Condition, words: SentenceWords, who: Saying['who'] = 'who'): string {
  return conditionSays(condition, { ...words, who })
}
