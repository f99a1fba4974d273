import { matches, type OwnSessionFact, type OwnSessionFilter, operatorOf } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { operatorSql } from '../operator/operator.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
import { factSql } from '../session/fact-value.ts'
import { sessionFactsSql } from '../session/session-facts.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'

/** Which sessions are asked about: those with an event `e` of these conditions. They are read whole, beyond the conditions too. */
type Among = readonly Sql[]

/**
 * UInt8: the session of the event `e`, which is `person`'s, is one that meets all the filters. To an event of no session every fact is missing, and to one of a
 * session that begins later than now.
 */
export function sessionFilterSql(filters: readonly OwnSessionFilter[], { person, among }: { person: Sql; among: Among }, context: CompileContext): Sql {
  const met = join(
    filters.map((filter) => operatorSql(factSql(filter.property), operatorOf(filter), context)),
    ' and ',
  )
  const others = filters.every((filter) => matches(undefined, operatorOf(filter), context))
  const sessions = sql`select id, session from (${sessionsSql(among, context)}) where ${raw(others ? 'not ' : '')}(${met})`
  return sql`(${person}, e.session_id) ${raw(others ? 'not in' : 'in')} (${sessions})`
}

/** The rows of a query with the fact of the session as `key`, '' where there is none. The rows have columns `person` and `session`, and no `key`. */
export function withSessionKey(rows: Sql, { fact, among }: { fact: OwnSessionFact; among: Among }, context: CompileContext): Sql {
  const { text } = factSql(fact)
  const values = sql`select id, session, assumeNotNull(${text}) as value from (${sessionsSql(among, context)}) where isNotNull(${text})`
  return sql`select r.*, v.value as key from (${rows}) as r left join (${values}) as v on v.id = r.person and v.session = r.session`
}

/** The facts of sessions by whose they are, `id`, and by `session`, of all of their events until now. */
function sessionsSql(among: Among, context: CompileContext): Sql {
  const inOne = raw(`e.session_id != ''`)
  const meant = sql`e.session_id in (select e.session_id ${eventsWhere(context, [inOne, ...among])})`
  const keys = [
    { name: 'id', of: personOfEvent(context) },
    { name: 'session', of: raw('e.session_id') },
  ]
  return sessionFactsSql(keys, eventsWhere(context, [inOne, ...windowSql({ to: context.now }), meant]))
}
