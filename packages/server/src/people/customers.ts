import { type CompileContext, eventMatchSql, eventsWhere, personOfEvent, personProperty, type Sql, sql } from '@kindred/engine'

/** The ids of people with an order, by the project's roles. May stand in `in (…)`. */
export function customersSql(context: CompileContext): Sql {
  return sql`select distinct ${personOfEvent(context)} as person_id ${eventsWhere(context, [eventMatchSql({ role: 'order' }, context)])}`
}

/** Nullable(String): the e-mail address of the person `p`, under the names `emailOf` reads. */
export const emailText: Sql = sql`coalesce(${personProperty('email').text}, ${personProperty('$email').text})`

/** UInt8: the person `p` has an e-mail address. */
export function hasEmailSql(): Sql {
  return sql`isNotNull(${emailText})`
}
