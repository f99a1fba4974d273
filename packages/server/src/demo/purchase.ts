import type { JsonValue, Properties } from '@kindred/model'
import { chance, gamma, integer, pick } from '@kindred/science'
import { messageArrival } from './arrival.ts'
import { day, hour, isHoliday, minute } from './calendar.ts'
import { money, type Product } from './catalogue.ts'
import { sendEmail } from './messages.ts'
import type { Session } from './session.ts'
import { drawProduct, productFields } from './shelves.ts'
import { isKnown, type Shop, serverEvent } from './shop.ts'
import type { Shopper } from './shopper.ts'
import { expectSurvey } from './survey.ts'

interface Line {
  product: Product
  quantity: number
}
interface Cart {
  session: Session
  seen: readonly Product[]
  /** False: the cart is filled only to be left. */
  completes: boolean
}

/** Fills a cart and, if all goes well, orders it. A cart that is left may bring a reminder. */
export function shopForCart(shop: Shop, shopper: Shopper, { session, seen, completes }: Cart): void {
  const lines = fillCart(session, shopper, seen)
  const subtotal = lines.reduce((sum, line) => sum + line.product.price * line.quantity, 0)
  session.page('/cart', 'Cart')
  if (completes || chance(session.random, 0.4)) {
    session.page('/checkout', 'Checkout')
    session.track('checkout_started', { cart_value: money(subtotal), currency: 'EUR', items: lines.map(itemFields) })
    session.wait(60)
  }
  if (completes && chance(session.random, completion(session))) order(shop, shopper, { session, lines, subtotal })
  else remindOfCart(shop, shopper, session.at)
}

/** The share of those who mean to buy and do: slow pages and small screens cost orders. */
function completion(session: Session): number {
  return 0.97 * Math.exp(-0.17 * Math.max(0, session.meanLoad - 0.8)) * (session.isMobile ? 0.82 : 1)
}

function fillCart(session: Session, shopper: Shopper, seen: readonly Product[]): Line[] {
  const { random, type } = shopper
  const target = gamma(random, 4, shopper.cart)
  const lines = new Map<string, Line>()
  let total = 0
  for (let index = 0; index < 6 && (index === 0 || total < target * 0.8); index += 1) {
    const product = (index === 0 && seen[0]) || closest([drawProduct(shopper), drawProduct(shopper), drawProduct(shopper)], target - total)
    const known = lines.get(product.id)
    const most = Math.max(1, Math.round((target - total) / product.price))
    const quantity = Math.min(most, Math.max(1, Math.round(type.units * (chance(random, 0.15) ? 2 : 1) * (0.5 + random.next()))))
    lines.set(product.id, { product, quantity: quantity + (known?.quantity ?? 0) })
    total += product.price * quantity
    session.track('product_added_to_cart', { ...productFields(product), quantity, cart_value: money(total) })
    session.wait(30)
  }
  const first = [...lines.values()][0]
  if (lines.size > 1 && first !== undefined && chance(random, 0.1)) {
    lines.delete(first.product.id)
    session.track('product_removed_from_cart', { ...productFields(first.product), quantity: first.quantity })
  }
  return [...lines.values()]
}

function closest([first, ...rest]: [Product, ...Product[]], target: number): Product {
  return rest.reduce((best, product) => (Math.abs(product.price - target) < Math.abs(best.price - target) ? product : best), first)
}

function order(shop: Shop, shopper: Shopper, { session, lines, subtotal }: { session: Session; lines: Line[]; subtotal: number }): void {
  const { state, random } = shopper
  session.identify()
  const coupon = drawCoupon(shopper, session.at)
  const discount = coupon === undefined ? 0 : Math.round((subtotal * coupon.percent) / 100)
  const orderId = `order-${String(100_000 + shop.nextOrderNumber())}`
  const sent = addresses(shopper)
  const properties: Properties = {
    order_id: orderId,
    revenue: money(subtotal - discount),
    currency: 'EUR',
    subtotal: money(subtotal),
    discount: money(discount),
    ...(coupon !== undefined && { coupon: coupon.code }),
    items: lines.map(itemFields),
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    is_pre_order: lines.some((line) => line.product.preOrder),
    payment_method: pick(random, ['card', 'card', 'paypal', 'klarna']),
    ...sent,
  }
  const { shipping_country, shipping_city, shipping_postcode } = sent
  session.track('order_completed', properties, { shipping_country, shipping_city, shipping_postcode })
  session.page('/thank-you', 'Thank you')
  state.orders += 1
  if (!state.subscribed && chance(random, 0.3)) session.subscribe('checkout')
  if (chance(random, 0.55)) sendEmail(shop, shopper, { at: session.at + 2 * minute, campaign: 'order-confirmation' })
  expectDelivery(shop, shopper, { at: session.at, orderId, method: sent.shipping_method })
  if (chance(random, refundChance(lines))) expectRefund(shop, shopper, { at: session.at, orderId, lines, share: discount / subtotal })
  if (!state.surveyed && chance(random, 0.4)) expectSurvey(shop, shopper, session.at)
  if (chance(random, shopper.dropout)) state.active = false
}

/** The parcel arrives; a few get lost. */
function expectDelivery(shop: Shop, shopper: Shopper, { at, orderId, method }: { at: number; orderId: string; method: Address['shipping_method'] }): void {
  const { random } = shopper
  if (chance(random, 0.01)) return
  const arrived = at + (method === 'express' ? 1 : 2) * day + random.next() * 3 * day
  const delivery = { name: 'order_delivered', properties: { order_id: orderId, shipping_method: method } }
  shop.agenda.add(arrived, () => shop.emit(serverEvent(shopper, arrived, delivery)))
}

interface Address extends Properties {
  shipping_country: string
  shipping_city: string
  shipping_postcode: string
  shipping_method: 'express' | 'standard'
}

function addresses({ random, place, postcode, company }: Shopper): Address {
  // Gifts and offices: some parcels go elsewhere than the bill.
  const elsewhere = chance(random, company === undefined ? 0.08 : 0.3)
  return {
    shipping_country: place.country,
    shipping_city: place.city,
    shipping_postcode: elsewhere ? postcode.replace(/\d(?=\D*$)/, String(integer(random, 0, 9))) : postcode,
    billing_postcode: postcode,
    shipping_method: chance(random, 0.2) ? 'express' : 'standard',
  }
}

function drawCoupon({ random, coupons, state }: Shopper, at: number): { code: string; percent: number } | undefined {
  const isSale = [0, 6].includes(new Date(at).getUTCMonth())
  if (!chance(random, Math.min(0.97, coupons * (isSale ? 2 : 1)))) return undefined
  if (state.orders === 0) return { code: 'WELCOME10', percent: 10 }
  if (isHoliday(at)) return { code: 'HOLIDAY15', percent: 15 }
  return isSale
    ? { code: 'SALE30', percent: 30 }
    : pick(random, [
        { code: 'SAVE20', percent: 20 },
        { code: 'SAVE15', percent: 15 },
      ])
}

function itemFields({ product, quantity }: Line): { [key: string]: JsonValue } {
  const { id, name, category, brand, price } = product
  return { product_id: id, product_name: name, category, brand, price: money(price), quantity }
}

function refundChance(lines: readonly Line[]): number {
  return lines.some(({ product }) => product.category === 'Shoes' || product.category === 'Boots') ? 0.13 : 0.045
}

const reasons = ['does not fit', 'does not fit', 'changed mind', 'damaged in transit', 'not as described', 'arrived too late']

/** `share`: the part of each price that the coupon took off. */
function expectRefund(shop: Shop, shopper: Shopper, { at, orderId, lines, share }: { at: number; orderId: string; lines: Line[]; share: number }): void {
  const { random } = shopper
  const when = at + (4 + random.next() * 20) * day
  const returned = chance(random, 0.6) ? lines : lines.slice(0, 1)
  const amount = returned.reduce((sum, line) => sum + line.product.price * line.quantity, 0) * (1 - share)
  const properties: Properties = {
    order_id: orderId,
    revenue: money(Math.floor(amount)),
    currency: 'EUR',
    reason: pick(random, reasons),
    items: returned.map(itemFields),
  }
  shop.agenda.add(when, () => shop.emit(serverEvent(shopper, when, { name: 'order_refunded', properties })))
}

function remindOfCart(shop: Shop, shopper: Shopper, left: number): void {
  if (!isKnown(shopper) || !shopper.state.subscribed) return
  const at = left + hour
  shop.agenda.add(at, () => {
    const opened = sendEmail(shop, shopper, { at, campaign: 'abandoned-cart' })
    if (opened === undefined || !chance(shopper.random, 0.3)) return
    shop.agenda.add(opened + minute, () =>
      shop.visit(shopper, { at: opened + minute, arrival: messageArrival('email', 'abandoned-cart'), intent: Math.min(0.9, shopper.intent * 1.5) }),
    )
  })
}
