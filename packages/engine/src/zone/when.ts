import { type During, KindredError, type Within } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, timeWindow, windowSql } from '../time.ts'
import { type DuringPlan, duringSql, isByHemisphere, planDuring } from './during.ts'
import { isPossible } from './possible.ts'
import { timeZones } from './zones.ts'

/** When events count: within a window, and during parts of the year, the week or the day. */
export interface When {
  /** Every event that counts lies in it, wherever people live. */
  readonly window: TimeWindow
  /** The windows where people live, where they differ; null where one holds for everyone. */
  readonly zoned: ZonedWindows | null
  readonly during: DuringPlan | null
  /** The project's zone. */
  readonly timezone: string
}
export interface ZonedWindows {
  /** Where a person's zone is not known, and in the zones that are not named. */
  readonly project: TimeWindow
  readonly zones: readonly string[]
  /** One for each of the zones. */
  readonly windows: readonly TimeWindow[]
}

/** Where a condition stands that is being planned, as `Planning` has it. */
export interface Place {
  readonly context: CompileContext
  readonly path: string
  warn(reason: string, step?: string): void
}

/** Errors: `segment/invalid` at `within` or `during`. Warns of a window that is empty or in the future, and where no moment can lie in both. */
export function planWhen({ within, during }: { within?: Within | undefined; during?: During | undefined }, { context, path, warn }: Place, step = ''): When {
  const windows = planWindow(within, { context, path, warn }, `${step}within`)
  const { seasons, timezone } = context
  const planned = during === undefined ? null : planDuring(during, { seasons, path: `${path}.${step}during` })
  if (planned !== null && !isVoid(windows) && !isPossible(planned, windows.window, timezone))
    warn('no moment of the window lies in it, so nothing can have happened then', `${step}during`)
  return { ...windows, during: planned }
}

/** A window that stands alone at `step`. Errors: `segment/invalid`. Warns where it is empty or in the future. */
export function planWindow(within: Within | undefined, { context, path, warn }: Place, step = 'within'): When {
  const { timezone, now } = context
  const windows = checkedWindows(within, context, `${path}.${step}`)
  if (isVoid(windows))
    warn(
      (windows.window.from ?? 0) > now + 1
        ? 'it lies in the future, so nothing can have happened in it yet'
        : 'no moment lies in it, so nothing can have happened then',
      step,
    )
  return { ...windows, during: null, timezone }
}

/** Nothing can have happened in it. */
function isVoid({ window: { from, to } }: Pick<When, 'window'>): boolean {
  return from !== undefined && from > to
}

function checkedWindows(within: Within | undefined, context: CompileContext, path: string): Pick<When, 'window' | 'zoned'> {
  try {
    const project = timeWindow(within, context)
    return within !== undefined && within.zone === 'person' ? windowsOfZones(context, (clock) => timeWindow(within, clock)) : { window: project, zoned: null }
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path, reason: error.message })
    throw error
  }
}

/**
 * The window that `reckon` answers in each zone. Errors: RangeError where the project's calendar does not have it; in another zone alone, where a window from
 * a day to an instant may end before it starts, it is empty.
 */
export function windowsOfZones(context: CompileContext, reckon: (clock: CompileContext) => TimeWindow): Pick<When, 'window' | 'zoned'> {
  const project = reckon(context)
  const found = timeZones().flatMap((names) => {
    const [timezone = context.timezone] = names
    const window = orNone(() => reckon({ ...context, timezone }))
    return names.map((name) => ({ timezone: name, window }))
  })
  const others = found.filter(({ window }) => window.from !== project.from || window.to !== project.to)
  if (others.length === 0) return { window: project, zoned: null }
  const all = [project, ...others.map(({ window }) => window)]
  const to = Math.max(...all.map((each) => each.to))
  const from = Math.min(...all.map((each) => each.from ?? Number.NEGATIVE_INFINITY))
  const zoned = { project, zones: others.map(({ timezone }) => timezone), windows: others.map(({ window }) => window) }
  return { window: Number.isFinite(from) ? { from, to } : { to }, zoned }
}

const nothing: TimeWindow = { from: 1, to: 0 }

function orNone(reckon: () => TimeWindow): TimeWindow {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof RangeError) return nothing
    throw error
  }
}

/** Whether it depends on where somebody lives, so that events must be read with their person. */
export function isLocal({ zoned, during }: When): boolean {
  return zoned !== null || (during !== null && (during.zone === 'person' || isByHemisphere(during)))
}

/** UInt8, all of which the event `e` must meet wherever its person lives: the window that holds every one. */
export function windowOfAllSql({ window }: When): Sql[] {
  return windowSql(window)
}

/** UInt8, all of which the event `e` must meet, its person's zone and half of the world being those of `livedEvent` where they matter. */
export function whenSql(when: When, lived: LivedSql): Sql[] {
  return isLocal(when)
    ? [...windowOfAllSql(when), ...zonedSql(when, lived), ...whenDuringSql(when, lived)]
    : [...windowOfAllSql(when), ...whenDuringSql(when, null)]
}

/** Where the person of an event lives: `zone` a String, '' where it is not known, and `southern` a UInt8; `at` the time of the event. */
export interface LivedSql {
  readonly at: Sql
  readonly zone: Sql
  readonly southern: Sql
}

/** UInt8, all of which must hold: what is left of the window where people live. */
export function zonedSql({ zoned }: When, { at, zone }: LivedSql): Sql[] {
  if (zoned === null) return []
  const instant = sql`toUnixTimestamp64Milli(${at})`
  return [sql`${instant} >= ${zonedEndSql(zoned, 'from', zone)}`, sql`${instant} <= ${zonedEndSql(zoned, 'to', zone)}`]
}

/** Int64, epoch milliseconds: an end of the window in the zone of a row. */
export function zonedEndSql(zoned: ZonedWindows, name: 'from' | 'to', zone: Sql): Sql {
  const number = (window: TimeWindow) => String(window[name] ?? 0)
  const values = raw(`[${zoned.windows.map(number).join(',')}]`)
  return sql`transform(${zone}, ${bind('Array(String)', zoned.zones)}, ${values}, ${raw(number(zoned.project))})`
}

/** UInt8, all of which must hold. Without `lived`, of the event `e`: only where it does not matter who it belongs to. */
export function whenDuringSql({ during, timezone }: When, lived: LivedSql | null): Sql[] {
  if (during === null) return []
  const at = lived?.at ?? raw('e.timestamp')
  const southern = lived?.southern ?? raw('0')
  const project = bind('String', timezone)
  if (lived === null || during.zone === 'project') return duringSql(during, { at, timezone: project }, southern)
  return duringSql(during, { at: wallClockSql(lived, timezone), timezone: null }, southern)
}

/** DateTime64 of UTC that shows what the clock on the wall showed where the person lives, or in the project's zone where that is not known. */
export function wallClockSql({ at, zone }: Pick<LivedSql, 'at' | 'zone'>, timezone: string): Sql {
  // Only a text can be written in a zone that differs from row to row.
  return sql`toDateTime64(toString(${at}, if(empty(${zone}), ${bind('String', timezone)}, ${zone})), 3, 'UTC')`
}
