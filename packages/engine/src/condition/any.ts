import type { AnyCondition, Condition } from '@kindred/model'
import { hopelessGroup } from '../segment/contradictions.ts'
import { join, sql } from '../sql.ts'
import { either } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface AnyPlan extends Plan {
  readonly kind: 'any'
  readonly parts: readonly Plan[]
}

/** Whoever meets at least one part. */
export const any: Reading<AnyCondition, AnyPlan> = {
  plan: (condition, { part, warn, context }) => {
    const parts = condition.any.map((each, index) => part(each, `any.${index}`))
    const reason = hopelessGroup({ atLeast: 1, of: condition.any }, context)
    if (reason !== null) warn(reason)
    return { kind: 'any', parts }
  },
  parts: (plan) => plan.parts,
  fromParts: (plan, part) => plan.parts.some(part),
  bitmap: (plan, { part }) => either(plan.parts.map(part)),
  sql: (plan, { part }) =>
    sql`(${join(
      plan.parts.map((each) => part(each)),
      ' or ',
    )})`,
  says: (condition, saying) => {
    const [only] = condition.any
    if (condition.any.length === 1 && only !== undefined) return saying.part(only, saying.negated)
    const clauses = condition.any.map((each) => bracketed(each, saying.part(each))).join(', or ')
    return saying.negated ? `for ${saying.who === 'who' ? 'whom' : 'which'} none of this is true: (${clauses})` : clauses
  },
}

/** A group of the other kind inside a group, set apart. */
function bracketed(condition: Condition, clause: string): string {
  return 'all' in condition && condition.all.length > 1 ? `(${clause})` : clause
}
