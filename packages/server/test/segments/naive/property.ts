import { matches, operatorOf, type PropertyCondition } from '@kindred/model'
import type { Asked } from './history.ts'

export function property(condition: PropertyCondition, { subject, question }: Asked): boolean {
  return matches(subject.properties[condition.property], operatorOf(condition), question)
}
