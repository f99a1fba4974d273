import { KindredError, type StoppedCondition } from '@kindred/model'
import { instantAgo, startOfDayAgo } from '../ago.ts'
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

export interface StoppedPlan extends Plan {
  readonly kind: 'stopped'
  readonly events: ChosenEvents
  /** The last such event lies in it: in that of the project or, where days are counted where people live, in that of their zone. */
  readonly window: TimeWindow
  readonly zoned: ZonedWindows | null
  readonly timezone: string
}

/** Did it some time ago, and not since: the last such event up to now lies in the older part of the window. */
export const stopped: Reading<StoppedCondition, StoppedPlan> = {
  plan: (condition, planning) => ({ kind: 'stopped', events: chosenEvents(condition.stopped, condition.where, planning), ...stretch(condition, planning) }),
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  deciding: ({ events, window: { from } }) => ({ events: chosenEventsSql(events, { ...(from !== undefined && { from }), to: events.now }) }),
  says: ({ stopped: choice, where, active, quiet, wholeDays, zone }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const details = [
      `between ${active} and ${quiet} ago${wholeDays === true ? ` (whole days${zone === 'person' ? ' where they live' : ''})` : ''}`,
      whereWords(where),
      'and not since',
    ].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

function stretch({ active, quiet, wholeDays, zone }: StoppedCondition, { context, path }: Planning): Pick<StoppedPlan, 'window' | 'zoned' | 'timezone'> {
  const reach = (key: string, length: string, clock: CompileContext) =>
    inCalendar(`${path}.${key}`, () => (wholeDays === true ? startOfDayAgo(length, clock) : instantAgo(length, clock) + 1))
  const window = (clock: CompileContext) => ({ from: reach('active', active, clock), to: reach('quiet', quiet, clock) - 1 })
  const project = window(context)
  if (project.from > project.to) throw new KindredError('segment/invalid', { path: `${path}.active`, reason: '`active` must be longer than `quiet`' })
  const { timezone } = context
  return zone === 'person' ? { ...windowsOfZones(context, window), timezone } : { window: project, zoned: null, timezone }
}

/** One column, each subject once. */
function subjects({ events, window: { from, to }, zoned, timezone }: StoppedPlan, { context, subject: own }: Compiling): Sql {
  const subject = zoned === null ? own : livedSubject(own, [{ zoned, during: null }], timezone)
  const read = subject.events(context, chosenEventsSql(events, { ...(from !== undefined && { from }), to: events.now }))
  const ids = sql`select ${subject.ofEvent(context)} as id ${read} group by id having`
  // Where nothing was read that could be later, the store holds nothing before 1970 either.
  if (zoned === null) return sql`${ids} max(e.timestamp) <= fromUnixTimestamp64Milli(${bind('Int64', Math.max(to, -1))}, 'UTC')`
  const at = sql`toUnixTimestamp64Milli(${livedEvent.at})`
  const [since, until] = [zonedEndSql(zoned, 'from', livedEvent.zone), zonedEndSql(zoned, 'to', livedEvent.zone)]
  return sql`${ids} max(${at} >= ${since}) = 1 and max(${at} > ${until}) = 0`
}
