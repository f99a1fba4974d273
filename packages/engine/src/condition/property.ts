import { KindredError, type Operator, operatorOf, operatorProblem, type PropertyCondition, standardNameProblem } from '@kindred/model'
import { operatorSql } from '../operator/operator.ts'
import { personProperty } from '../property.ts'
import { operatorWords, propertyWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface PropertyPlan extends Plan {
  readonly kind: 'property'
  readonly of: 'person' | 'account'
  readonly key: string
  readonly operator: Operator
  readonly now: number
  readonly timezone: string
}

/** What a person or an account is now. A missing value meets only `missing` and the negative operators. */
export const property: Reading<PropertyCondition, PropertyPlan> = {
  plan: (condition, { context: { now, timezone }, path, subject }) => {
    const of = subject.unit === 'account' ? 'account' : 'person'
    return { kind: 'property', of, key: condition.property, operator: checkedOperator(condition, { path, of }), now, timezone }
  },
  sql: (plan) => operatorSql(personProperty(plan.key, plan), plan.operator, plan),
  says: (condition, { negated }) => `whose ${propertyWords(condition.property)} ${operatorWords(operatorOf(condition), negated)}`,
  readsOnlyId: () => false,
}

/** Errors: `segment/invalid` for a pattern, a version or a date that cannot be read, and a standard field that is not of `of`. */
export function checkedOperator(condition: PropertyCondition, { path, of }: { path: string; of: 'event' | 'person' | 'account' }): PropertyPlan['operator'] {
  const misnamed = standardNameProblem(condition.property, of)
  if (misnamed !== null) throw new KindredError('segment/invalid', { path: `${path}.property`, reason: misnamed })
  const operator = operatorOf(condition)
  const reason = operatorProblem(operator)
  if (reason !== null) throw new KindredError('segment/invalid', { path: `${path}.${operator.name}`, reason })
  return operator
}
