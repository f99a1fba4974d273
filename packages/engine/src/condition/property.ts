import { KindredError, operatorOf, operatorProblem, type PropertyCondition, standardNameProblem } from '@kindred/model'
import { operatorSql } from '../operator/operator.ts'
import { personProperty } from '../property.ts'
import { operatorWords, propertyWords } from './operator-words.ts'
import type { PropertyPlan } from './plan.ts'
import type { Reading } from './reading.ts'

/** What a person is now. A missing value meets only `missing` and the negative operators. */
export const property: Reading<PropertyCondition, PropertyPlan> = {
  plan: (condition, { context: { now, timezone }, path }) => ({
    kind: 'property',
    key: condition.property,
    operator: checkedOperator(condition, { path, of: 'person' }),
    now,
    timezone,
  }),
  sql: (plan) => operatorSql(personProperty(plan.key, plan), plan.operator, plan),
  says: (condition, { negated }) => `whose ${propertyWords(condition.property)} ${operatorWords(operatorOf(condition), negated)}`,
}

/** Errors: `segment/invalid` for a pattern, a version or a date that cannot be read, and a standard field that is not of `of`. */
export function checkedOperator(condition: PropertyCondition, { path, of }: { path: string; of: 'event' | 'person' }): PropertyPlan['operator'] {
  const misnamed = standardNameProblem(condition.property, of)
  if (misnamed !== null) throw new KindredError('segment/invalid', { path: `${path}.property`, reason: misnamed })
  const operator = operatorOf(condition)
  const reason = operatorProblem(operator)
  if (reason !== null) throw new KindredError('segment/invalid', { path: `${path}.${operator.name}`, reason })
  return operator
}
