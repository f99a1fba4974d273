import { KindredError, type RestartedCondition } from '@kindred/model'
import { endOfDayAgo, instantAgo, startOfDayAgo } from '../ago.ts'
import { bind, type Sql, sql } from '../sql.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { eventPhrase, whereWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import { inCalendar } from './project-window.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface RestartedPlan extends Plan {
  readonly kind: 'restarted'
  readonly events: ChosenEvents
  /** Epoch milliseconds: nothing lies after `before` and up to `until`. */
  readonly before: number
  readonly until: number
}

/** Did it long ago, then not for a while, and again. */
export const restarted: Reading<RestartedCondition, RestartedPlan> = {
  plan: (condition, planning) => ({ kind: 'restarted', events: chosenEvents(condition.restarted, condition.where, planning), ...stretch(condition, planning) }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  says: ({ restarted: choice, where, quiet, back, wholeDays }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const gap = `at least ${quiet} ago, not between ${quiet} and ${back} ago${wholeDays === true ? ', whole days' : ''}, and again since`
    const details = [whereWords(where), gap].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

function stretch({ quiet, back, wholeDays }: RestartedCondition, { context, path }: Planning): Pick<RestartedPlan, 'before' | 'until'> {
  const before = inCalendar(`${path}.quiet`, () => (wholeDays === true ? startOfDayAgo(quiet, context) - 1 : instantAgo(quiet, context)))
  const until = inCalendar(`${path}.back`, () => (wholeDays === true ? endOfDayAgo(back, context) : instantAgo(back, context)))
  if (until >= context.now) throw new KindredError('segment/invalid', { path: `${path}.back`, reason: 'nothing can have happened since' })
  if (before >= until) throw new KindredError('segment/invalid', { path: `${path}.quiet`, reason: '`quiet` must be longer than `back`' })
  return { before, until }
}

/** One column, each subject once. */
function subjects({ events, before, until }: RestartedPlan, { context, subject }: Compiling): Sql {
  const at = (milliseconds: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', Math.max(milliseconds, -1))}, 'UTC')`
  const quiet = sql`countIf(e.timestamp > ${at(before)} and e.timestamp <= ${at(until)}) = 0`
  const read = subject.events(context, chosenEventsSql(events, { to: events.now }))
  return sql`select ${subject.ofEvent(context)} as id ${read} group by id having min(e.timestamp) <= ${at(before)} and max(e.timestamp) > ${at(until)} and ${quiet}`
}
