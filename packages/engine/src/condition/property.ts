import { KindredError, type Operator, operatorOf, operatorProblem, type PropertyCondition, positiveOf, standardNameProblem } from '@kindred/model'
import { operatorSql } from '../operator/operator.ts'
import { personProperty } from '../property.ts'
import { emptiness } from '../segment/value-claims.ts'
import type { Place } from '../zone/when.ts'
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
  plan: (condition, planning) => {
    const { context, path, subject } = planning
    const { now, timezone } = context
    const of = subject.unit === 'account' ? 'account' : 'person'
    const operator = checkedOperator(condition, { path, of })
    warnOfNothing(operator, planning)
    return { kind: 'property', of, key: condition.property, operator, now, timezone }
  },
  sql: (plan, { context: { personNames, textless } }) =>
    operatorSql(personProperty(plan.key, { ...plan, personNames, ...(plan.of === 'person' && { textless }) }), plan.operator, plan),
  says: (condition, { negated }) => `whose ${propertyWords(condition.property)} ${operatorWords(operatorOf(condition), negated)}`,
  readsOnlyId: () => false,
}

/** Warns of an operator that no value meets. `step`: where it stands, with a dot after it; `who`: whose value it is that cannot meet it. */
export function warnOfNothing(operator: Operator, { context, warn }: Pick<Place, 'context' | 'warn'>, { step = '', who = 'nobody' } = {}): void {
  const { operator: positive, negated } = positiveOf(operator)
  const reason = negated ? null : emptiness(positive, context)
  if (reason !== null) warn(`${who} can meet this: ${reason}`, `${step}${operator.name}`)
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

/** Filters on the properties of events. `step`: where they stand. Errors: `segment/invalid`. */
export function checkFilters(filters: readonly PropertyCondition[], place: Place, step: string): void {
  filters.forEach((filter, index) => {
    const operator = checkedOperator(filter, { path: `${place.path}.${step}.${index}`, of: 'event' })
    warnOfNothing(operator, place, { step: `${step}.${index}.`, who: 'no event' })
  })
}
