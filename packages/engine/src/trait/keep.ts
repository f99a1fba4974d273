import { type OperatorName, operatorOf } from '@kindred/model'
import type { Compiling } from '../condition/reading.ts'
import type { Keeping } from '../context.ts'
import { eventNameSql } from '../event-match.ts'
import { eventsWhere, statesWhere } from '../people.ts'
import { bind, join, raw, render, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { aggregated, eventsMeant, eventsMet } from './event-measure.ts'
import { type Kept, partOfEvents } from './kept.ts'
import { type EventMeasurePlan, measuresOf, type TraitPlan } from './plan.ts'

/**
 * What a measure comes to over the events up to a log position, kept for each person as they were known at the time, so that a question reads that and the
 * events since. The answer is that of reading them all: the states of any parts of somebody's events, put together, are the state of all of them.
 */

/** They ask how long ago, so that tomorrow they mean other events. */
const readsClock: ReadonlySet<OperatorName> = new Set([
  'withinLast',
  'withinNext',
  'moreThanAgo',
  'moreThanAhead',
  'anniversaryWithinNext',
  'anniversaryWithinLast',
])

/** Whether an event that counts for a measure counts for it ever after, whoever it then belongs to and whatever else happened: only such can be kept. */
function countsForEver({ when, since, filters, now }: EventMeasurePlan): boolean {
  // An event leaves a window that moves, and what was added up cannot be taken off.
  const isOfAllTime = when.window.from === undefined && when.window.to === now && when.zoned === null && when.during === null
  // The next order takes all that was since the last one.
  return isOfAllTime && since === undefined && filters.every((filter) => !readsClock.has(operatorOf(filter).name))
}

function kept(measure: EventMeasurePlan): Kept | null {
  return countsForEver(measure) ? (aggregated(measure, null).kept ?? null) : null
}

/** What a measure is kept as: the very reading of its events, so that whatever changes its meaning makes it another. Null where it cannot be kept. */
export function keptAs(measure: EventMeasurePlan): string | null {
  const how = kept(measure)
  if (how === null) return null
  const parts = how.parts.map(({ column, of }) => sql`${of} as ${raw(column)}`)
  const { text, params } = render(sql`${join(parts, ', ')} where ${join(eventsMeant(measure), ' and ')}`)
  return JSON.stringify([text, params], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** What the question may read of a measure instead of events; null where it must read them. */
export function keepingOf(measure: EventMeasurePlan, { context: { kept: known, watermark }, subject }: Compiling): Keeping | null {
  if (known === undefined || known.size === 0 || subject.states === undefined) return null
  const keeping = known.get(keptAs(measure) ?? '')
  // A question about an earlier moment, or an earlier position, must not see what was kept after it.
  if (keeping === undefined || measure.now < keeping.until || (watermark !== undefined && watermark < keeping.through)) return null
  return keeping
}

/** A measure from what is kept of it, put together with the events since: a statement with the columns as `named` names them. */
export function statesPass(
  measure: EventMeasurePlan,
  keeping: Keeping,
  { compiling: { context, subject }, named }: { compiling: Compiling; named: (columns: readonly Sql[]) => Sql[] },
): (told: Sql) => Sql {
  const how = kept(measure)
  if (how === null || subject.states === undefined) throw new Error('the measure is kept')
  const id = sql`${subject.ofEvent(context)} as id`
  const states = how.parts.map(({ column }) => sql`e.${raw(column)} as ${raw(column)}`)
  const before = sql`select ${join([id, ...states], ', ')} ${subject.states(context, [...statesOf(keeping), isThere(context.projectId, keeping)])}`
  const since = sql`select ${join([id, ...how.parts.map(partOfEvents)], ', ')} ${subject.events(context, [...eventsMet(measure), isAfter(keeping)])} group by id`
  return (told) => sql`select ${join([raw('id'), ...named(how.columns), sql`toUInt8(1) as ${told}`], ', ')} from (${before} union all ${since}) group by id`
}

/** The states up to the position: what was written of later events is noted only once it is whole. */
function statesOf({ id, through }: Keeping): Sql[] {
  return [sql`e.keeping = ${bind('UInt64', id)}`, sql`e.through <= ${bind('UInt64', through)}`, raw('e.actor_id != 0')]
}

/** The row of nobody, which every keeping has. Where it is gone, so are the states, since the question was compiled: it must not be answered from what is left. */
function isThere(projectId: number, { id }: Keeping): Sql {
  return sql`(select throwIf(count() = 0, 'kept states are gone') from kindred.trait_states where project_id = ${bind('UInt32', projectId)} and keeping = ${bind('UInt64', id)} and actor_id = 0) = 0`
}

/** UInt8: the states do not hold the event `e`, since it came later, or its time did. */
function isAfter({ through, until }: Pick<Keeping, 'through' | 'until'>): Sql {
  return sql`(e.position > ${bind('UInt64', through)} or e.timestamp > fromUnixTimestamp64Milli(${bind('Int64', until)}, 'UTC'))`
}

/** Those measures of traits of people that can be kept, by what they are kept as. */
export function keepable(traits: readonly TraitPlan[]): Map<string, EventMeasurePlan> {
  const measures = traits.flatMap(({ value }) => measuresOf(value))
  return new Map(
    measures.flatMap((measure): [string, EventMeasurePlan][] => {
      const key = keptAs(measure)
      return key === null ? [] : [[key, measure]]
    }),
  )
}

/** One row: how many `events` reading the measure goes through, of how many `people` about, and at which position the `first` is. */
export function readingCostSql({ names }: EventMeasurePlan, projectId: number): Sql {
  return sql`select count() as events, uniq(e.actor_id) as people, min(e.position) as first ${eventsWhere({ projectId }, [eventNameSql(names)])}`
}

/** Begins a keeping with its row of nobody. */
export function beginKeepingSql(projectId: number, id: number): Sql {
  return sql`insert into kindred.trait_states (project_id, keeping) select ${bind('UInt32', projectId)}, ${bind('UInt64', id)}`
}

/** Adds to a keeping, which is as `from` says, what came or became due since, up to what `to` says. */
export function keepOnSql(measure: EventMeasurePlan, projectId: number, { from, to }: { from: Keeping; to: Pick<Keeping, 'through' | 'until'> }): Sql {
  const how = kept(measure)
  if (how === null) throw new Error('the measure can be kept')
  const values = [
    bind('UInt32', projectId),
    bind('UInt64', from.id),
    raw('e.actor_id, e.person_id'),
    bind('UInt64', to.through),
    ...how.parts.map(partOfEvents),
  ]
  const events = eventsWhere({ projectId, watermark: to.through }, [...eventsMeant(measure), ...windowSql({ to: to.until }), isAfter(from)])
  return sql`${intoStates(how)} select ${join(values, ', ')} ${events} group by e.actor_id, e.person_id`
}

/** Fills the keeping `id` with what another comes to, one row for each person where there were several. */
export function keepTogetherSql(measure: EventMeasurePlan, projectId: number, { from, id }: { from: Keeping; id: number }): Sql {
  const how = kept(measure)
  if (how === null) throw new Error('the measure can be kept')
  const parts = how.parts.map(({ together }) => together)
  const values = [bind('UInt32', projectId), bind('UInt64', id), raw('e.actor_id, e.person_id'), bind('UInt64', from.through), ...parts]
  return sql`${intoStates(how)} select ${join(values, ', ')} ${statesWhere({ projectId }, statesOf(from))} group by e.actor_id, e.person_id`
}

function intoStates({ parts }: Kept): Sql {
  const columns = ['project_id', 'keeping', 'actor_id', 'person_id', 'through', ...parts.map(({ column }) => column)]
  return sql`insert into kindred.trait_states (${raw(columns.join(', '))})`
}
