import { matches, type OwnSessionFact, type OwnSessionFilter, operatorOf } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { operatorSql } from '../operator/operator.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
import { factSql } from '../session/fact-value.ts'
import { isOfSessionIn, sessionFactsSql } from '../session/session-facts.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'

/** Which sessions are asked about: those with an event `e` of these conditions. They are read whole, beyond the conditions too. */
type Among = readonly Sql[]

/**
 * UInt8: the session of the event `e`, which is `person`'s, is one that meets all the filters. To an event of no session every fact is missing, and to one of a
 * session that begins later than now.
 */
export function sessionFilterSql(filters: readonly OwnSessionFilter[], { person, among }: { person: Sql; among: Among }, context: CompileContext): Sql {
  const { met, others } = filtersMet(filters, context)
  const sessions = sql`select id, session from (${sessionsSql(among, context)}) where ${raw(others ? 'not ' : '')}(${met})`
  return sql`(${person}, e.session_id) ${raw(others ? 'not in' : 'in')} (${sessions})`
}

/**
 * The rows of a query whose session meets the filters, with a fact of it as `key`, '' where there is none. The rows have columns `person` and `session`, and no
 * `key`. Sessions are read once for both.
 */
export function withSessionKey(
  rows: Sql,
  { fact, filters, among }: { fact: OwnSessionFact; filters: readonly OwnSessionFilter[]; among: Among },
  context: CompileContext,
): Sql {
  const { met, others } = filtersMet(filters, context)
  const { text } = factSql(fact)
  // What tells apart is what an event without a session does not have: the join leaves it 0 there.
  const told = filters.length === 0 ? raw('') : sql`, toUInt8(${raw(others ? 'not ' : '')}(${met})) as told`
  const values = sql`select id, session, ifNull(${text}, '') as value${told} from (${sessionsSql(among, context)})`
  const kept = filters.length === 0 ? raw('') : raw(others ? ' where not v.told' : ' where v.told')
  return sql`select r.*, v.value as key from (${rows}) as r left join (${values}) as v on v.id = r.person and v.session = r.session${kept}`
}

/** UInt8 over a row of sessions: it meets all the filters. `others`: so does an event without one. */
function filtersMet(filters: readonly OwnSessionFilter[], context: CompileContext): { met: Sql; others: boolean } {
  const met = join(
    filters.map((filter) => operatorSql(factSql(filter.property), operatorOf(filter), context)),
    ' and ',
  )
  return { met, others: filters.every((filter) => matches(undefined, operatorOf(filter), context)) }
}

/** The facts of sessions by whose they are, `id`, and by `session`, of all of their events until now. */
function sessionsSql(among: Among, context: CompileContext): Sql {
  const inOne = raw(`e.session_id != ''`)
  const meant = isOfSessionIn(eventsWhere(context, [inOne, ...among]))
  const keys = [
    { name: 'id', of: personOfEvent(context) },
    { name: 'session', of: raw('e.session_id') },
  ]
  return sessionFactsSql(keys, eventsWhere(context, [inOne, ...windowSql({ to: context.now }), meant]))
}
