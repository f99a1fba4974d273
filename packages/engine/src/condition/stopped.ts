import { KindredError, type StoppedCondition } from '@kindred/model'
import { instantAgo, startOfDayAgo } from '../ago.ts'
import { bind, type Sql, sql } from '../sql.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { eventPhrase, whereWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import { inCalendar } from './project-window.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface StoppedPlan extends Plan {
  readonly kind: 'stopped'
  readonly events: ChosenEvents
  /** Epoch milliseconds, both included: the last such event lies between them. */
  readonly from: number
  readonly until: number
}

/** Did it some time ago, and not since: the last such event up to now lies in the older part of the window. */
export const stopped: Reading<StoppedCondition, StoppedPlan> = {
  plan: (condition, planning) => ({ kind: 'stopped', events: chosenEvents(condition.stopped, condition.where, planning), ...stretch(condition, planning) }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  says: ({ stopped: choice, where, active, quiet, wholeDays }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const details = [`between ${active} and ${quiet} ago${wholeDays === true ? ' (whole days)' : ''}`, whereWords(where), 'and not since'].filter(
      (each) => each !== '',
    )
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

function stretch({ active, quiet, wholeDays }: StoppedCondition, { context, path }: Planning): Pick<StoppedPlan, 'from' | 'until'> {
  const reach = (key: string, length: string) =>
    inCalendar(`${path}.${key}`, () => (wholeDays === true ? startOfDayAgo(length, context) : instantAgo(length, context) + 1))
  const [from, until] = [reach('active', active), reach('quiet', quiet) - 1]
  if (from > until) throw new KindredError('segment/invalid', { path: `${path}.active`, reason: '`active` must be longer than `quiet`' })
  return { from, until }
}

/** One column, each subject once. */
function subjects({ events, from, until }: StoppedPlan, { context, subject }: Compiling): Sql {
  const read = subject.events(context, chosenEventsSql(events, { from, to: events.now }))
  // Where nothing was read that could be later, the store holds nothing before 1970 either.
  return sql`select ${subject.ofEvent(context)} as id ${read} group by id having max(e.timestamp) <= fromUnixTimestamp64Milli(${bind('Int64', Math.max(until, -1))}, 'UTC')`
}
