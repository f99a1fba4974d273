import type { Condition } from '@kindred/model'
import { sql } from '../sql.ts'
import type { NotPlan } from './plan.ts'
import type { Reading } from './reading.ts'

/** Everyone else. */
export const not: Reading<{ not: Condition }, NotPlan> = {
  plan: (condition, { part }) => ({ kind: 'not', part: part(condition.not, 'not') }),
  sql: (plan, { part }) => sql`not (${part(plan.part)})`,
  says: (condition, saying) => saying.part(condition.not, !saying.negated),
}
