import { eventFilterSql, eventFilterWhere, eventItemNumbers, eventNameSql, eventNumber, eventTexts } from '../event-match.ts'
import { exactSum } from '../measure.ts'
import { personOfEvent } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { livesSql } from '../zone/lived-in.ts'
import { isLocal, type LivedSql, whenDuringSql, windowOfAllSql, zonedSql } from '../zone/when.ts'
import { type Deciding, decidingIn } from './deciding.ts'
import type { Measured, Quantity } from './event-numbers.ts'
import type { Compiling } from './reading.ts'

/** Several quantities in one pass over the events: `select … from …` grouped by `id`, each value an aggregate. */
export interface Tally {
  readonly id: Sql
  /** `from … where …`. */
  readonly from: Sql
  /** Nullable(Float64) or a number each. */
  readonly values: readonly Sql[]
}

type Asking = Pick<Compiling, 'context' | 'subject'>

/** Rows of every event that may count for one of them; who has none is in no group. `and`: further conditions on the events `e`. */
export function tally(quantities: readonly Quantity[], asking: Asking, and: readonly Sql[] = []): Tally {
  const [only] = quantities
  if (quantities.some(({ when }) => isLocal(when))) return localTally(quantities, asking, and)
  const { context, subject } = asking
  const id = subject.ofEvent(context)
  if (quantities.length === 1 && only !== undefined && only.measure.of !== 'share') {
    const from = subject.events(context, [...among(only), ...whenDuringSql(only.when, null), ...eventFilterWhere(only.filters, only), ...and])
    return { id, from, values: [aggregate(only.measure, null, addedOf(only))] }
  }
  const from = subject.events(context, [...amongAll(quantities), ...and])
  return { id, from, values: quantities.map((each) => aggregate(each.measure, conditionsOf(each, quantities, null), addedOf(each))) }
}

/**
 * Where it matters where people live: the events first, as few and as narrow as can be, then each with its person. The names of the columns carry
 * the place of the quantity.
 */
function localTally(quantities: readonly Quantity[], { context, subject }: Asking, and: readonly Sql[]): Tally {
  const columns = quantities.flatMap((each, index) => {
    const place = String(index)
    const own = each.when.during === null || isLocal(each.when) ? [] : whenDuringSql(each.when, null)
    return [
      sql`${all(amongOf(each, quantities))} as among_${raw(place)}`,
      sql`${all([...own, ...filtersOf(each)])} as counted_${raw(place)}`,
      ...(addedOf(each) === null ? [] : [sql`${addedOf(each)?.sql ?? raw('null')} as value_${raw(place)}`]),
    ]
  })
  const events = sql`select ${subject.ofEvent(context)} as id, ${personOfEvent(context)} as person, e.timestamp as at, ${join(columns, ', ')} ${subject.events(context, [...amongAll(quantities), ...and])}`
  const [first] = quantities
  const clock = { now: first?.now ?? 0, timezone: first?.timezone ?? 'UTC' }
  const lives = livesSql(
    quantities.map(({ when }) => when),
    clock,
    context,
  )
  const lived: LivedSql = { at: raw('s.at'), zone: raw('l.zone'), southern: raw('l.southern') }
  const from = sql`from (${events}) as s left join (${lives}) as l on l.person = s.person`
  const values = quantities.map((each, index) => {
    const place = String(index)
    const value = addedOf(each)
    const conditions = {
      among: all([raw(`s.among_${place}`), ...zonedSql(each.when, lived)]),
      counted: all([raw(`s.counted_${place}`), ...(isLocal(each.when) ? whenDuringSql(each.when, lived) : [])]),
    }
    return aggregate(each.measure, conditions, value === null ? null : { ...value, sql: raw(`s.value_${place}`) })
  })
  return { id: raw('s.id'), from, values }
}

/** The events that count for a quantity. */
export function decidingOf(quantity: Quantity): Deciding {
  return decidingIn(quantity.when, [eventNameSql(quantity.names), ...filtersOf(quantity)])
}

/** UInt8 each: the event `e` is of the kind and in the window, so that it is among those that a share is taken of. */
function among({ names, when }: Quantity): Sql[] {
  return [eventNameSql(names), ...windowOfAllSql(when)]
}

/** UInt8 each: an event among them counts. */
function counted(quantity: Quantity, lived: LivedSql | null): Sql[] {
  return [...whenDuringSql(quantity.when, lived), ...filtersOf(quantity)]
}

function filtersOf(quantity: Quantity): Sql[] {
  return quantity.filters.length > 0 ? [eventFilterSql(quantity.filters, quantity)] : []
}

/** UInt8 each: the event may be among those of some quantity. Kept apart, so that the primary key can be used. */
function amongAll(quantities: readonly Quantity[]): Sql[] {
  const [only] = quantities
  if (quantities.length === 1 && only !== undefined) return among(only)
  const named = quantities.map(({ names }) => names)
  const names = named.includes(null) ? null : [...new Set(named.flatMap((each) => each ?? []))]
  return [eventNameSql(names), ...windowSql(unitedWindow(quantities))]
}

/** What of `among` the rows do not meet already. */
function amongOf(quantity: Quantity, quantities: readonly Quantity[]): Sql[] {
  const { names, when } = quantity
  const sameNames = quantities.every((each) => isSameEvents(each.names, names))
  const { from, to } = unitedWindow(quantities)
  const { window } = when
  const narrower = { ...((window.from ?? 0) > from && { from: window.from }), ...(window.to < to && { to: window.to }) }
  return [...(sameNames ? [] : [eventNameSql(names)]), ...windowSql(narrower)]
}

function unitedWindow(quantities: readonly Quantity[]): { from: number; to: number } {
  const windows = quantities.map(({ when }) => when.window)
  return { from: Math.min(...windows.map(({ from }) => from ?? 0)), to: Math.max(...windows.map(({ to }) => to)) }
}

/** Whether two lists of names, null for any event, name the same events. */
export function isSameEvents(one: readonly string[] | null, other: readonly string[] | null): boolean {
  if (one === null || other === null) return one === other
  return one.length === other.length && one.every((name) => other.includes(name))
}

interface Conditions {
  among: Sql
  counted: Sql
}

function conditionsOf(quantity: Quantity, quantities: readonly Quantity[], lived: LivedSql | null): Conditions {
  return { among: all(amongOf(quantity, quantities)), counted: all(counted(quantity, lived)) }
}

function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? raw('1') : sql`(${join(conditions, ' and ')})`
}

/** What an event adds to a measure: one Nullable(Float64), Array(Float64) or Array(String). */
interface Value {
  readonly type: 'number' | 'numbers' | 'texts'
  readonly sql: Sql
}

function addedOf(quantity: Quantity): Value | null {
  const { measure, filters } = quantity
  if (measure.of === 'count' || measure.of === 'share') return null
  if (measure.of === 'distinct') return { type: 'texts', sql: eventTexts(measure.property, filters, quantity) }
  const numbers = measure.of === 'sum' ? null : eventItemNumbers(measure.property, filters, quantity)
  return numbers === null ? { type: 'number', sql: eventNumber(measure.property, filters, quantity) } : { type: 'numbers', sql: numbers }
}

/** The number of the events that meet the conditions; null: all rows do. */
function aggregate({ of }: Measured, conditions: Conditions | null, value: Value | null): Sql {
  const counts = conditions === null ? raw('1') : sql`${conditions.among} and ${conditions.counted}`
  if (of === 'share' && conditions !== null) {
    const total = sql`countIf(${conditions.among})`
    return sql`if(${total} = 0, null, 100 * countIf(${counts}) / ${total})`
  }
  if (value === null) return conditions === null ? raw('count()') : sql`countIf(${counts})`
  const nothing = raw(value.type === 'number' ? 'null' : '[]')
  return measured(of, { ...value, sql: conditions === null ? value.sql : sql`if(${counts}, ${value.sql}, ${nothing})` })
}

function measured(of: Measured['of'], { type, sql: value }: Value): Sql {
  if (type === 'texts') return sql`uniqExactArray(${value})`
  const many = type === 'numbers'
  const number = many ? sql`arrayReduce('sumOrNull', ${value})` : value
  const count = many ? sql`sum(length(${value}))` : sql`count(${value})`
  const over = (aggregate: string) => sql`if(${count} = 0, null, ${raw(aggregate)}(${value}))`
  const array = many ? 'Array' : ''
  switch (of) {
    case 'avg':
      return sql`if(${count} = 0, null, ${exactSum(number)} / ${count})`
    case 'min':
    case 'max':
      return over(`${of}${array}`)
    case 'median':
      // Between two values the median lies halfway.
      return over(`quantileExactInclusive${array}(0.5)`)
    default:
      return exactSum(number)
  }
}

/** UInt8, never NULL: a number, or none, against a comparison. */
export function comparedSql(value: Sql, bounds: readonly { sign: string; operand: number }[], negated: boolean): Sql {
  const met = join(
    bounds.map(({ sign, operand }) => sql`${value} ${raw(sign)} ${bind('Float64', operand)}`),
    ' and ',
  )
  return negated ? sql`not ifNull(${met}, 0)` : sql`ifNull(${met}, 0)`
}
