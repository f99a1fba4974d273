import { type Condition, KindredError, kindOf } from '@kindred/model'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

/** A word of the language whose data does not exist yet: it can be read and said, and is refused by name where it would have to be answered. */
export const unsupported: Reading<Condition, Plan> = {
  plan: (condition, { path }) => {
    throw new KindredError('segment/unsupported', { path, what: kindOf(condition) })
  },
  sql: () => {
    throw new Error('what cannot be planned is never printed')
  },
  says: (condition, { who, negated }) => `${who} ${negated ? 'do not meet' : 'meet'} the condition “${kindOf(condition)}”`,
}
