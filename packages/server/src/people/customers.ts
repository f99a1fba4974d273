import { type CompileContext, eventMatchSql, eventsWhere, personOfEvent, rawPersonProperty, type Sql, sql } from '@kindred/engine'

/** The ids of people with an order, by the project's roles. May stand in `in (…)`. */
export function customersSql(context: CompileContext): Sql {
  return sql`select distinct ${personOfEvent(context)} as person_id ${eventsWhere(context, [eventMatchSql({ role: 'order' }, context)])}`
}

/** Nullable(String): the e-mail address of the person `p`, under the names `emailOf` reads. */
export const emailText: Sql = sql`coalesce(${rawPersonProperty('email').text}, ${rawPersonProperty('$email').text})`

/** String: the id of the person `p` that says most, by the rule of `personLabel`: one that somebody chose before one that a browser made. */
export const givenIdText: Sql = sql`arraySort(id -> match(id, '(?i)^[0-9a-f]{8}-[0-9a-f]{4}-'), p.distinct_ids)[1]`

/** UInt8: the person `p` has an e-mail address. */
export function hasEmailSql(): Sql {
  return sql`isNotNull(${emailText})`
}
