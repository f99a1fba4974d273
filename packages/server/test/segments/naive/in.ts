import type { InCondition } from '@kindred/model'
import type { Asked } from './history.ts'
import { meets } from './kinds.ts'

export function inSegment(condition: InCondition, asked: Asked): boolean {
  const { history, question, subject } = asked
  const segment = question.segments.get(condition.in)
  if (segment !== undefined) return meets(segment.where, asked)
  return (history.lists.get(condition.in) ?? []).some((id) => (history.merges.get(id) ?? id) === subject.id)
}
