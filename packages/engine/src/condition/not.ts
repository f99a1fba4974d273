import type { Condition } from '@kindred/model'
import { sql } from '../sql.ts'
import type { NotPlan, Plan } from './plan.ts'
import type { Reading } from './reading.ts'

/** Everyone else. */
export const not: Reading<{ not: Condition }, NotPlan> = {
  plan: (condition, { part }) => ({ kind: 'not', part: part(condition.not, 'not') }),
  sql: (plan, { part }) => {
    const { inner, negated } = unwrapped(plan)
    return negated ? sql`not (${part(inner)})` : part(inner)
  },
  says: (condition, saying) => saying.part(condition.not, !saying.negated),
}

/** Of a `not` of a `not` nothing is left to print: the store refuses statements that nest too deep. */
function unwrapped(plan: NotPlan): { inner: Plan; negated: boolean } {
  let inner: Plan = plan
  let negated = false
  while (inner.kind === 'not') {
    inner = inner.part
    negated = !negated
  }
  return { inner, negated }
}
