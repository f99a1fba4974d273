import type { CapturedEvent } from '@kindred/model'
import { Agenda } from './agenda.ts'
import { day } from './calendar.ts'
import { expectAppUse, expectDealings, planLiveEvents } from './happenings.ts'
import { expectVisit, visit } from './journey.ts'
import { planCampaigns } from './messages.ts'
import type { Shop } from './shop.ts'
import { drawShoppers } from './shopper.ts'

export interface Simulation {
  seed: string
  /** Epoch milliseconds. The simulation is anchored to the day (UTC) that holds it. */
  now: number
  people: number
  months: number
}

/**
 * The life of an online shop: events of its customers in order of time, a day at a time. The same seed and the same day give the
 * same events with the same uuids; a later moment of the day only adds the events since.
 */
export function* simulateShop({ seed, now, people, months }: Simulation): Generator<CapturedEvent[]> {
  const today = startOfDay(now)
  const from = monthsBefore(today, months)
  const agenda = new Agenda()
  let pending: CapturedEvent[] = []
  let orders = 0
  const shop: Shop = {
    from,
    now: today + day,
    agenda,
    shoppers: drawShoppers(seed, people, { from, now: today }),
    emit: (event) => pending.push(event),
    visit: (shopper, arriving) => visit(shop, shopper, arriving),
    nextOrderNumber: () => orders++,
  }
  planCampaigns(shop)
  planLiveEvents(shop)
  for (const shopper of shop.shoppers) {
    const { arrivesAt } = shopper
    agenda.add(arrivesAt, () => {
      visit(shop, shopper, { at: arrivesAt })
      expectVisit(shop, shopper, shopper.state.busyUntil)
      expectAppUse(shop, shopper, arrivesAt)
      expectDealings(shop, shopper, arrivesAt)
    })
  }
  for (let end = from + day; end <= today + day; end += day) {
    const until = Math.min(end, now + 1)
    agenda.runUntil(end - 1)
    // A visit may run past midnight: its later events wait for their own day.
    const due = pending.filter((event) => event.timestamp < until).sort((a, b) => a.timestamp - b.timestamp)
    pending = pending.filter((event) => event.timestamp >= until)
    if (due.length > 0) yield due
  }
}

function startOfDay(time: number): number {
  return Math.floor(time / day) * day
}

function monthsBefore(time: number, months: number): number {
  const date = new Date(time)
  // The first of the month first: the 31st has no place in most others.
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, Math.min(date.getUTCDate(), lastDay))
}
