import { type CompileContext, eventMatchSql, eventsWhere, personOfEvent, personProperty, type Sql, sql } from '@kindred/engine'

/** The ids of people with an order, by the project's roles. May stand in `in (…)`. */
export function customersSql(context: CompileContext): Sql {
  return sql`select distinct ${personOfEvent(context)} as person_id ${eventsWhere(context, [eventMatchSql({ role: 'order' }, context)])}`
}

/** UInt8: the person `p` has an e-mail address. */
export function hasEmailSql(): Sql {
  return personProperty('email').exists
}
