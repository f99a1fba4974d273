import type { NotCondition } from '@kindred/model'
import { sql } from '../sql.ts'
import { opposite } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface NotPlan extends Plan {
  readonly kind: 'not'
  readonly part: Plan
}

/** Everyone else. */
export const not: Reading<NotCondition, NotPlan> = {
  plan: (condition, { part }) => ({ kind: 'not', part: part(condition.not, 'not') }),
  parts: (plan) => [plan.part],
  fromParts: (plan, part) => !part(plan.part),
  bitmap: (plan, { part }) => {
    const { inner, negated } = unwrapped(plan)
    return negated ? opposite(part(inner)) : part(inner)
  },
  sql: (plan, { part }) => {
    const { inner, negated } = unwrapped(plan)
    return negated ? sql`not (${part(inner)})` : part(inner)
  },
  says: (condition, saying) => saying.part(condition.not, !saying.negated),
}

function isNot(plan: Plan): plan is NotPlan {
  return plan.kind === 'not'
}

/** Of a `not` of a `not` nothing is left to print: the store refuses statements that nest too deep. */
function unwrapped(plan: NotPlan): { inner: Plan; negated: boolean } {
  let inner: Plan = plan
  let negated = false
  while (isNot(inner)) {
    inner = inner.part
    negated = !negated
  }
  return { inner, negated }
}
