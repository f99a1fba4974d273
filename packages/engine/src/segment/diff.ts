import { type Condition, kindOf, type PropertyCondition, type SegmentDefinition } from '@kindred/model'
import { canonical } from './canonical.ts'
import { clauseSentence, type SentenceWords } from './sentence.ts'

/** What changed from one definition to the next, a line each, in words; nothing where they are the same. */
export function definitionDiff(before: SegmentDefinition, after: SegmentDefinition, words: SentenceWords): string[] {
  return conditionDiff(before.where, after.where, words)
}

function conditionDiff(before: Condition, after: Condition, words: SentenceWords): string[] {
  if (same(before, after)) return []
  const [olds, news] = [partsOf(before), partsOf(after)]
  if (olds === null || news === null) {
    // A condition that becomes a group around itself, or the other way round, reads as clauses added or removed.
    if (news?.some((each) => same(each, before))) return groupDiff([before], news, words)
    if (olds?.some((each) => same(each, after))) return groupDiff(olds, [after], words)
    return changed(before, after, words)
  }
  const lines = groupDiff(olds, news, words)
  const wording = { all: 'all of the conditions must hold', any: 'one of the conditions is enough' }
  if ('all' in before !== 'all' in after) lines.unshift(`Now ${'all' in after ? wording.all : wording.any}`)
  return lines.length === 0 ? ['The order of the conditions changed'] : lines
}

function groupDiff(before: readonly Condition[], after: readonly Condition[], words: SentenceWords): string[] {
  const removed = without(before, after)
  const added = without(after, before)
  const lines: string[] = []
  for (const old of removed) {
    const index = added.findIndex((each) => subject(each) === subject(old))
    const replacement = added[index]
    if (replacement === undefined) lines.push(`Removed: ${clauseSentence(old, words)}`)
    else {
      added.splice(index, 1)
      lines.push(...conditionDiff(old, replacement, words))
    }
  }
  return [...lines, ...added.map((each) => `Added: ${clauseSentence(each, words)}`)]
}

/** Those of `list` that `other` lacks; a condition that stands there twice must be there twice. */
function without(list: readonly Condition[], other: readonly Condition[]): Condition[] {
  const left = [...other]
  return list.filter((each) => {
    const index = left.findIndex((candidate) => same(candidate, each))
    if (index !== -1) left.splice(index, 1)
    return index === -1
  })
}

function changed(before: Condition, after: Condition, words: SentenceWords): string[] {
  return [`Changed: ${clauseSentence(before, words)} → ${clauseSentence(after, words)}`]
}

function partsOf(condition: Condition): readonly Condition[] | null {
  if ('all' in condition) return condition.all
  return 'any' in condition ? condition.any : null
}

/** What a condition is about: a change of the rest is a change, not a removal and an addition. */
function subject(condition: Condition): string {
  if (isProperty(condition)) return `property ${condition.property}`
  if ('did' in condition) return `did ${JSON.stringify(condition.did)}`
  if ('not' in condition) return `not ${subject(condition.not)}`
  return 'in' in condition ? 'in' : kindOf(condition)
}

function isProperty(condition: Condition): condition is PropertyCondition {
  return kindOf(condition) === 'property'
}

function same(one: Condition, other: Condition): boolean {
  return canonical(one) === canonical(other)
}
