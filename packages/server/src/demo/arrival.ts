import type { Properties } from '@kindred/model'
import { weighted } from '@kindred/science'
import { isHoliday } from './calendar.ts'
import type { Shopper } from './shopper.ts'

/** How a visit begins: where it came from and on which kind of page it lands. */
export interface Arrival {
  landing: 'home' | 'category' | 'product'
  /** Referrer and campaign, as the site's script would report them. */
  properties: Properties
  weight: { first: number; later: number }
}

const referrer = (url: string, domain: string): Properties => ({ $referrer: url, $referring_domain: domain })
const campaign = (source: string, medium: string, name: string): Properties => ({ utm_source: source, utm_medium: medium, utm_campaign: name })
const direct = referrer('$direct', '$direct')
const google = referrer('https://www.google.com/', 'www.google.com')

const arrivals: readonly Arrival[] = [
  { landing: 'home', properties: direct, weight: { first: 14, later: 46 } },
  { landing: 'category', properties: google, weight: { first: 24, later: 18 } },
  { landing: 'home', properties: referrer('https://www.bing.com/', 'www.bing.com'), weight: { first: 4, later: 3 } },
  { landing: 'product', properties: { ...google, ...campaign('google', 'cpc', 'shopping'), utm_term: 'outdoor gear' }, weight: { first: 16, later: 6 } },
  { landing: 'home', properties: { ...google, ...campaign('google', 'cpc', 'brand') }, weight: { first: 4, later: 6 } },
  {
    landing: 'product',
    properties: { ...referrer('https://www.instagram.com/', 'www.instagram.com'), ...campaign('instagram', 'paid_social', 'lookbook') },
    weight: { first: 14, later: 5 },
  },
  { landing: 'category', properties: referrer('https://www.facebook.com/', 'www.facebook.com'), weight: { first: 7, later: 4 } },
  { landing: 'product', properties: referrer('https://www.youtube.com/', 'www.youtube.com'), weight: { first: 4, later: 2 } },
  {
    landing: 'category',
    properties: { ...referrer('https://dealspotter.example/', 'dealspotter.example'), ...campaign('dealspotter', 'affiliate', 'coupons') },
    weight: { first: 5, later: 4 },
  },
  { landing: 'product', properties: referrer('https://trailnotes.example/best-gear', 'trailnotes.example'), weight: { first: 6, later: 2 } },
]
const isBargain = (arrival: Arrival) => arrival.properties.utm_medium === 'affiliate'

const drawFirst = weighted(arrivals, (arrival) => arrival.weight.first)
const drawLater = weighted(arrivals, (arrival) => arrival.weight.later)
const drawForBargains = weighted(arrivals, (arrival) => arrival.weight.later * (isBargain(arrival) ? 6 : 1))

/** How someone comes of their own accord. */
export function drawArrival(shopper: Shopper, at: number): Arrival {
  const { random, state, coupons } = shopper
  const arrival = coupons > 0.5 ? drawForBargains(random) : state.visits === 0 ? drawFirst(random) : drawLater(random)
  if (arrival.properties.utm_medium !== 'paid_social' || !isHoliday(at)) return arrival
  return { ...arrival, properties: { ...arrival.properties, utm_campaign: 'holidays' } }
}

/** How someone comes from a message of the shop. */
export function messageArrival(medium: 'email' | 'sms', name: string): Arrival {
  return {
    landing: 'category',
    properties: { ...direct, ...campaign(medium === 'email' ? 'newsletter' : 'sms', medium, name) },
    weight: { first: 0, later: 0 },
  }
}
