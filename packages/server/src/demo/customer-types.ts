import type { Category } from './catalogue.ts'

/** A gamma distribution by shape and mean: people of one type differ from each other. */
interface Gamma {
  shape: number
  mean: number
}
/** A beta distribution: a probability that differs from person to person. */
interface Beta {
  a: number
  b: number
}

/**
 * How one hidden type of customer behaves. Visits are a Poisson process at a rate of the person's own; at each visit the person
 * means to buy with a probability of their own; after each order they are lost for good with another. Orders therefore follow
 * the BG/NBD model (Fader, Hardie and Lee 2005), slowed by the season and by carts that are left.
 */
export interface CustomerType {
  name: string
  /** Share of all people. */
  share: number
  visitsPerMonth: Gamma
  intent: Beta
  dropout: Beta
  /** What a cart should come to, in whole currency: a mean per person, around which each cart varies. */
  cart: Gamma
  /** Categories they favour, as a factor on the shop's usual mix. */
  favours: Partial<Record<Category, number>>
  /** Share of orders with a coupon. */
  coupons: Beta
  /** Probability of subscribing to the newsletter at a visit. */
  newsletter: number
  opens: Beta
  /** Buys only in these months (0 is January); left out: all year. */
  months?: readonly number[]
  /** When in the simulated time they first appear, as shares of it: [earliest, latest]. */
  arrives: readonly [number, number]
  /** Share of the time after their arrival at which they stop, whatever happens: [earliest, latest]. */
  leaves?: readonly [number, number]
  /** Factor on the number of units of a line. */
  units: number
}

const usual = {
  coupons: { a: 1, b: 9 },
  newsletter: 0.05,
  opens: { a: 2, b: 4 },
  arrives: [0, 0.97],
  favours: {},
  units: 1,
} as const

const never: Beta = { a: 0, b: 1 }

export const customerTypes: readonly CustomerType[] = [
  {
    ...usual,
    name: 'loyal',
    share: 0.09,
    visitsPerMonth: { shape: 4, mean: 1.26 },
    intent: { a: 6, b: 8 },
    dropout: { a: 1, b: 60 },
    cart: { shape: 6, mean: 95 },
    newsletter: 0.25,
    opens: { a: 5, b: 4 },
    arrives: [0, 0.8],
  },
  {
    ...usual,
    name: 'occasional',
    share: 0.18,
    visitsPerMonth: { shape: 2, mean: 0.43 },
    intent: { a: 3, b: 7 },
    dropout: { a: 1, b: 9 },
    cart: { shape: 4, mean: 75 },
  },
  {
    ...usual,
    name: 'lapsed',
    share: 0.11,
    visitsPerMonth: { shape: 3, mean: 1.09 },
    intent: { a: 5, b: 8 },
    dropout: { a: 1, b: 30 },
    cart: { shape: 5, mean: 80 },
    newsletter: 0.15,
    opens: { a: 1, b: 9 },
    arrives: [0, 0.5],
    leaves: [0.25, 0.6],
  },
  {
    ...usual,
    name: 'bargain hunter',
    share: 0.12,
    visitsPerMonth: { shape: 3, mean: 1.04 },
    intent: { a: 2, b: 7 },
    dropout: { a: 1, b: 25 },
    cart: { shape: 5, mean: 42 },
    coupons: { a: 17, b: 3 },
    newsletter: 0.3,
    opens: { a: 6, b: 3 },
    favours: { 'T-Shirts': 3, Kitchen: 2, Shoes: 2 },
  },
  {
    ...usual,
    name: 'holiday gift buyer',
    share: 0.08,
    visitsPerMonth: { shape: 3, mean: 0.52 },
    intent: { a: 6, b: 5 },
    dropout: { a: 1, b: 14 },
    cart: { shape: 5, mean: 88 },
    favours: { Toys: 5, 'Gift Sets': 6, Electronics: 2 },
    months: [10, 11],
  },
  {
    ...usual,
    name: 'winter sports fan',
    share: 0.05,
    visitsPerMonth: { shape: 3, mean: 0.63 },
    intent: { a: 5, b: 6 },
    dropout: { a: 1, b: 20 },
    cart: { shape: 4, mean: 190 },
    favours: { 'Ski & Snow': 14, Jackets: 4, Boots: 3 },
    months: [9, 10, 11, 0, 1],
    newsletter: 0.1,
  },
  {
    ...usual,
    name: 'one-time buyer',
    share: 0.13,
    visitsPerMonth: { shape: 2, mean: 1.26 },
    intent: { a: 6, b: 6 },
    dropout: { a: 1, b: 0 },
    cart: { shape: 4, mean: 60 },
    newsletter: 0.02,
    opens: { a: 1, b: 8 },
  },
  {
    ...usual,
    name: 'window shopper',
    share: 0.2,
    visitsPerMonth: { shape: 1.5, mean: 0.39 },
    intent: never,
    dropout: never,
    cart: { shape: 4, mean: 60 },
    newsletter: 0.03,
    opens: { a: 2, b: 7 },
  },
  {
    ...usual,
    name: 'newcomer',
    share: 0.018,
    visitsPerMonth: { shape: 3, mean: 3.02 },
    intent: { a: 2, b: 7 },
    dropout: { a: 1, b: 12 },
    cart: { shape: 4, mean: 70 },
    newsletter: 0.12,
    arrives: [0.965, 0.998],
  },
  {
    ...usual,
    name: 'business',
    share: 0.02,
    visitsPerMonth: { shape: 3, mean: 1.01 },
    intent: { a: 6, b: 6 },
    dropout: { a: 1, b: 50 },
    cart: { shape: 3, mean: 850 },
    favours: { 'Office Supplies': 14, Electronics: 4, Kitchen: 0.4, Toys: 0.05, 'T-Shirts': 0.4 },
    newsletter: 0.2,
    arrives: [0, 0.85],
    units: 8,
  },
  {
    ...usual,
    name: 'reseller',
    share: 0.002,
    visitsPerMonth: { shape: 40, mean: 38 },
    intent: { a: 60, b: 12 },
    dropout: never,
    cart: { shape: 6, mean: 140 },
    favours: { Electronics: 4, Shoes: 3 },
    arrives: [0.8, 0.88],
    units: 2,
  },
]
