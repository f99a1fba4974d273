import type { StartedCondition } from '@kindred/model'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { isLocal, planWhen, type When, zonedSql } from '../zone/when.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql, inOrder } from './chosen-events.ts'
import { eventPhrase, whereWords, windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Reading } from './reading.ts'

export interface StartedPlan extends Plan {
  readonly kind: 'started'
  readonly events: ChosenEvents
  readonly when: When
}

/** Did it in the window, and never before: the first event that meets the filters lies in it. */
export const started: Reading<StartedCondition, StartedPlan> = {
  plan: (condition, planning) => ({
    kind: 'started',
    events: chosenEvents(condition.started, condition.where, planning),
    when: planWhen({ within: condition.within }, planning),
  }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  deciding: ({ events }) => ({ events: chosenEventsSql(events, { to: events.now }), only: 'first' }),
  says: ({ started: choice, where, within }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const details = [windowWords(within), whereWords(where), 'and never before'].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

/** One column, each subject once. */
function subjects({ events, when }: StartedPlan, { context, subject: own }: Compiling): Sql {
  const { from, to } = when.window
  const subject = isLocal(when) ? livedSubject(own, [when], when.timezone) : own
  const since = from === undefined || from <= 0 ? raw('') : sql` having min(e.timestamp) >= fromUnixTimestamp64Milli(${bind('Int64', from)}, 'UTC')`
  const first = sql`select ${subject.ofEvent(context)} as id ${subject.events(context, chosenEventsSql(events, { to }))} group by id`
  if (!isLocal(when)) return sql`${first}${since}`
  return sql`${first} having argMin(${join(zonedSql(when, livedEvent), ' and ')}, ${inOrder}) = 1`
}
