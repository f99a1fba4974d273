import { type CompileContext, eventMatchSql, eventNumber, eventsWhere, personOfEvent, type Sql, sql, windowSql } from '@kindred/engine'

const days = 365

/** What each person ordered in the last 365 days: rows of `id` and `total`; null where the project has not said what the value of an order is. */
export function revenueTotals(context: CompileContext): Sql | null {
  const { value } = context.roles.properties
  if (value === undefined) return null
  const window = windowSql({ from: context.now - days * 86_400_000 + 1, to: context.now })
  const orders = eventsWhere(context, [eventMatchSql({ role: 'order' }, context), ...window])
  return sql`select ${personOfEvent(context)} as id, sum(${eventNumber(value, [], context)}) as total ${orders} group by id`
}
