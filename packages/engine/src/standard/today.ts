import { Temporal } from 'temporal-polyfill'
import type { Clock } from './reader.ts'

/** The day that `now` falls on in the zone. */
export function localDay({ now, timezone }: Clock): { year: number; month: number; day: number } {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone)
  return { year, month, day }
}
