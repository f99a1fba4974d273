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
interface ZonedWindows {
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

/** Errors: `segment/invalid` at `within` or `during`. Warns where no moment can lie in both. */
export function planWhen({ within, during }: { within?: Within | undefined; during?: During | undefined }, { context, path, warn }: Place, step = ''): When {
  const windows = checkedWindows(within, context, `${path}.${step}within`)
  const { seasons, timezone, now } = context
  const planned = during === undefined ? null : planDuring(during, { seasons, path: `${path}.${step}during` })
  const { from } = windows.window
  if (from !== undefined && from > now) warn('it lies in the future, so nothing can have happened in it yet', `${step}within`)
  else if (planned !== null && !isPossible(planned, windows.window, timezone))
    warn('no moment of the window lies in it, so nothing can have happened then', `${step}during`)
  return { ...windows, during: planned, timezone }
}

function checkedWindows(within: Within | undefined, context: CompileContext, path: string): Pick<When, 'window' | 'zoned'> {
  try {
    const project = timeWindow(within, context)
    return within !== undefined && 'zone' in within && within.zone === 'person' ? zonedWindows(within, project, context) : { window: project, zoned: null }
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path, reason: error.message })
    throw error
  }
}

function zonedWindows(within: Within, project: TimeWindow, context: CompileContext): Pick<When, 'window' | 'zoned'> {
  const found = timeZones().flatMap((names) => {
    const [timezone = context.timezone] = names
    const window = windowIn(within, { ...context, timezone })
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

/** A window from a day to an instant may end before it starts in some zones alone. */
function windowIn(within: Within, context: CompileContext): TimeWindow {
  try {
    return timeWindow(within, context)
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
  const end = (name: 'from' | 'to') => {
    const number = (window: TimeWindow) => String(window[name] ?? 0)
    const values = raw(`[${zoned.windows.map(number).join(',')}]`)
    return sql`transform(${zone}, ${bind('Array(String)', zoned.zones)}, ${values}, ${raw(number(zoned.project))})`
  }
  return [sql`${instant} >= ${end('from')}`, sql`${instant} <= ${end('to')}`]
}

/** UInt8, all of which must hold. Without `lived`, of the event `e`: only where it does not matter who it belongs to. */
export function whenDuringSql({ during, timezone }: When, lived: LivedSql | null): Sql[] {
  if (during === null) return []
  const at = lived?.at ?? raw('e.timestamp')
  const southern = lived?.southern ?? raw('0')
  const project = bind('String', timezone)
  if (lived === null || during.zone === 'project') return duringSql(during, { at, timezone: project }, southern)
  // Only a text can be written in a zone that differs from row to row; read back as UTC it shows what the clock on their wall showed.
  const shown = sql`toDateTime64(toString(${at}, if(empty(${lived.zone}), ${project}, ${lived.zone})), 3, 'UTC')`
  return duringSql(during, { at: shown, timezone: null }, southern)
}
