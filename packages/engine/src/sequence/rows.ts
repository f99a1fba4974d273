import type { Compiling } from '../condition/reading.ts'
import { eventNameSql } from '../event-match.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { stepMatches, stepValues, valuesOf } from './step-match.ts'
import { mask, type SequenceSteps, type Step } from './steps.ts'

/**
 * The rows that `chainSql` reads: the events that matter of each subject, as arrays. An event is one number of 128 bits, so that sorting is a comparison of
 * integers: its time in milliseconds, its log position (64 bits), and the steps that it may be (20 bits).
 */
export function sequenceRows(steps: SequenceSteps, compiling: Compiling): Sql {
  const shares = steps.steps.map(valuesOf)
  if (steps.values === 0 && !steps.anchored) return arrays(plainEvents(steps, compiling), [], steps)
  const whole = shares.every((values) => values.length === steps.values)
  if (whole && !steps.anchored && !steps.strict) return arrays(eventsByValue(steps, compiling), ['shared'], steps)
  const given = [...Array.from({ length: steps.values }, (_, value) => `value_of_${value}`), ...(steps.anchored ? ['first_at'] : [])]
  return arrays(eventsByGiven(steps, compiling, given), given, steps)
}

/** `by`: what is given beside the subject. Whoever lacks one of the steps is left out before anything is sorted. */
function arrays(events: Sql, by: readonly string[], { done, anchored }: SequenceSteps): Sql {
  const all = raw(String(mask(done.map(({ place }) => place))))
  const keys = join(['id', ...by].map(raw), ', ')
  const first = anchored ? raw(', toInt64(bitShiftRight(first_at, 84)) as first') : raw('')
  return sql`select id, arrayMap(v -> toInt64(bitShiftRight(v, 84)), sorted) as times, arrayMap(v -> toUInt32(bitAnd(v, 1048575)), sorted) as bits, arrayMap(v -> toUInt64(bitAnd(bitShiftRight(v, 20), 18446744073709551615)), sorted) as places${first} from (
  select ${keys}, arraySort(groupArray(bitOr(at, toUInt128(may_be)))) as sorted from (${events}) group by ${keys} having bitAnd(groupBitOr(may_be), ${all}) = ${all})`
}

const position = raw('bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(e.timestamp)), 84), bitShiftLeft(toUInt128(e.position), 20)) as at')

function plainEvents(steps: SequenceSteps, compiling: Compiling): Sql {
  const { context, subject } = compiling
  const mayBe = bitsOf(steps.steps.map((step) => stepMatches(step, steps)))
  const events = sql`select ${subject.ofEvent(context)} as id, ${position}, ${mayBe} as may_be ${subject.events(context, scanned(steps))}`
  if (!steps.strict) return sql`select id, at, may_be from (${events}) where may_be != 0`
  // An event that is no step may lie between two: all events count, but only of those who did every step.
  const everyStep = raw(String(mask(steps.done.map(({ place }) => place))))
  return sql`select id, at, may_be from (${events}) where id in (select id from (${events}) where may_be != 0 group by id having bitAnd(groupBitOr(may_be), ${everyStep}) = ${everyStep})`
}

/** Where every step has part in all shared values, an event belongs to those that it has. */
function eventsByValue(steps: SequenceSteps, { context, subject }: Compiling): Sql {
  const columns = steps.steps.map((step, place) => sql`${stepValues(step, steps)} as values_${raw(String(place))}`)
  const names = steps.steps.map((_, place) => raw(`values_${place}`))
  const events = sql`select ${subject.ofEvent(context)} as id, ${position}, ${join(columns, ', ')} ${subject.events(context, scanned(steps))}`
  const has = bitsOf(names.map((name) => sql`has(${name}, shared)`))
  return sql`select id, at, shared, ${has} as may_be from (select id, at, ${join(names, ', ')}, arrayJoin(arrayDistinct(arrayConcat(${join(names, ', ')}))) as shared from (${events}))`
}

/** Every choice of shared values, and of a first event where `anchored`, beside every event of its subject that matters. */
function eventsByGiven(steps: SequenceSteps, { context, subject }: Compiling, given: readonly string[]): Sql {
  const columns = steps.steps.map(
    (step, place) => sql`${step.shared.length === 0 ? stepMatches(step, steps) : stepValues(step, steps)} as step_${raw(String(place))}`,
  )
  const events = (only: Sql[]) =>
    sql`select ${subject.ofEvent(context)} as id, ${position}, ${join(columns, ', ')} ${subject.events(context, [...scanned(steps), ...only])}`
  const names = steps.steps.map((_, place) => raw(`e.step_${place}`))
  const matches = steps.steps.map((step, place) => {
    const met =
      step.shared.length === 0
        ? (names[place] ?? raw('0'))
        : sql`has(${names[place] ?? raw('')}, ${tuple(valuesOf(step).map((value) => `g.value_of_${value}`))})`
    return steps.anchored && place === 0 ? sql`(${met} and e.at = g.first_at)` : met
  })
  const may = bitsOf(matches)
  const after = steps.anchored ? raw(' where e.at >= g.first_at') : raw('')
  const joined = sql`select e.id as id, e.at as at, ${join(
    given.map((name) => raw(`g.${name} as ${name}`)),
    ', ',
  )}, ${may} as may_be from (${events([])}) as e inner join (${givenSql(steps, events)}) as g on g.id = e.id${after}`
  return steps.strict ? joined : sql`select * from (${joined}) where may_be != 0`
}

/** Each subject with each choice of what is given, once: shared values are those of the first step that has part in them. */
function givenSql(steps: SequenceSteps, events: (only: Sql[]) => Sql): Sql {
  const taken = new Set<number>()
  const sources = steps.done.flatMap(({ place }) => {
    const step = steps.steps[place]
    if (step === undefined) return []
    const values = valuesOf(step)
    const own = values.filter((value) => !taken.has(value))
    for (const value of own) taken.add(value)
    const anchor = steps.anchored && place === 0
    return own.length === 0 && !anchor ? [] : [givenOf({ step, place, own, anchor }, steps, events)]
  })
  const [first = raw(''), ...others] = sources
  return others.reduce<Sql>((all, each) => sql`select * from (${all}) as one inner join (${each}) as other using (id)`, first)
}

interface Given {
  step: Step
  place: number
  /** The shared values that are taken from it. */
  own: readonly number[]
  anchor: boolean
}

function givenOf({ step, place, own, anchor }: Given, steps: SequenceSteps, events: (only: Sql[]) => Sql): Sql {
  const column = raw(`step_${place}`)
  const values = valuesOf(step)
  const chosen = own.map(
    (value) => sql`${values.length === 1 ? raw('chosen') : raw(`tupleElement(chosen, ${values.indexOf(value) + 1})`)} as value_of_${raw(String(value))}`,
  )
  const at = anchor ? [raw('at as first_at')] : []
  const these = events([stepMatches(step, steps)])
  const rows =
    values.length === 0 ? sql`select id, at from (${these}) where ${column} != 0` : sql`select id, at, arrayJoin(${column}) as chosen from (${these})`
  return sql`select distinct ${join([raw('id'), ...at, ...chosen], ', ')} from (${rows})`
}

function tuple(names: readonly string[]): Sql {
  return raw(names.length === 1 ? names.join('') : `(${names.join(', ')})`)
}

/** UInt32: the bits of the steps whose condition holds. */
function bitsOf(conditions: readonly Sql[]): Sql {
  return sql`toUInt32(${join(
    conditions.map((condition, place) => sql`${condition} * ${raw(String(2 ** place))}`),
    ' + ',
  )})`
}

/** Conditions that keep the events `e` which may matter. */
function scanned({ steps, strict, window, until }: SequenceSteps): Sql[] {
  const names = strict || steps.some((step) => step.names === null) ? null : [...new Set(steps.flatMap((step) => step.names ?? []))]
  return [eventNameSql(names), ...windowSql({ ...window, to: until })]
}
