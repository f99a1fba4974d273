import { Temporal } from 'temporal-polyfill'
import type { TimeWindow } from '../time.ts'
import { type DuringPlan, liesDuring } from './during.ts'

const day = 86_400_000
export const widestOffset = 14 * 3_600_000
/** Windows up to this long are looked at hour by hour. */
const short = 2 * day

/**
 * Whether some moment of the window lies in the part of the year, the week or the day, in one half of the world at least. Never says no where one does;
 * in short windows it looks at each hour, in longer ones at each day, as every hour is in them.
 */
export function isPossible(plan: DuringPlan, { from, to }: TimeWindow, timezone: string): boolean {
  const met = (at: Temporal.PlainDate, hour?: number) => {
    const local = { month: at.month, day: at.day, dayOfWeek: at.dayOfWeek, ...(hour !== undefined && { hour }) }
    return liesDuring(plan, local, false) || liesDuring(plan, local, true)
  }
  if (from === undefined || to - from > 366 * day)
    return someDay(Temporal.PlainDate.from('2024-01-01'), Temporal.PlainDate.from('2024-12-31'), (at) => liesInYear(plan, at))
  if (to < from) return true
  const around = plan.zone === 'person' ? widestOffset : 0
  if (plan.zone === 'project' && to - from <= short) {
    // Quarters of an hour, because some zones are shifted by them.
    for (let at = from; ; at = Math.min(at + day / 96, to)) {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
      if (met(local.toPlainDate(), local.hour)) return true
      if (at === to) return false
    }
  }
  const dayOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate()
  return someDay(dayOf(from - around), dayOf(to + around), met)
}

/** In more than a year every day of the year comes, and over the years each on every day of the week. */
function liesInYear(plan: DuringPlan, at: Temporal.PlainDate): boolean {
  const local = { month: at.month, day: at.day, dayOfWeek: at.dayOfWeek }
  const anyWeekday = { ...plan, weekdays: null }
  return liesDuring(anyWeekday, local, false) || liesDuring(anyWeekday, local, true)
}

function someDay(first: Temporal.PlainDate, last: Temporal.PlainDate, met: (at: Temporal.PlainDate) => boolean): boolean {
  for (let at = first; Temporal.PlainDate.compare(at, last) <= 0; at = at.add({ days: 1 })) if (met(at)) return true
  return false
}
