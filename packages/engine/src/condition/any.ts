import type { Condition } from '@kindred/model'
import { join, sql } from '../sql.ts'
import type { AnyPlan } from './plan.ts'
import type { Reading } from './reading.ts'

/** People who meet at least one part. */
export const any: Reading<{ any: Condition[] }, AnyPlan> = {
  plan: (condition, { part }) => ({ kind: 'any', parts: condition.any.map((each, index) => part(each, `any.${index}`)) }),
  sql: (plan, { part }) => sql`(${join(plan.parts.map(part), ' or ')})`,
  says: (condition, saying) => {
    const [only] = condition.any
    if (condition.any.length === 1 && only !== undefined) return saying.part(only, saying.negated)
    const clauses = condition.any.map((each) => bracketed(each, saying.part(each))).join(', or ')
    return saying.negated ? `for whom none of this is true: (${clauses})` : clauses
  },
}

/** A group of the other kind inside a group, set apart. */
function bracketed(condition: Condition, clause: string): string {
  return 'all' in condition && condition.all.length > 1 ? `(${clause})` : clause
}
