import { type DidPlan, didEvents, didMeasure } from '../condition/did.ts'
import { planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
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
 * What some people did, for several plans at once: rows `plan` (its place in the list), `person` and `seen` (the count or the sum, Float64).
 * Nobody is in it who did nothing.
 */
export function seenSql(plans: readonly DidPlan[], people: readonly number[], context: Compiling['context']): Sql {
  const among = sql`${personOfEvent(context)} in ${bind('Array(UInt64)', people)}`
  const each = plans.map(
    (plan, index) =>
      sql`select ${bind('UInt32', index)} as plan, ${personOfEvent(context)} as person, toFloat64(${didMeasure(plan)}) as seen ${eventsWhere(context, [...didEvents(plan), among])} group by person`,
  )
  return join(each, ' union all ')
}
