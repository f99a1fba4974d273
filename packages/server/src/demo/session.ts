import type { CapturedEvent, Properties } from '@kindred/model'
import { exponential, lognormal, type Random } from '@kindred/science'
import type { Arrival } from './arrival.ts'
import { sayConsent } from './consent.ts'
import { contactProperties, countryProperties, firstTouch, placeProperties } from './facts.ts'
import { host, type Shop, uuidAt } from './shop.ts'
import type { Shopper } from './shopper.ts'

/** One visit being recorded: it keeps the clock, the device and who the visitor is known as, and writes events as the site would. */
export class Session {
  /** The visit's clock, epoch milliseconds. */
  at: number
  readonly #shop: Shop
  readonly #shopper: Shopper
  readonly #owned: Shopper['devices'][number]
  /** What every event of the visit carries; page views say more. */
  readonly #common: Properties
  readonly #arrival: Properties
  readonly #connection: number
  readonly #loads: number[] = []

  constructor(shop: Shop, shopper: Shopper, visit: { at: number; owned: Shopper['devices'][number]; arrival: Arrival }) {
    this.#shop = shop
    this.#shopper = shopper
    this.#owned = visit.owned
    this.#arrival = visit.arrival.properties
    this.#connection = lognormal(shopper.random, 0, 0.35)
    this.at = visit.at
    const { device } = visit.owned
    this.#common = {
      $session_id: uuidAt(this.at, shopper.random),
      $lib: 'web',
      $browser: device.browser,
      $os: device.os,
      $device_type: device.type,
      ...countryProperties(shopper.place),
      ...this.#arrival,
      $geoip_disable: true,
    }
  }

  get random(): Random {
    return this.#shopper.random
  }

  get isMobile(): boolean {
    return this.#owned.device.type === 'Mobile'
  }

  /** Mean time that pages took to load so far, in seconds. */
  get meanLoad(): number {
    return this.#loads.reduce((sum, load) => sum + load, 0) / Math.max(1, this.#loads.length)
  }

  get #number(): number {
    return this.#shopper.devices.indexOf(this.#owned)
  }

  /** Time passes: so many seconds on average. */
  wait(seconds: number): void {
    this.at += (1 + exponential(this.random, 1 / seconds)) * 1000
  }

  page(pathname: string, title: string): void {
    const { device } = this.#owned
    const { place } = this.#shopper
    const load = 0.95 * device.slowness * place.slowness * this.#connection * lognormal(this.random, 0, 0.3)
    const isFirst = this.#loads.push(load) === 1
    const query = isFirst && this.#arrival.utm_source !== undefined ? `?utm_source=${this.#arrival.utm_source}` : ''
    this.track('$pageview', {
      $current_url: `https://${host}${pathname}${query}`,
      $host: host,
      $pathname: pathname,
      title,
      $performance_page_load: Math.round(load * 1000),
      $browser_version: device.browserVersion,
      $os_version: device.osVersion,
      $device: device.device,
      $browser_language: place.language,
      ...placeProperties(place),
    })
    this.wait(20)
  }

  /** `set`: what the shop keeps of the customer from it. */
  track(event: string, properties: Properties, set?: Properties): void {
    this.#write({ event, properties: { ...properties, ...this.#common }, ...(set !== undefined && { set }) })
  }

  /** The shop learns who this is. On a device where it knows already, nothing happens. */
  identify(): void {
    const { state } = this.#shopper
    const number = this.#number
    if (state.knownOn.has(number)) return
    const isNew = state.knownOn.size === 0
    state.knownOn.add(number)
    this.#write({ event: '$identify', properties: this.#common, otherId: this.#owned.anonymousId, ...(isNew && { set: contactProperties(this.#shopper) }) })
    const { company, takesSms } = this.#shopper
    if (isNew && takesSms) sayConsent(this.#shop, this.#shopper, { at: this.at, channel: 'sms', state: 'granted', source: 'account' })
    if (company === undefined || !isNew) return
    const { key, name, industry, employees, revenue, businessModel, stack, place } = company
    const group = { name, industry, employees, revenue, business_model: businessModel, technology_stack: [...stack], country: place.country }
    this.#write({ event: '$groupidentify', properties: { $group_type: 'company', $group_key: key, $group_set: group, $lib: 'web', $geoip_disable: true } })
    this.wait(2)
  }

  /** Signs up for the newsletter, which tells the shop who it is. */
  subscribe(form: 'footer' | 'checkout'): void {
    this.identify()
    this.track('newsletter_subscribed', { form })
    this.#shopper.state.subscribed = true
    sayConsent(this.#shop, this.#shopper, { at: this.at, channel: 'email', state: 'granted', source: form })
  }

  #write(event: Pick<CapturedEvent, 'event' | 'properties' | 'otherId' | 'set'>): void {
    const { state, userId, company, random } = this.#shopper
    const isKnown = state.knownOn.has(this.#number)
    const isFirst = !state.seenOn.has(this.#number)
    state.seenOn.add(this.#number)
    this.#shop.emit({
      uuid: uuidAt(this.at, random),
      distinctId: isKnown ? userId : this.#owned.anonymousId,
      timestamp: Math.floor(this.at),
      ...event,
      ...(isFirst && firstTouch(this.#shopper, { arrival: this.#arrival, device: this.#owned.device })),
      ...(company !== undefined && isKnown && { groups: { company: company.key } }),
    })
    this.at += 40
  }
}
