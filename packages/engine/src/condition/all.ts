import type { AllCondition, Condition } from '@kindred/model'
import { contradictionsOf } from '../segment/contradictions.ts'
import { join, sql } from '../sql.ts'
import { both } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface AllPlan extends Plan {
  readonly kind: 'all'
  readonly parts: readonly Plan[]
}

/** Whoever meets every part. */
export const all: Reading<AllCondition, AllPlan> = {
  plan: (condition, { part, warn, context }) => {
    const parts = condition.all.map((each, index) => part(each, `all.${index}`))
    for (const { index, reason } of contradictionsOf(condition.all, context)) warn(reason, `all.${index}`)
    return { kind: 'all', parts }
  },
  parts: (plan) => plan.parts,
  fromParts: (plan, part) => plan.parts.every(part),
  bitmap: (plan, { part }) => both(plan.parts.map(part)),
  sql: (plan, { part }) =>
    sql`(${join(
      plan.parts.map((each) => part(each)),
      ' and ',
    )})`,
  says: (condition, saying) => {
    const [only] = condition.all
    if (condition.all.length === 1 && only !== undefined) return saying.part(only, saying.negated)
    const clauses = condition.all.map((each) => bracketed(each, saying.part(each))).join(', and ')
    return saying.negated ? `for ${saying.who === 'who' ? 'whom' : 'which'} not all of this is true: (${clauses})` : clauses
  },
}

/** A group of the other kind inside a group, set apart. */
function bracketed(condition: Condition, clause: string): string {
  return 'any' in condition && condition.any.length > 1 ? `(${clause})` : clause
}
