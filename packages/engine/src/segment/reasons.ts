import { type DidPlan, didEvents, didMeasure } from '../condition/did.ts'
import { planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { bind, join, type Sql, sql } from '../sql.ts'

/** The plan of events that a clause is about, through any number of `not`; null where it is about something else. */
export function didPlanOf(plan: Plan): DidPlan | null {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return didPlanOf(inner)
  return isDid(plan) ? plan : null
}

function isDid(plan: Plan): plan is DidPlan {
  return plan.kind === 'did'
}

/**
 * What some people, or accounts, did, for several plans at once: rows `plan` (its place in the list), `id` and `seen` (the count or the sum, Float64).
 * Nobody is in it who did nothing.
 */
export function seenSql(plans: readonly DidPlan[], ids: readonly number[], { context, subject }: Pick<Compiling, 'context' | 'subject'>): Sql {
  const among = sql`${subject.ofEvent(context)} in ${bind('Array(UInt64)', ids)}`
  const each = plans.map(
    (plan, index) =>
      sql`select ${bind('UInt32', index)} as plan, ${subject.ofEvent(context)} as id, toFloat64(${didMeasure(plan)}) as seen ${subject.events(context, [...didEvents(plan), among])} group by id`,
  )
  return join(each, ' union all ')
}
