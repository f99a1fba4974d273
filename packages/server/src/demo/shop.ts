import type { CapturedEvent, Properties } from '@kindred/model'
import type { Random } from '@kindred/science'
import type { Agenda } from './agenda.ts'
import type { Arrival } from './arrival.ts'
import type { Shopper, Span } from './shopper.ts'

/** The simulated world: what is going on, and where events go. */
export interface Shop extends Span {
  readonly agenda: Agenda
  readonly shoppers: readonly Shopper[]
  emit(event: CapturedEvent): void
  /** Someone comes, because a message of the shop brought them. */
  visit(shopper: Shopper, visit: Visit): void
  /** Orders are numbered in the order in which they are placed. */
  nextOrderNumber(): number
}

export interface Visit {
  at: number
  /** Left out: they come of their own accord. */
  arrival?: Arrival
  /** The probability that they mean to buy; left out: their own. */
  intent?: number
}

export const host = 'shop.example'

/** The ways a person is known by: signed in on some device, or by e-mail. */
export function isKnown(shopper: Shopper): boolean {
  return shopper.state.knownOn.size > 0
}

/** An event that no browser sent: the shop's own systems did, about a person it knows. */
export function serverEvent(shopper: Shopper, at: number, event: { name: string; properties: Properties; set?: Properties }): CapturedEvent {
  return {
    uuid: uuidAt(at, shopper.random),
    event: event.name,
    distinctId: shopper.userId,
    timestamp: Math.floor(at),
    properties: { ...event.properties, $lib: 'shop-server', $geoip_disable: true },
    ...(event.set !== undefined && { set: event.set }),
    ...(shopper.company !== undefined && { groups: { company: shopper.company.key } }),
  }
}

/** A UUID of version 7 (RFC 9562): the time, then random bits, so that ids rise with time and a repeated simulation repeats them. */
export function uuidAt(at: number, random: Random): string {
  const time = Math.floor(at).toString(16).padStart(12, '0')
  const [a, b, c] = [random.uint32(), random.uint32(), random.uint32()].map((word) => word.toString(16).padStart(8, '0')) as [string, string, string]
  const variant = '89ab'[Number.parseInt(a.slice(3, 4), 16) & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(4, 7)}-${b}${c.slice(0, 4)}`
}
