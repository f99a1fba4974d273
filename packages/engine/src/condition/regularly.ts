import { KindredError, operatorOf, type RegularlyCondition, readDuration, startOfDay } from '@kindred/model'
import { calendarLength, dayAgo } from '../ago.ts'
import type { CompileContext } from '../context.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { type CalendarUnit, startOfUnit } from '../time.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { type Count, countedSql, countOf, isOnce, meetsCount } from './count.ts'
import { eventPhrase, timesWords, whereWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import { inCalendar, refusePersonZone } from './project-window.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface RegularlyPlan extends Plan {
  readonly kind: 'regularly'
  readonly events: ChosenEvents
  readonly periods: Periods
  readonly of: number
  readonly atLeast: number
  readonly times: Count
}

/** Epoch milliseconds. Rolling ones, `length` each, end with now; those of the calendar begin at `starts`, in rising order, the last one ending with `to`. */
type Periods = { readonly length: number } | { readonly starts: readonly number[]; readonly to: number }

/** So many times in each of so many of the last periods. */
export const regularly: Reading<RegularlyCondition, RegularlyPlan> = {
  plan: (condition, planning) => {
    const times = countOf(condition.times)
    const { of, atLeast } = condition.periods
    const events = chosenEvents(condition.regularly, condition.where, planning)
    if (isNeverMet(times)) planning.warn('no number of times is meant', 'times')
    return { kind: 'regularly', events, periods: periodsOf(condition.periods, planning), of, atLeast, times }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} ${raw(plan.times.includesNone ? 'not in' : 'in')} (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: (plan, compiling) => (plan.times.includesNone ? null : subjects(plan, compiling)),
  says: ({ regularly: choice, where, times, periods }, { roles, negated, who }) => {
    const { past } = eventPhrase(choice, roles)
    const often = times === undefined ? '' : timesWords(operatorOf(times))
    const details = [often, whereWords(where), periodsWords(periods)].filter((each) => each !== '')
    return `${negated ? 'for whom it is not true that they' : who} ${past} ${details.join(' ')}`
  },
}

type WirePeriods = RegularlyCondition['periods']

function periodsOf({ of, each, calendar, wholeDays, current, zone }: WirePeriods, { context, path }: Planning): Periods {
  const at = `${path}.periods.each`
  refusePersonZone(zone, `${path}.periods.zone`)
  if (/^0+ /.test(each)) throw new KindredError('segment/invalid', { path: at, reason: 'a period must last some time' })
  if (calendar !== true && wholeDays !== true) return { length: readDuration(each).milliseconds }
  return inCalendar(at, () => {
    const edge = calendar === true ? unitEdges(each, current, context) : dayEdges(each, current, context)
    const starts = Array.from({ length: of }, (_, index) => edge(of - index))
    return { starts, to: Math.min(edge(0) - 1, context.now) }
  })
}

type Clock = Pick<CompileContext, 'now' | 'timezone' | 'weekStart'>

/** The first instant of the unit of the calendar that begins so many periods before the end. */
function unitEdges(each: string, current: true | undefined, clock: Clock): (back: number) => number {
  const [count = '', name = ''] = each.split(' ')
  return (back) => startOfUnit(name.replace(/s$/, '') as CalendarUnit, (current === true ? 1 : 0) - Number(count) * back, clock)
}

/** The same of periods that end with yesterday, or with today. Each is counted back from the end, so that a short month shortens no other period. */
function dayEdges(each: string, current: true | undefined, clock: Clock): (back: number) => number {
  const [count = '', unit = ''] = each.split(' ')
  const end = dayAgo('0 days', clock).add({ days: current === true ? 1 : 0 })
  return (back) => startOfDay(end.subtract(calendarLength(`${Number(count) * back} ${unit}`)), clock.timezone)
}

/** One column, each subject once: who does it in enough periods; where none of it counts too, who does not. */
function subjects(plan: RegularlyPlan, { context, subject }: Compiling): Sql {
  const { events, periods, of, atLeast, times } = plan
  const window =
    'length' in periods ? { from: events.now - of * periods.length + 1, to: events.now } : { from: periods.starts[0] ?? events.now, to: periods.to }
  const id = subject.ofEvent(context)
  const read = subject.events(context, chosenEventsSql(events, window))
  const enough = bind('UInt32', atLeast)
  if (isOnce(times)) return sql`select ${id} as id ${read} group by id having ${periodsDone(plan)} >= ${enough}`
  const met = countedSql(raw('times'), times)
  const counted = sql`select ${id} as id, ${periodSql(plan)} as period, count() as times ${read} group by id, period`
  if (!times.includesNone) return sql`select id from (${counted} having ${met}) group by id having count() >= ${enough}`
  return sql`select id from (${counted}) group by id having countIf(${met}) + ${bind('UInt32', of)} - count() < ${enough}`
}

/** In how many of the periods there are events. One bit for each period takes less than half the time of a set of them. */
function periodsDone(plan: RegularlyPlan): Sql {
  const period = periodSql(plan)
  return 'length' in plan.periods && plan.of <= 64 ? sql`bitCount(groupBitOr(bitShiftLeft(toUInt64(1), ${period})))` : sql`uniqExact(${period})`
}

/** A number that tells the periods apart: of rolling ones 0 for the last, 1 for the one before. */
function periodSql({ periods, events }: RegularlyPlan): Sql {
  const at = raw('toUnixTimestamp64Milli(e.timestamp)')
  return 'length' in periods
    ? sql`intDiv(${bind('Int64', events.now)} - ${at}, ${bind('Int64', periods.length)})`
    : sql`roundDown(${at}, ${bind('Array(Int64)', periods.starts)})`
}

/** Nobody does anything less than no times, or a part of a time. */
function isNeverMet(times: Count): boolean {
  const { operator, negated } = times
  const edges = [operator.operand].flat().flatMap((each) => [Math.floor(each) - 1, Math.floor(each), Math.floor(each) + 1, Math.floor(each) + 2])
  return !negated && ![0, ...edges].some((each) => each >= 0 && meetsCount(each, times))
}

function periodsWords({ atLeast, of, each, calendar, wholeDays, current }: WirePeriods): string {
  const [count = '', name = ''] = each.split(' ')
  const unit = name.replace(/s$/, '')
  const many = (number: number) => (number === 1 ? unit : `${unit}s`)
  const full = calendar === true && current === undefined ? 'full ' : ''
  const last =
    Number(count) === 1 ? `the last ${of === 1 ? '' : `${of} `}${full}${many(of)}` : `the last ${of === 1 ? '' : `${of} times `}${count} ${full}${many(2)}`
  const ending = current === true ? (calendar === true ? ', the running one included' : ', today included') : wholeDays === true ? ' up to yesterday' : ''
  if (of === 1) return `in ${last}${ending}`
  return `in ${atLeast === of ? 'each' : `at least ${atLeast}`} of ${last}${ending}`
}
