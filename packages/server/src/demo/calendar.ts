import { exponential } from '@kindred/science'
import type { Shopper } from './shopper.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const month = (365.25 / 12) * day

/** How busy the shop is in each month, the year's mean being 1; from 20 November the holidays come on top. */
const months = [1.02, 0.85, 0.86, 0.9, 0.92, 0.88, 0.84, 0.82, 0.95, 1.02, 1.2, 1.3]
const holidays = 1.35
/** From Sunday. */
const weekdays = [1.2, 1.0, 0.92, 0.92, 0.98, 0.93, 1.05]
/** From midnight, where the person lives. */
const hours = [0.25, 0.12, 0.07, 0.05, 0.06, 0.15, 0.4, 0.75, 0.95, 1.05, 1.15, 1.2, 1.3, 1.2, 1.1, 1.1, 1.2, 1.3, 1.5, 1.85, 2.1, 1.95, 1.4, 0.7]
/** No pace is above this: what thinning needs to know. */
const highestPace = 1.3 * holidays * 1.2 * 2.1 * 3

/** From 20 November to 31 December. */
export function isHoliday(at: number): boolean {
  const date = new Date(at)
  return date.getUTCMonth() === 11 || (date.getUTCMonth() === 10 && date.getUTCDate() >= 20)
}

/** The person's own wall clock, as a UTC date that shows it. */
function localDate(shopper: Shopper, at: number): Date {
  return new Date(at + shopper.place.utcOffset * hour)
}

/** Whether these are the months in which this person buys. */
export function isBuyingSeason(shopper: Shopper, at: number): boolean {
  return shopper.type.months === undefined || shopper.type.months.includes(new Date(at).getUTCMonth())
}

/** How likely a visit is now, 1 being usual. */
function pace(shopper: Shopper, at: number): number {
  const local = localDate(shopper, at)
  const season = (months[local.getUTCMonth()] ?? 1) * (isHoliday(at) ? holidays : 1)
  const interest = shopper.type.months === undefined ? 1 : isBuyingSeason(shopper, at) ? 3 : 0.35
  if (shopper.company !== undefined) return season * interest * officeHours(local)
  return season * interest * (weekdays[local.getUTCDay()] ?? 1) * (hours[local.getUTCHours()] ?? 1)
}

function officeHours(local: Date): number {
  const atWork = local.getUTCDay() % 6 !== 0 && local.getUTCHours() >= 8 && local.getUTCHours() < 18
  return atWork ? 2.9 : 0.12
}

/** When the person next visits after `at`: a Poisson process whose rate follows the calendar, by thinning (Lewis and Shedler 1979). */
export function nextVisit(shopper: Shopper, at: number): number {
  const { random } = shopper
  let time = at
  do time += exponential(random, shopper.visitsPerDay * highestPace) * day
  while (random.next() * highestPace > pace(shopper, time))
  return time
}
