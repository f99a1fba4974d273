import type { TraitAmount, TraitValueSource } from '@kindred/model'
import { inOrder } from '../condition/chosen-events.ts'
import { eventFilterSql, eventNameSql } from '../event-match.ts'
import { billionths, inBillionths, ofBillionths } from '../measure.ts'
import { textProperty } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { livedEvent } from '../zone/lived-in.ts'
import { isLocal, type When, whenSql } from '../zone/when.ts'
import { eventAmount, eventTexts } from './event-values.ts'
import { type Kept, type StatePart, statePart } from './kept.ts'
import type { EventMeasurePlan } from './plan.ts'

/** Of its first, its second and its third column, as many as there are. */
export type ColumnNames = readonly [Sql, Sql, Sql]

/** A measure as aggregates over the events `e`, and what they come to. */
interface Aggregated {
  readonly columns: readonly Sql[]
  /** Of the columns' names. Without any event they hold their type's default, and the value is the one of nobody's events. */
  value(names: ColumnNames): Sql
  /** The same columns from what was made of events before; left out: they must be read. */
  readonly kept?: Kept
}

const day = '86400000'
const milliseconds = raw('toUnixTimestamp64Milli(e.timestamp)')

/** Every way to measure events, and how what it comes to can be kept. `met`: UInt8, the event counts; null where all that are read do. */
export function aggregated(plan: EventMeasurePlan, met: Sql | null): Aggregated {
  if (plan.since !== undefined) return sinceLast(plan, met)
  const only = (value: Sql): Sql => (met === null ? value : sql`if(${met}, ${value}, null)`)
  const amount = () => only(eventAmount(plan.source as TraitAmount, plan))
  const times = only(sql`toNullable(${milliseconds})`)
  switch (plan.way) {
    case 'count': {
      const events = statePart('whole_0', met === null ? raw('count()') : sql`countIf(${met})`, 'sum')
      return one(sql`toFloat64(${events.of})`, { parts: [events], columns: [sql`toFloat64(ifNull(${events.together}, 0))`] })
    }
    case 'sum': {
      const sum = statePart('whole_0', billionths(amount()), 'sum')
      return one(ofBillionths(sum.of), { parts: [sum], columns: [ofBillionths(sum.together)] })
    }
    case 'avg': {
      const sum = statePart('whole_0', billionths(amount()), 'sum')
      const count = statePart('whole_1', sql`count(${amount()})`, 'sum')
      const kept = { parts: [sum, count], columns: [ofBillionths(sum.together), sql`toUInt64(ifNull(${count.together}, 0))`] }
      return { columns: [ofBillionths(sum.of), count.of], value: ([total, number]) => sql`if(${number} = 0, null, ${total} / ${number})`, kept }
    }
    case 'min':
    case 'max': {
      // Nullable whatever the amount is, so that whoever has no events has no value.
      const edge = statePart('number', sql`${raw(plan.way)}(toNullable(${amount()}))`, plan.way)
      return one(edge.of, { parts: [edge], columns: [edge.together] })
    }
    case 'median':
      return one(sql`quantileExactInclusiveOrNull(0.5)(${amount()})`)
    case 'firstDate':
      return endOf('min', times)
    case 'lastDate':
      return endOf('max', times)
    case 'daysSinceFirst':
      return { ...endOf('min', times), value: ([first]) => wholeDays(plan, first) }
    case 'daysSinceLast':
      return { ...endOf('max', times), value: ([last]) => wholeDays(plan, last) }
    case 'meanDaysBetween': {
      const [first, last] = [statePart('whole_0', sql`min(${times})`, 'min'), statePart('whole_1', sql`max(${times})`, 'max')]
      const count = statePart('whole_2', sql`count(${times})`, 'sum')
      const ends = [first, last].map(({ together }) => sql`toInt64(${together})`)
      return {
        columns: [first.of, last.of, count.of],
        value: ([from, to, number]) => sql`if(${number} > 1, (${to} - ${from}) / ${raw(day)} / (${number} - 1), null)`,
        kept: { parts: [first, last, count], columns: [...ends, sql`toUInt64(ifNull(${count.together}, 0))`] },
      }
    }
    case 'periodsSinceFirst':
      return { ...endOf('min', times), value: ([first]) => periods(plan, first) }
    default:
      return textMeasure(plan, met)
  }
}

function one(column: Sql, kept?: Kept): Aggregated {
  return { columns: [column], value: ([name]) => name, ...(kept && { kept }) }
}

/** The first or the last of the times. */
function endOf(which: 'min' | 'max', times: Sql): Aggregated {
  const part = statePart('whole_0', sql`${raw(which)}(${times})`, which)
  return one(part.of, { parts: [part], columns: [sql`toInt64(${part.together})`] })
}

function wholeDays({ now }: EventMeasurePlan, at: Sql): Sql {
  return sql`toFloat64(intDiv(${bind('Int64', now)} - ${at}, ${raw(day)}))`
}

/** How many periods of the calendar from the one of an instant to the running one, both counted. */
function periods({ each, now, timezone }: EventMeasurePlan, at: Sql): Sql {
  const zone = bind('String', timezone)
  return sql`toFloat64(dateDiff('${raw(each)}', fromUnixTimestamp64Milli(${at}, 'UTC'), fromUnixTimestamp64Milli(${bind('Int64', now)}, 'UTC'), ${zone}) + 1)`
}

function textMeasure(plan: EventMeasurePlan, met: Sql | null): Aggregated {
  const all = eventTexts(plan.source as TraitValueSource, plan)
  const texts = met === null ? all : sql`if(${met}, ${all}, emptyArrayString())`
  switch (plan.way) {
    case 'distinct': {
      const different = statePart('texts', sql`groupUniqArrayArray(${texts})`, 'groupUniqArrayArray')
      return one(sql`toFloat64(uniqExactArray(${texts}))`, { parts: [different], columns: [raw('toFloat64(uniqExactArray(texts))')] })
    }
    case 'mostFrequent':
      return { ...frequent(texts), value: ([counts]) => sql`nullIf(${byFrequency(counts)}[1], '')` }
    case 'topList':
      return { ...frequent(texts), value: ([counts]) => sql`arraySlice(${byFrequency(counts)}, 1, ${bind('UInt32', plan.n)})` }
    default:
      return endValue(plan, texts)
  }
}

function frequent(texts: Sql): Aggregated {
  const counts = countedTexts(texts)
  const together = raw('sumMap(texts, times)')
  const parts: StatePart[] = [
    { column: 'texts', of: sql`${counts}.1`, together: sql`${together}.1` },
    { column: 'times', of: sql`${counts}.2`, together: sql`${together}.2` },
  ]
  return one(counts, { parts, columns: [together] })
}

/** The value of the first or the last event that has one; kept where it is the text itself, as it mostly is. */
function endValue(plan: EventMeasurePlan, texts: Sql): Aggregated {
  const text = textProperty(sql`nullIf(${texts}[1], '')`)
  const value = { text: text.text, number: text.number, date: text.date(plan.timezone) }[plan.as]
  const found = sql`assumeNotNull(${value})`
  const which = plan.way === 'firstValue' ? 'Min' : 'Max'
  // At the same instant and position the value itself decides.
  const place = sql`(e.timestamp, e.position, ${found})`
  const column = sql`${raw(`arg${which}OrNullIf`)}(${found}, ${place}, isNotNull(${value}))`
  if (plan.as !== 'text') return one(column)
  const edge = which === 'Min' ? 'min' : 'max'
  const at = statePart('whole_0', sql`${raw(`${edge}OrNullIf`)}(toInt128(${inOrder}), isNotNull(${value}))`, edge)
  const together = raw(`arg${which}OrNullIf(text, (whole_0, text), isNotNull(whole_0))`)
  return one(column, { parts: [at, { column: 'text', of: column, together }], columns: [together] })
}

/** Tuple of two arrays: each text, and how often it came. */
function countedTexts(texts: Sql): Sql {
  return sql`sumMap(${texts}, arrayMap(t -> toUInt64(1), ${texts}))`
}

/** The most frequent first; among equals the one that sorts first. */
function byFrequency(counts: Sql): Sql {
  return sql`arraySort((text, times) -> (-toInt64(times), text), ${counts}.1, ${counts}.2)`
}

/** Counts, sums and dates of what came after the last event of some names, which is known only when all events have been read. */
function sinceLast(plan: EventMeasurePlan, met: Sql | null): Aggregated {
  const amount = plan.way === 'sum' ? eventAmount(plan.source as TraitAmount, plan) : raw('0')
  const since = [eventNameSql(plan.since ?? null), ...windowSql({ to: plan.now })]
  const columns = [
    sql`groupArrayIf((e.timestamp, e.position, ${inBillionths(amount)}), ${met ?? raw('1')})`,
    sql`maxIf((e.timestamp, e.position), ${join(since, ' and ')})`,
  ]
  const value = ([rows, last]: ColumnNames): Sql => {
    const after = sql`arrayFilter(r -> (r.1, r.2) > ${last}, ${rows})`
    const times = sql`arrayMap(r -> toUnixTimestamp64Milli(r.1), ${after})`
    switch (plan.way) {
      case 'count':
        return sql`toFloat64(length(${after}))`
      case 'sum':
        return sql`toFloat64(arraySum(r -> r.3, ${after})) / 1e9`
      default:
        return sql`if(empty(${after}), null, ${raw(plan.way === 'firstDate' ? 'arrayMin' : 'arrayMax')}(${times}))`
    }
  }
  return { columns, value }
}

export interface EventsPass {
  /** What keeps the events that any of the measures reads. */
  readonly where: readonly Sql[]
  /** The windows that depend on where the person of an event lives, so that `l` must stand beside it. */
  readonly whens: readonly When[]
  readonly measures: readonly Aggregated[]
  /** UInt8, an aggregate: at least one of the events counts for a measure. */
  readonly told: Sql
}

/** Several measures over the same events in one pass. */
export function eventsPass(plans: readonly EventMeasurePlan[]): EventsPass {
  const [first] = plans
  if (first === undefined) return { where: [], whens: [], measures: [], told: raw('0') }
  const whens = plans.map(({ when }) => when).filter(isLocal)
  const about = new Set(plans.map(({ names, filters, when }) => JSON.stringify([names, filters, when])))
  if (about.size === 1 && plans.every(({ since }) => since === undefined)) {
    return { where: eventsMet(first), whens, measures: plans.map((plan) => aggregated(plan, null)), told: raw('1') }
  }
  const names = unionOf(plans.flatMap(({ names, since }) => [names, ...(since === undefined ? [] : [since])]))
  const met = plans.map((plan) => sql`(${join(eventsMet(plan), ' and ')})`)
  const measures = plans.map((plan, index) => aggregated(plan, met[index] ?? raw('1')))
  return { where: [eventNameSql(names), ...windowSql(spanOf(plans))], whens, measures, told: sql`max(toUInt8(${join(met, ' or ')}))` }
}

/** UInt8, all of which an event `e` must meet that counts for a measure. */
export function eventsMet(plan: EventMeasurePlan): Sql[] {
  const [name, ...filters] = eventsMeant(plan)
  return [name, ...whenSql(plan.when, livedEvent), ...filters]
}

/** The same, whenever it happened. */
export function eventsMeant(plan: EventMeasurePlan): [Sql, ...Sql[]] {
  return [eventNameSql(plan.names), ...(plan.filters.length > 0 ? [eventFilterSql(plan.filters, plan)] : [])]
}

function unionOf(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  return lists.some((list) => list === null) ? null : [...new Set(lists.flatMap((list) => list ?? []))]
}

/** From the first of the windows' starts to the last of their ends; what came since an event may be asked of any time. */
function spanOf(plans: readonly EventMeasurePlan[]): TimeWindow {
  const to = Math.max(...plans.map(({ when, since, now }) => (since === undefined ? when.window.to : now)))
  const starts = plans.map(({ when, since }) => (since === undefined ? when.window.from : undefined))
  return starts.some((from) => from === undefined) ? { to } : { from: Math.min(...starts.map((from) => from ?? 0)), to }
}
