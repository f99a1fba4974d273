import { KindredError, operatorOf, type RegularlyCondition, readDuration, startOfDay } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { calendarLength, dayAgo } from '../ago.ts'
import type { CompileContext } from '../context.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type CalendarUnit, startOfUnit, type TimeWindow } from '../time.ts'
import { livedEvent, livedSubject, zoneAlone } from '../zone/lived-in.ts'
import { widestOffset } from '../zone/possible.ts'
import { wallClockSql } from '../zone/when.ts'
import { timeZones } from '../zone/zones.ts'
import { type ChosenEvents, chosenEvents, chosenEventsSql } from './chosen-events.ts'
import { type Count, countedSql, countOf, isOnce, meetsCount } from './count.ts'
import { eventPhrase, timesWords, whereWords } from './did-words.ts'
import { inCalendar } from './in-calendar.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface RegularlyPlan extends Plan {
  readonly kind: 'regularly'
  readonly events: ChosenEvents
  readonly periods: Periods
  readonly of: number
  readonly atLeast: number
  readonly times: Count
}

/**
 * Epoch milliseconds. Rolling ones, `length` each, end with now; those of the calendar begin at `starts`, in rising order, the last one ending with `to`. Where people
 * live they are told by the clock on their wall, as if it showed UTC: `today` differs between zones at one moment, so each zone is in one of `others`, or as the project.
 */
type Periods = { readonly length: number } | CalendarPeriods | { readonly project: CalendarPeriods; readonly others: readonly ZonePeriods[] }
interface CalendarPeriods {
  readonly starts: readonly number[]
  readonly to: number
}
interface ZonePeriods extends CalendarPeriods {
  readonly zones: readonly string[]
}

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
  deciding: (plan) => {
    const { window, and, lived } = readPeriods(plan)
    const whens = lived ? [{ ...zoneAlone, window, timezone: plan.events.timezone }] : []
    return { events: [...chosenEventsSql(plan.events, window), ...and], whens }
  },
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
  if (/^0+ /.test(each)) throw new KindredError('segment/invalid', { path: at, reason: 'a period must last some time' })
  if (calendar !== true && wholeDays !== true) return { length: readDuration(each).milliseconds }
  const periods = (clock: Clock): CalendarPeriods => {
    const edge = calendar === true ? unitEdges(each, current, clock) : dayEdges(each, current, clock)
    return { starts: Array.from({ length: of }, (_, index) => edge(of - index)), to: edge(0) - 1 }
  }
  return inCalendar(at, () => {
    if (zone === 'person') return periodsOfZones(context, periods)
    const project = periods(context)
    return { ...project, to: Math.min(project.to, context.now) }
  })
}

type Clock = Pick<CompileContext, 'now' | 'timezone' | 'weekStart'>

/** At one moment it is one of two or three days somewhere: periods are reckoned once for each of them. */
function periodsOfZones({ now, timezone, weekStart }: Clock, reckon: (clock: Clock) => CalendarPeriods): Periods {
  const todayIn = (zone: string) => {
    const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
    return Date.UTC(year, month - 1, day)
  }
  const byToday = new Map<number, (readonly string[])[]>()
  for (const names of timeZones()) {
    const today = todayIn(names[0] ?? timezone)
    byToday.set(today, [...(byToday.get(today) ?? []), names])
  }
  const own = todayIn(timezone)
  const on = (today: number) => reckon({ now: today, timezone: 'UTC', weekStart })
  const others = [...byToday].flatMap(([today, zones]) => (today === own ? [] : [{ ...on(today), zones: zones.flat() }]))
  return { project: on(own), others }
}

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
function subjects(plan: RegularlyPlan, { context, subject: own }: Compiling): Sql {
  const { events, of, atLeast, times } = plan
  const { window, period, and, lived } = readPeriods(plan)
  const subject = lived ? livedSubject(own, [zoneAlone], events.timezone) : own
  const id = subject.ofEvent(context)
  const read = subject.events(context, [...chosenEventsSql(events, window), ...and])
  const enough = bind('UInt32', atLeast)
  if (isOnce(times)) return sql`select ${id} as id ${read} group by id having ${periodsDone(plan, period)} >= ${enough}`
  const met = countedSql(raw('times'), times)
  const counted = sql`select ${id} as id, ${period} as period, count() as times ${read} group by id, period`
  if (!times.includesNone) return sql`select id from (${counted} having ${met}) group by id having count() >= ${enough}`
  return sql`select id from (${counted}) group by id having countIf(${met}) + ${bind('UInt32', of)} - count() < ${enough}`
}

/** In how many of the periods there are events. One bit for each period takes less than half the time of a set of them. */
function periodsDone({ periods, of }: RegularlyPlan, period: Sql): Sql {
  return 'length' in periods && of <= 64 ? sql`bitCount(groupBitOr(bitShiftLeft(toUInt64(1), ${period})))` : sql`uniqExact(${period})`
}

interface ReadPeriods {
  window: TimeWindow
  /** A number that tells the periods apart: of rolling ones 0 for the last, 1 for the one before. */
  period: Sql
  /** What else the events of the window must meet to lie in one of the periods. */
  and: readonly Sql[]
  /** Whether it matters where the person of an event lives. */
  lived: boolean
}

function readPeriods({ periods, of, events: { now, timezone } }: RegularlyPlan): ReadPeriods {
  const at = raw('toUnixTimestamp64Milli(e.timestamp)')
  if ('length' in periods) {
    const { length } = periods
    return {
      window: { from: now - of * length + 1, to: now },
      period: sql`intDiv(${bind('Int64', now)} - ${at}, ${bind('Int64', length)})`,
      and: [],
      lived: false,
    }
  }
  if ('starts' in periods) {
    const { starts, to } = periods
    return { window: { from: starts[0] ?? now, to }, period: sql`roundDown(${at}, ${bind('Array(Int64)', starts)})`, and: [], lived: false }
  }
  const { project, others } = periods
  const shown = sql`toUnixTimestamp64Milli(${wallClockSql(livedEvent, timezone)})`
  const byZone = (of: (periods: CalendarPeriods) => Sql) =>
    others.length === 0
      ? of(project)
      : sql`multiIf(${join(
          others.map((each) => sql`${livedEvent.zone} in ${bind('Array(String)', each.zones)}, ${of(each)}`),
          ', ',
        )}, ${of(project)})`
  const first = ({ starts }: CalendarPeriods) => starts[0] ?? now
  return {
    // No clock is further from UTC.
    window: { from: Math.min(...[project, ...others].map(first)) - widestOffset, to: now },
    // Of an account the events may lie in several zones: a period is told by its place.
    period: byZone(({ starts }) => sql`indexOf(${bind('Array(Int64)', starts)}, roundDown(${shown}, ${bind('Array(Int64)', starts)}))`),
    and: [sql`${shown} between ${byZone((each) => bind('Int64', first(each)))} and ${byZone(({ to }) => bind('Int64', to))}`],
    lived: true,
  }
}

/** Nobody does anything less than no times, or a part of a time. */
function isNeverMet(times: Count): boolean {
  const { operator, negated } = times
  const edges = [operator.operand].flat().flatMap((each) => [Math.floor(each) - 1, Math.floor(each), Math.floor(each) + 1, Math.floor(each) + 2])
  return !negated && ![0, ...edges].some((each) => each >= 0 && meetsCount(each, times))
}

function periodsWords({ atLeast, of, each, calendar, wholeDays, current, zone }: WirePeriods): string {
  const [count = '', name = ''] = each.split(' ')
  const unit = name.replace(/s$/, '')
  const many = (number: number) => (number === 1 ? unit : `${unit}s`)
  const full = calendar === true && current === undefined ? 'full ' : ''
  const last =
    Number(count) === 1 ? `the last ${of === 1 ? '' : `${of} `}${full}${many(of)}` : `the last ${of === 1 ? '' : `${of} times `}${count} ${full}${many(2)}`
  const where = zone === 'person' && (calendar ?? wholeDays) === true ? ', where they live' : ''
  const ending = current === true ? (calendar === true ? ', the running one included' : ', today included') : wholeDays === true ? ' up to yesterday' : ''
  if (of === 1) return `in ${last}${ending}${where}`
  return `in ${atLeast === of ? 'each' : `at least ${atLeast}`} of ${last}${ending}${where}`
}
