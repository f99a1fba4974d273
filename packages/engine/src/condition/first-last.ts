import type { FirstCondition, LastCondition } from '@kindred/model'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { TimeWindow } from '../time.ts'
import { type ChosenEvents, checkedWindow, chosenEvents, filtersSql, namedEventsSql, refuseDuring } from './chosen-events.ts'
import { eventPhrase, whereWords, windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Planning, Reading, Saying } from './reading.ts'

interface OneEventPlan extends Plan {
  readonly kind: 'first' | 'last'
  /** Which event is the first or the last is decided by name; the filters are asked of that one. */
  readonly events: ChosenEvents
  readonly window: TimeWindow
}

/** The first such event up to now, by (time, log position), and what is true of it. Who has none does not match. */
export const first: Reading<FirstCondition, OneEventPlan> = {
  plan: (condition, planning) => planOf('first', { ...condition, choice: condition.first }, planning),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  says: (condition, saying) => words('first', { ...condition, choice: condition.first }, saying),
}

/** The last such event up to now, by (time, log position), and what is true of it. Who has none does not match. */
export const last: Reading<LastCondition, OneEventPlan> = {
  plan: (condition, planning) => planOf('last', { ...condition, choice: condition.last }, planning),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  says: (condition, saying) => words('last', { ...condition, choice: condition.last }, saying),
}

type OneEvent = Omit<FirstCondition, 'first'> & { choice: FirstCondition['first'] }

function planOf(kind: OneEventPlan['kind'], { choice, where, within, during }: OneEvent, planning: Planning): OneEventPlan {
  refuseDuring(during, planning.path)
  return { kind, events: chosenEvents(choice, where, planning), window: checkedWindow(within, planning) }
}

/** Time and log position in one number: what an aggregate compares several times as fast as a pair. The store holds nothing before 1970. */
const inOrder = raw('bitShiftLeft(toUInt128(toUnixTimestamp64Milli(e.timestamp)), 64) + e.position')

/** One column, each subject once. */
function subjects({ kind, events, window }: OneEventPlan, { context, subject }: Compiling): Sql {
  // What lies after the window cannot be the first in it, nor what lies before it the last.
  const read: TimeWindow = kind === 'first' ? { to: window.to } : { ...window, to: events.now }
  const asked = [...timeOf(kind, window, read), ...filtersSql(events).map((met) => sql`${raw(kind === 'first' ? 'argMin' : 'argMax')}(${met}, ${inOrder}) = 1`)]
  const having = asked.length > 0 ? sql` having ${join(asked, ' and ')}` : raw('')
  return sql`select ${subject.ofEvent(context)} as id ${subject.events(context, namedEventsSql(events, read))} group by id${having}`
}

/** The time of the one event lies in the window, as far as the events that are read leave that open. */
function timeOf(kind: OneEventPlan['kind'], window: TimeWindow, read: TimeWindow): Sql[] {
  const time = raw(kind === 'first' ? 'min(e.timestamp)' : 'max(e.timestamp)')
  const at = (milliseconds: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', milliseconds)}, 'UTC')`
  const lower = kind === 'first' && window.from !== undefined && window.from > 0 ? [sql`${time} >= ${at(window.from)}`] : []
  return window.to < read.to ? [...lower, sql`${time} <= ${at(Math.max(window.to, -1))}`] : lower
}

function words(kind: OneEventPlan['kind'], { choice, where, within }: OneEvent, { roles, negated, who }: Saying): string {
  const { past, base } = eventPhrase(choice, roles)
  const details = [windowWords(within), whereWords(where)].filter((each) => each !== '')
  if (details.length === 0) return negated ? `${who} did not ${base}` : `${who} ever ${past}`
  const one = `the ${kind} time they ${past}`
  return negated ? `for whom it is not true that, ${one}, they did so ${details.join(' ')}` : `${who}, ${one}, did so ${details.join(' ')}`
}
