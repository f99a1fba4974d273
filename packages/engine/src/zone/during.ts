import { type During, KindredError, type Season, usualSeasons, weekdays } from '@kindred/model'
import { join, raw, type Sql, sql } from '../sql.ts'

/** Parts of the year, the week or the day with everything decided. Days of the year are month × 100 + day, both ends belong; a range may pass New Year. */
export interface DuringPlan {
  readonly months: readonly number[] | null
  /** Monday is 1. */
  readonly weekdays: readonly number[] | null
  readonly hours: { readonly from: number; readonly to: number } | null
  readonly dates: YearRange | null
  readonly season: { readonly north: YearRange; readonly south: YearRange } | null
  readonly zone: 'project' | 'person'
}
export interface YearRange {
  readonly from: number
  readonly to: number
}

/** Errors: `segment/invalid` for a season that the project does not have, and hours that end when they begin. */
export function planDuring(during: During, { seasons = usualSeasons, path }: { seasons?: readonly Season[] | undefined; path: string }): DuringPlan {
  const { hours } = during
  if (hours !== undefined && hours.from === hours.to)
    throw new KindredError('segment/invalid', { path: `${path}.hours`, reason: 'they end when they begin; leave them out for the whole day' })
  return {
    months: during.months ?? null,
    weekdays: during.weekdays?.map((each) => weekdays.indexOf(each) + 1) ?? null,
    hours: hours ?? null,
    dates: during.dates === undefined ? null : yearRange(during.dates),
    season: during.season === undefined ? null : seasonNamed(during.season, seasons, `${path}.season`),
    zone: during.zone ?? 'project',
  }
}

function seasonNamed(name: string, seasons: readonly Season[], path: string): DuringPlan['season'] {
  const season = seasons.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (season === undefined) {
    const known = seasons.length === 0 ? 'it has none' : `it has ${seasons.map((each) => each.name).join(', ')}`
    throw new KindredError('segment/invalid', { path, reason: `the project has no season “${name}”; ${known}` })
  }
  return { north: yearRange(season), south: yearRange(season.south ?? season) }
}

function yearRange({ from, to }: { from: string; to: string }): YearRange {
  const number = (day: string) => Number(day.slice(0, 2)) * 100 + Number(day.slice(3))
  return { from: number(from), to: number(to) }
}

/** Whether the half of the world that somebody lives in makes a difference. */
export function isByHemisphere({ season }: DuringPlan): boolean {
  return season !== null && (season.north.from !== season.south.from || season.north.to !== season.south.to)
}

/** What a clock on the wall shows. */
export interface LocalTime {
  readonly month: number
  readonly day: number
  /** Monday is 1. */
  readonly dayOfWeek: number
  readonly hour: number
}

/** Whether a moment lies in all of it. `hour` left out: whether some hour of the day does. */
export function liesDuring(plan: DuringPlan, local: Omit<LocalTime, 'hour'> & { readonly hour?: number }, southern: boolean): boolean {
  const { months, hours, dates, season } = plan
  const day = local.month * 100 + local.day
  if (months !== null && !months.includes(local.month)) return false
  if (plan.weekdays !== null && !plan.weekdays.includes(local.dayOfWeek)) return false
  if (dates !== null && !isIn(day, dates)) return false
  if (season !== null && !isIn(day, southern ? season.south : season.north)) return false
  // Up to, not with, the other hour: the last one that belongs is the one before it.
  return hours === null || local.hour === undefined || isIn(local.hour, { from: hours.from, to: hours.to - 1 })
}

function isIn(value: number, { from, to }: YearRange): boolean {
  return from <= to ? value >= from && value <= to : value >= from || value <= to
}

/** The clock on the wall in SQL: of a DateTime in a zone, or of one that already shows local time where `timezone` is null. */
interface LocalSql {
  readonly at: Sql
  readonly timezone: Sql | null
}

/** UInt8, all of which must hold. `southern` is asked only where the hemisphere matters. */
export function duringSql(plan: DuringPlan, { at, timezone }: LocalSql, southern: Sql): Sql[] {
  const zone = timezone === null ? raw('') : sql`, ${timezone}`
  const month = sql`toMonth(${at}${zone})`
  const day = sql`toMonth(${at}${zone}) * 100 + toDayOfMonth(${at}${zone})`
  const inRange = (range: YearRange) => rangeSql(day, range)
  const met: Sql[] = []
  if (plan.months !== null) met.push(sql`${month} in ${numbers(plan.months)}`)
  if (plan.weekdays !== null) met.push(sql`toDayOfWeek(${at}, 0${zone}) in ${numbers(plan.weekdays)}`)
  if (plan.hours !== null) met.push(rangeSql(sql`toHour(${at}${zone})`, { from: plan.hours.from, to: plan.hours.to - 1 }))
  if (plan.dates !== null) met.push(inRange(plan.dates))
  if (plan.season !== null)
    met.push(isByHemisphere(plan) ? sql`if(${southern}, ${inRange(plan.season.south)}, ${inRange(plan.season.north)})` : inRange(plan.season.north))
  return met
}

function rangeSql(value: Sql, { from, to }: YearRange): Sql {
  return sql`(${value} >= ${raw(String(from))} ${raw(from <= to ? 'and' : 'or')} ${value} <= ${raw(String(to))})`
}

/** Numbers of ours, checked when the definition was read. */
function numbers(values: readonly number[]): Sql {
  return sql`(${join(
    values.map((each) => raw(String(each))),
    ', ',
  )})`
}
