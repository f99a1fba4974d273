import { chance, exponential, pick, poisson } from '@kindred/science'
import { type Arrival, drawArrival } from './arrival.ts'
import { isBuyingSeason, minute, nextVisit } from './calendar.ts'
import { missingSearches, type Product } from './catalogue.ts'
import { shopForCart } from './purchase.ts'
import { Session } from './session.ts'
import { drawCategory, drawProduct, productFields } from './shelves.ts'
import type { Shop, Visit } from './shop.ts'
import type { Shopper } from './shopper.ts'

/** Puts the person's next visit on the agenda, unless they are lost. */
export function expectVisit(shop: Shop, shopper: Shopper, after: number): void {
  if (!shopper.state.active) return
  const at = nextVisit(shopper, after)
  if (at >= shopper.leavesAt) return
  shop.agenda.add(at, () => {
    if (!shopper.state.active) return
    visit(shop, shopper, { at })
    expectVisit(shop, shopper, Math.max(at, shopper.state.busyUntil))
  })
}

/** One visit, from landing to leaving or ordering. Does nothing while another visit of the person is under way. */
export function visit(shop: Shop, shopper: Shopper, { at, arrival = drawArrival(shopper, at), intent = shopper.intent }: Visit): void {
  const { random, state, devices } = shopper
  if (at < state.busyUntil) return
  const [first, second] = devices
  const owned = second !== undefined && state.visits > 0 && chance(random, 0.3) ? second : first
  if (owned === undefined) throw new Error('a shopper has a device')
  const session = new Session(shop, shopper, { at, owned, arrival })
  const means = chance(random, isBuyingSeason(shopper, at) ? intent : 0)
  // Someone reached through a message or coming back is signed in without doing anything.
  if (state.knownOn.size > 0 && (arrival.properties.utm_medium === 'email' || chance(random, 0.4))) session.identify()
  const seen = browse(session, shopper, { landing: arrival.landing, means })
  state.visits += 1
  if (seen.length > 0) {
    if (means) shopForCart(shop, shopper, { session, seen, completes: true })
    else if (shopper.place.delivered ? chance(random, 0.1) : chance(random, 0.04)) shopForCart(shop, shopper, { session, seen, completes: false })
    else if (!state.subscribed && chance(random, shopper.type.newsletter)) session.subscribe('footer')
  }
  state.busyUntil = session.at + minute
}

function browse(session: Session, shopper: Shopper, { landing, means }: { landing: Arrival['landing']; means: boolean }): Product[] {
  const { random } = shopper
  const seen: Product[] = []
  if (landing === 'home') session.page('/', 'Home')
  if (landing === 'category') list(session, shopper, seen)
  if (landing === 'product') look(session, drawProduct(shopper), seen)
  // Nobody waits for a slow page: each second makes leaving at once likelier.
  if (!means && chance(random, Math.min(0.8, 0.12 + 0.07 * session.meanLoad))) return seen
  if (chance(random, 0.2)) search(session, shopper, seen)
  const lists = (means ? 1 : 0) + poisson(random, 0.6)
  for (let index = 0; index < lists; index += 1) list(session, shopper, seen)
  const [last] = seen
  if (last !== undefined && chance(random, 0.06)) session.track('wishlist_added', productFields(last))
  return seen
}

function list(session: Session, shopper: Shopper, seen: Product[]): void {
  const category = drawCategory(shopper)
  session.page(`/c/${slug(category)}`, category)
  session.track('product_list_viewed', { category, list_size: 12 })
  session.wait(15)
  const views = poisson(shopper.random, 0.95)
  for (let index = 0; index < views; index += 1) look(session, drawProduct(shopper, category), seen)
}

function look(session: Session, product: Product, seen: Product[]): void {
  session.page(`/p/${slug(product.name)}`, product.name)
  session.track('product_viewed', productFields(product))
  session.wait(25)
  seen.unshift(product)
}

function search(session: Session, shopper: Shopper, seen: Product[]): void {
  const { random } = shopper
  const wanted = chance(random, 0.16) ? undefined : drawProduct(shopper)
  const words = wanted?.name.split(' ') ?? []
  const query = wanted === undefined ? pick(random, missingSearches) : words.slice(-3, -1).join(' ').toLowerCase()
  session.page('/search', 'Search')
  session.track('products_searched', { query, results: wanted === undefined ? 0 : 1 + Math.floor(exponential(random, 0.15)) })
  session.wait(8)
  if (wanted !== undefined && chance(random, 0.7)) look(session, wanted, seen)
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
