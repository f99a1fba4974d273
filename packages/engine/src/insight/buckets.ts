import { type Bucket, type Interval, KindredError } from '@kindred/model'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { ZoneOffsets } from './zone-offsets.ts'

/** The zone and the first day of the week that days and weeks are cut by. */
export interface Calendar {
  timezone: string
  weekStart: 'sunday' | 'monday'
}

/** A length of time, epoch milliseconds, both ends included. */
export interface Period {
  from: number
  to: number
}

const hour = 3_600_000
const day = 24 * hour
/** More points than a chart or a table can show: the question is refused and says so. */
const maximumBuckets = 10_000

/** All buckets that the period touches, in order, without gaps. The first may begin before the period. Errors: `insight/invalid` above 10,000. */
export function bucketsOf(period: Period, interval: Interval, calendar: Calendar): Bucket[] {
  const zone = new ZoneOffsets(calendar.timezone, period.from - 40 * day, period.to + 40 * day)
  const buckets: Bucket[] = []
  for (let start = bucketStart(period.from, interval, { zone, ...calendar }); start <= period.to; start = nextStart(start, interval, zone)) {
    if (buckets.length === maximumBuckets)
      throw new KindredError('insight/invalid', { field: 'interval', reason: `the range has more than 10,000 ${interval}s` })
    buckets.push({ start, label: label(zone.local(start), interval) })
  }
  return buckets
}

/** The first instant of the bucket that holds an instant. */
export function startOfBucket(at: number, interval: Interval, calendar: Calendar): number {
  return bucketStart(at, interval, { zone: new ZoneOffsets(calendar.timezone, at - 40 * day, at + 40 * day), ...calendar })
}

/** The number of a local day since 1970-01-01, as `toDate` in SQL counts. */
export function dayNumber(at: number, timezone: string): number {
  return Math.floor(new ZoneOffsets(timezone, at, at).local(at) / day)
}

/** The first instant of the day that lies `days` before the day of an instant. */
export function startOfDayBefore(at: number, days: number, timezone: string): number {
  const zone = new ZoneOffsets(timezone, at - (days + 2) * day, at + 2 * day)
  return zone.epoch(floor(zone.local(at), day) - days * day)
}

function bucketStart(at: number, interval: Interval, { zone, weekStart }: Calendar & { zone: ZoneOffsets }): number {
  const local = zone.local(at)
  // In the hour that comes twice the first local match may be an hour before: hours are cut from the instant itself.
  if (interval === 'hour') return at - modulo(local, hour)
  const midnight = floor(local, day)
  if (interval === 'day') return zone.epoch(midnight)
  const date = new Date(midnight)
  if (interval === 'month') return zone.epoch(midnight - (date.getUTCDate() - 1) * day)
  return zone.epoch(midnight - ((date.getUTCDay() + (weekStart === 'monday' ? 6 : 0)) % 7) * day)
}

function nextStart(start: number, interval: Interval, zone: ZoneOffsets): number {
  // Offsets change by whole hours, with rare exceptions, where a short hour is better than one that belongs nowhere.
  if (interval === 'hour') return Math.min(start - modulo(zone.local(start), hour) + hour, zone.nextChange(start))
  // A day that begins late, because its midnight is skipped, still counts from its date.
  const midnight = floor(zone.local(start), day)
  if (interval === 'day') return zone.epoch(midnight + day)
  if (interval === 'week') return zone.epoch(midnight + 7 * day)
  const date = new Date(midnight)
  return zone.epoch(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
}

function label(local: number, interval: Interval): string {
  const text = new Date(local).toISOString()
  return interval === 'hour' ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : text.slice(0, 10)
}

/** UInt32: the start, in epoch seconds, of the bucket that holds the event `e`; every event read lies in one of them. */
export function bucketSql(buckets: readonly Bucket[]): Sql {
  const starts = buckets.map((bucket) => bucket.start / 1000)
  const [first = 0, second = first + 1] = starts
  const width = second - first
  const seconds = raw('toUnixTimestamp(e.timestamp)')
  const even = starts.every((start, index) => start === first + index * width)
  const from = bind('UInt32', first)
  if (even && starts.length > 1) return sql`toUInt32(${from} + intDiv(${seconds} - ${from}, ${bind('UInt32', width)}) * ${bind('UInt32', width)})`
  return starts.length > 1 ? sql`toUInt32(roundDown(${seconds}, ${bind('Array(UInt64)', starts)}))` : sql`toUInt32(${from})`
}

function floor(value: number, step: number): number {
  return value - modulo(value, step)
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
