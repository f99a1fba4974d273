import type { Compiling } from '../condition/reading.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { livedSubject } from '../zone/lived-in.ts'
import { aggregated, type ColumnNames, eventsPass } from './event-measure.ts'
import { keepingOf, statesPass } from './keep.ts'
import type { EventMeasurePlan } from './plan.ts'

/** A statement of one row for each subject that it knows of: `id`, columns named `event_<measure>_<column>`, and whether it tells. */
export interface Pass {
  readonly statement: Sql
  /** UInt8, the name of its column. */
  readonly told: Sql
}

export interface Measured {
  readonly passes: readonly Pass[]
  /** The value of a measure, by its place, in terms of the columns of the passes. */
  value(index: number): Sql
}

/** Decides of each measure whether it is read from the events, all such in one pass over them, or from what is kept of it and the events since. */
export function measured(measures: readonly EventMeasurePlan[], compiling: Compiling): Measured {
  const kept = measures.flatMap((measure, index) => {
    const keeping = keepingOf(measure, compiling)
    return keeping === null ? [] : [{ measure, index, keeping }]
  })
  const read = measures.map((measure, index) => ({ measure, index })).filter(({ index }) => !kept.some((each) => each.index === index))
  const ofStates = kept.map(({ measure, index, keeping }) => statesPass(measure, keeping, { compiling, named: (columns) => named(columns, index) }))
  const ofEvents = read.length === 0 ? [] : [readPass(read, compiling)]
  const passes = [...ofEvents, ...ofStates].map((columns, place): Pass => ({ statement: columns(raw(`seen_${place}`)), told: raw(`seen_${place}`) }))
  const column = (index: number, place: number) => raw(`event_${index}_${place}`)
  return {
    passes,
    value(index) {
      const measure = measures[index]
      if (measure === undefined) throw new Error('a value is of a measure')
      const names: ColumnNames = [column(index, 0), column(index, 1), column(index, 2)]
      return aggregated(measure, null).value(names)
    },
  }
}

function named(columns: readonly Sql[], measure: number): Sql[] {
  return columns.map((column, place) => sql`${column} as ${raw(`event_${measure}_${place}`)}`)
}

function readPass(read: readonly { measure: EventMeasurePlan; index: number }[], { context, subject: own }: Compiling): (told: Sql) => Sql {
  const { where, whens, measures, told } = eventsPass(read.map(({ measure }) => measure))
  const subject = whens[0] === undefined ? own : livedSubject(own, whens, whens[0].timezone)
  const columns = measures.flatMap((measure, place) => named(measure.columns, read[place]?.index ?? 0))
  return (name) =>
    sql`select ${subject.ofEvent(context)} as id, ${join([...columns, sql`${told} as ${name}`], ', ')} ${subject.events(context, where)} group by id`
}

/** `from`: whoever is in one of the passes, with `id`; in a pass that does not know them, columns hold their type's default. */
export function withAllIds(passes: readonly Pass[]): Sql {
  const each = passes.map(
    ({ statement }, place) => sql`${raw(place === 0 ? '' : ' full join ')}(${statement}) as ${raw(`pass_${place}`)}${raw(place === 0 ? '' : ' using (id)')}`,
  )
  return join(each, '')
}

/** A pass beside the rows `s` of subjects. */
export function joinedPass({ statement, told }: Pass): Sql {
  const alias = sql`of_${told}`
  return sql` left join (${statement}) as ${alias} on ${alias}.id = s.id`
}

/** UInt8: one of the passes tells. */
export function toldBy(passes: readonly Pass[]): Sql {
  return join(
    passes.map(({ told }) => told),
    ' or ',
  )
}
