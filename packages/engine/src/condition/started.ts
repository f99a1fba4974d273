import type { StartedCondition } from '@kindred/model'
import { bind, raw, type Sql, sql } from '../sql.ts'
import type { TimeWindow } from '../time.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { eventPhrase, whereWords, windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import { projectWindow } from './project-window.ts'
import type { Compiling, Reading } from './reading.ts'

export interface StartedPlan extends Plan {
  readonly kind: 'started'
  readonly events: ChosenEvents
  readonly window: TimeWindow
}

/** Did it in the window, and never before: the first event that meets the filters lies in it. */
export const started: Reading<StartedCondition, StartedPlan> = {
  plan: (condition, planning) => ({
    kind: 'started',
    events: chosenEvents(condition.started, condition.where, planning),
    window: projectWindow(condition.within, planning),
  }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  says: ({ started: choice, where, within }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const details = [windowWords(within), whereWords(where), 'and never before'].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

/** One column, each subject once. */
function subjects({ events, window: { from, to } }: StartedPlan, { context, subject }: Compiling): Sql {
  const since = from === undefined || from <= 0 ? raw('') : sql` having min(e.timestamp) >= fromUnixTimestamp64Milli(${bind('Int64', from)}, 'UTC')`
  return sql`select ${subject.ofEvent(context)} as id ${subject.events(context, chosenEventsSql(events, { to }))} group by id${since}`
}
