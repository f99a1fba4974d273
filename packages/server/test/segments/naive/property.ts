import { matches, operatorOf, type PropertyCondition } from '@kindred/model'
import { accountField } from './account-fields.ts'
import type { Asked } from './history.ts'

export function property(condition: PropertyCondition, { subject, question, unit }: Asked): boolean {
  const value = unit === 'account' ? accountField(condition.property, subject.properties) : subject.properties[condition.property]
  return matches(value, operatorOf(condition), question)
}
