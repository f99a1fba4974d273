import { KindredError, type RestartedCondition } from '@kindred/model'
import { endOfDayAgo, instantAgo, startOfDayAgo } from '../ago.ts'
import type { CompileContext } from '../context.ts'
import { bind, type Sql, sql } from '../sql.ts'
import type { TimeWindow } from '../time.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { windowsOfZones, type ZonedWindows, zonedEndSql } from '../zone/when.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { eventPhrase, whereWords } from './did-words.ts'
import { inCalendar } from './in-calendar.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface RestartedPlan extends Plan {
  readonly kind: 'restarted'
  readonly events: ChosenEvents
  /** Nothing lies in it: in that of the project or, where days are counted where people live, in that of their zone. */
  readonly quiet: Required<TimeWindow>
  readonly zoned: ZonedWindows | null
  readonly timezone: string
}

/** Did it long ago, then not for a while, and again. */
export const restarted: Reading<RestartedCondition, RestartedPlan> = {
  plan: (condition, planning) => ({ kind: 'restarted', events: chosenEvents(condition.restarted, condition.where, planning), ...stretch(condition, planning) }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  deciding: ({ events }) => ({ events: chosenEventsSql(events, { to: events.now }) }),
  says: ({ restarted: choice, where, quiet, back, wholeDays, zone }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const gap = `at least ${quiet} ago, not between ${quiet} and ${back} ago${wholeDays === true ? `, whole days${zone === 'person' ? ' where they live' : ''}` : ''}, and again since`
    const details = [whereWords(where), gap].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

function stretch({ quiet, back, wholeDays, zone }: RestartedCondition, { context, path }: Planning): Pick<RestartedPlan, 'quiet' | 'zoned' | 'timezone'> {
  const window = (clock: CompileContext) => ({
    from: inCalendar(`${path}.quiet`, () => (wholeDays === true ? startOfDayAgo(quiet, clock) : instantAgo(quiet, clock) + 1)),
    to: inCalendar(`${path}.back`, () => (wholeDays === true ? endOfDayAgo(back, clock) : instantAgo(back, clock))),
  })
  const project = window(context)
  if (project.to >= context.now) throw new KindredError('segment/invalid', { path: `${path}.back`, reason: 'nothing can have happened since' })
  if (project.from > project.to) throw new KindredError('segment/invalid', { path: `${path}.quiet`, reason: '`quiet` must be longer than `back`' })
  return { quiet: project, zoned: zone === 'person' ? windowsOfZones(context, window).zoned : null, timezone: context.timezone }
}

/** One column, each subject once. */
function subjects({ events, quiet, zoned, timezone }: RestartedPlan, { context, subject: own }: Compiling): Sql {
  const subject = zoned === null ? own : livedSubject(own, [{ zoned, during: null }], timezone)
  const at = (milliseconds: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', Math.max(milliseconds, -1))}, 'UTC')`
  const ids = sql`select ${subject.ofEvent(context)} as id ${subject.events(context, chosenEventsSql(events, { to: events.now }))} group by id having`
  if (zoned === null) {
    const [before, until] = [at(quiet.from - 1), at(quiet.to)]
    return sql`${ids} min(e.timestamp) <= ${before} and max(e.timestamp) > ${until} and countIf(e.timestamp > ${before} and e.timestamp <= ${until}) = 0`
  }
  const time = sql`toUnixTimestamp64Milli(${livedEvent.at})`
  const [from, to] = [zonedEndSql(zoned, 'from', livedEvent.zone), zonedEndSql(zoned, 'to', livedEvent.zone)]
  return sql`${ids} max(${time} < ${from}) = 1 and max(${time} > ${to}) = 1 and max(${time} >= ${from} and ${time} <= ${to}) = 0`
}
