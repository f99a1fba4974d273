import type { DidPlan } from '../condition/did.ts'
import { planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { tally } from '../condition/tally.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

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
 * What some people, or accounts, did, for several plans at once: rows `plan` (its place in the list), `id` and `seen` (the number, Float64).
 * Nobody is in it who did nothing, or has no such number.
 */
export function seenSql(plans: readonly DidPlan[], ids: readonly number[], { context, subject }: Pick<Compiling, 'context' | 'subject'>): Sql {
  const among = sql`${subject.ofEvent(context)} in ${bind('Array(UInt64)', ids)}`
  const each = plans.map((plan, index) => {
    const { id, from, values } = tally([plan.quantity], { context, subject }, [among])
    return sql`select ${bind('UInt32', index)} as plan, ${id} as id, toFloat64(ifNull(${values[0] ?? raw('null')} as found, 0)) as seen ${from} group by id having isNotNull(found)`
  })
  return join(each, ' union all ')
}
