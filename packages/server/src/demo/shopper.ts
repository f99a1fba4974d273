import { beta, chance, gamma, integer, pick, type Random, seededRandom, uniform, weighted } from '@kindred/science'
import { type Company, companyOf } from './companies.ts'
import { type CustomerType, customerTypes } from './customer-types.ts'
import { type Device, devices } from './devices.ts'
import { familyNames, givenNames } from './names.ts'
import { type Place, places } from './places.ts'

/** One simulated person: who they are, drawn once, and where they stand, which their own actions change. */
export interface Shopper {
  readonly index: number
  readonly type: CustomerType
  /** Everything about this person is drawn from here, so that one person's life does not depend on another's. */
  readonly random: Random
  readonly place: Place
  /** What they browse with, most used first, each with the anonymous id that it was given. */
  readonly devices: readonly { device: Device; anonymousId: string }[]
  readonly userId: string
  readonly name: { given: string; family: string; gender: 'female' | 'male' }
  readonly email: string
  readonly postcode: string
  readonly birthYear: number
  readonly company: Company | undefined
  readonly arrivesAt: number
  readonly leavesAt: number
  readonly visitsPerDay: number
  readonly intent: number
  readonly dropout: number
  /** Mean cart, in cents. */
  readonly cart: number
  readonly coupons: number
  readonly opens: number
  /** Days until they install a new version of the app; null: they do not use it. */
  readonly adoptionDays: number | null
  readonly takesSms: boolean
  readonly state: ShopperState
}

export interface ShopperState {
  /** Devices, by number, with which they have visited. */
  seenOn: Set<number>
  /** Devices on which the shop knows who they are. */
  knownOn: Set<number>
  subscribed: boolean
  /** False once they are lost. */
  active: boolean
  visits: number
  orders: number
  surveyed: boolean
  /** The end of the visit under way. */
  busyUntil: number
}

export interface Span {
  from: number
  now: number
}

/** Everyone, in a fixed order: so many of each type as its share says. */
export function drawShoppers(seed: string, people: number, span: Span): Shopper[] {
  const total = customerTypes.reduce((sum, type) => sum + type.share, 0)
  let reached = 0
  return customerTypes.flatMap((type) => {
    const first = Math.round((reached / total) * people)
    reached += type.share
    const end = Math.round((reached / total) * people)
    return Array.from({ length: end - first }, (_, offset) => drawShopper({ seed, index: first + offset, type, span }))
  })
}

/** 1 would be as many newcomers in every month; above 1 the shop grows. */
const growth = 1.4

const drawDelivered = weighted(places, (place) => (place.delivered ? place.weight : 0))
const drawAnywhere = weighted(places, (place) => (place.delivered ? place.weight * 0.35 : place.weight * 3))
const drawDevice = weighted(devices, (device) => device.weight)
const drawDesktop = weighted(devices, (device) => (device.type === 'Desktop' ? device.weight : 0))

function drawShopper({ seed, index, type, span }: { seed: string; index: number; type: CustomerType; span: Span }): Shopper {
  const random = seededRandom(`${seed}/shopper/${index}`)
  const company = type.name === 'business' ? companyOf(seed, index) : undefined
  const place = company?.place ?? (type.intent.a === 0 ? drawAnywhere(random) : drawDelivered(random))
  const gender = chance(random, 0.54) ? 'female' : 'male'
  const name = { given: pick(random, givenNames[gender]), family: pick(random, familyNames), gender } as const
  const length = span.now - span.from
  const arrival = uniform(random, type.arrives[0] ** growth, type.arrives[1] ** growth) ** (1 / growth)
  const arrivesAt = span.from + arrival * length
  const leavesAt = type.leaves === undefined ? Number.POSITIVE_INFINITY : arrivesAt + uniform(random, ...type.leaves) * (span.now - arrivesAt)
  return {
    index,
    type,
    random,
    place,
    devices: drawDevices(random, company !== undefined),
    userId: `customer-${10_000 + index}`,
    name,
    email: `${ascii(name.given)}.${ascii(name.family)}${index}@${company?.domain ?? 'example.com'}`,
    postcode: drawPostcode(random, place.postcode),
    birthYear: 2026 - Math.min(82, Math.round(19 + gamma(random, 3, 24))),
    company,
    arrivesAt,
    leavesAt,
    visitsPerDay: gamma(random, type.visitsPerMonth.shape, type.visitsPerMonth.mean) / 30.4,
    intent: place.delivered ? beta(random, type.intent.a, type.intent.b) : 0,
    dropout: beta(random, type.dropout.a, type.dropout.b),
    cart: gamma(random, type.cart.shape, type.cart.mean) * 100,
    coupons: beta(random, type.coupons.a, type.coupons.b),
    opens: beta(random, type.opens.a, type.opens.b),
    adoptionDays: chance(random, 0.22) ? pick(random, [1, 2, 15, 30, 75]) * uniform(random, 0.5, 1.5) : null,
    takesSms: chance(random, 0.3),
    state: { seenOn: new Set(), knownOn: new Set(), subscribed: false, active: true, visits: 0, orders: 0, surveyed: false, busyUntil: 0 },
  }
}

function drawDevices(random: Random, atWork: boolean): Shopper['devices'] {
  const owned = [atWork ? drawDesktop(random) : drawDevice(random)]
  if (chance(random, 0.25)) owned.push(drawDevice(random))
  return owned.map((device) => ({
    device,
    anonymousId: `anon-${random.uint32().toString(16).padStart(8, '0')}${random.uint32().toString(16).padStart(8, '0')}`,
  }))
}

function drawPostcode(random: Random, pattern: string): string {
  return pattern.replace(/[#@]/g, (mark) => (mark === '#' ? String(integer(random, 0, 9)) : pick(random, [...'ABCDEFHJKLNPRSTWXY'])))
}

function ascii(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
