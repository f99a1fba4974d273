import type { FirstCondition, LastCondition } from '@kindred/model'
import { personOfEvent } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { TimeWindow } from '../time.ts'
import { livesSql } from '../zone/lived-in.ts'
import { isLocal, type LivedSql, planWhen, type When, whenDuringSql, zonedSql } from '../zone/when.ts'
import { type ChosenEvents, chosenEvents, filtersSql, inOrder, namedEventsSql } from './chosen-events.ts'
import type { Deciding } from './deciding.ts'
import { duringWords, eventPhrase, whereWords, windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Planning, Reading, Saying } from './reading.ts'

interface OneEventPlan extends Plan {
  readonly kind: 'first' | 'last'
  /** Which event is the first or the last is decided by name; the filters are asked of that one. */
  readonly events: ChosenEvents
  readonly when: When
}

/** The first such event up to now, by (time, log position), and what is true of it. Who has none does not match. */
export const first: Reading<FirstCondition, OneEventPlan> = {
  plan: (condition, planning) => planOf('first', { ...condition, choice: condition.first }, planning),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  deciding,
  says: (condition, saying) => words('first', { ...condition, choice: condition.first }, saying),
}

/** The last such event up to now, by (time, log position), and what is true of it. Who has none does not match. */
export const last: Reading<LastCondition, OneEventPlan> = {
  plan: (condition, planning) => planOf('last', { ...condition, choice: condition.last }, planning),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  deciding,
  says: (condition, saying) => words('last', { ...condition, choice: condition.last }, saying),
}

/** That one event, whether or not it is what is asked for. */
function deciding({ kind, events }: OneEventPlan): Deciding {
  return { events: namedEventsSql(events, { to: events.now }), only: kind }
}

type OneEvent = Omit<FirstCondition, 'first'> & { choice: FirstCondition['first'] }

function planOf(kind: OneEventPlan['kind'], { choice, where, within, during }: OneEvent, planning: Planning): OneEventPlan {
  return { kind, events: chosenEvents(choice, where, planning), when: planWhen({ within, during }, planning) }
}

/** One column, each subject once. */
function subjects({ kind, events, when }: OneEventPlan, { context, subject }: Compiling): Sql {
  const { window } = when
  // What lies after the window cannot be the first in it, nor what lies before it the last.
  const read: TimeWindow = kind === 'first' ? { to: window.to } : { ...window, to: events.now }
  const ofThat = (value: Sql) => sql`${raw(kind === 'first' ? 'argMin' : 'argMax')}(${value}, ${inOrder})`
  const met = [...filtersSql(events), ...(isLocal(when) ? [] : whenDuringSql(when, null))].map((each) => sql`${ofThat(each)} = 1`)
  const asked = [...timeOf(kind, window, read), ...met]
  const having = asked.length > 0 ? sql` having ${join(asked, ' and ')}` : raw('')
  const from = subject.events(context, namedEventsSql(events, read))
  if (!isLocal(when)) return sql`select ${subject.ofEvent(context)} as id ${from} group by id${having}`
  // Whose clock and whose half of the world: those of the person of that one event.
  const one = sql`select ${subject.ofEvent(context)} as id, ${ofThat(personOfEvent(context))} as person, ${ofThat(raw('e.timestamp'))} as at ${from} group by id${having}`
  const lived: LivedSql = { at: raw('s.at'), zone: raw('l.zone'), southern: raw('l.southern') }
  const lives = livesSql([when], events, context)
  return sql`select s.id as id from (${one}) as s left join (${lives}) as l on l.person = s.person where ${join([...zonedSql(when, lived), ...whenDuringSql(when, lived)], ' and ')}`
}

/** The time of the one event lies in the window, as far as the events that are read leave that open. */
function timeOf(kind: OneEventPlan['kind'], window: TimeWindow, read: TimeWindow): Sql[] {
  const time = raw(kind === 'first' ? 'min(e.timestamp)' : 'max(e.timestamp)')
  const at = (milliseconds: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', milliseconds)}, 'UTC')`
  const lower = kind === 'first' && window.from !== undefined && window.from > 0 ? [sql`${time} >= ${at(window.from)}`] : []
  return window.to < read.to ? [...lower, sql`${time} <= ${at(Math.max(window.to, -1))}`] : lower
}

function words(kind: OneEventPlan['kind'], { choice, where, within, during }: OneEvent, { roles, negated, who }: Saying): string {
  const { past, base } = eventPhrase(choice, roles)
  const details = [windowWords(within), duringWords(during), whereWords(where)].filter((each) => each !== '')
  if (details.length === 0) return negated ? `${who} did not ${base}` : `${who} ever ${past}`
  const one = `the ${kind} time they ${past}`
  return negated
    ? `for ${who === 'who' ? 'whom' : 'which'} it is not true that, ${one}, they did so ${details.join(' ')}`
    : `${who}, ${one}, did so ${details.join(' ')}`
}
