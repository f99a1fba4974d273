import type { AtLeastCondition } from '@kindred/model'
import { bind, join, sql } from '../sql.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface AtLeastPlan extends Plan {
  readonly kind: 'of'
  readonly atLeast: number
  readonly parts: readonly Plan[]
}

/** Whoever meets at least so many of the parts. */
export const atLeast: Reading<AtLeastCondition, AtLeastPlan> = {
  plan: (condition, { part }) => ({ kind: 'of', atLeast: condition.atLeast, parts: condition.of.map((each, index) => part(each, `of.${index}`)) }),
  parts: (plan) => plan.parts,
  // Added as wide numbers: an UInt8 would begin again after 255 parts.
  sql: (plan, { part }) =>
    sql`(${join(
      plan.parts.map((each) => sql`toUInt32(${part(each)})`),
      ' + ',
    )}) >= ${bind('UInt32', plan.atLeast)}`,
  says: (condition, saying) => {
    const clauses = condition.of.map((each) => `(${saying.part(each)})`).join('; ')
    const whom = saying.who === 'who' ? 'whom' : 'which'
    return `for ${whom} ${saying.negated ? 'fewer than' : 'at least'} ${condition.atLeast} of these ${condition.of.length} ${condition.of.length === 1 ? 'is' : 'are'} true: ${clauses}`
  },
}
