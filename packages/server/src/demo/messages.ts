import { chance, exponential } from '@kindred/science'
import { messageArrival } from './arrival.ts'
import { day, hour, isHoliday, minute } from './calendar.ts'
import { sayConsent } from './consent.ts'
import { isKnown, type Shop, serverEvent } from './shop.ts'
import type { Shopper } from './shopper.ts'

interface Email {
  at: number
  campaign: string
}

/** Sends an e-mail, which may be opened. Answers when it is opened, or undefined where it never is. */
export function sendEmail(shop: Shop, shopper: Shopper, { at, campaign }: Email): number | undefined {
  const properties = { campaign, channel: 'email' }
  shop.agenda.add(at, () => shop.emit(serverEvent(shopper, at, { name: 'email_sent', properties })))
  const isOwn = campaign === 'order-confirmation' || campaign === 'abandoned-cart'
  if (!chance(shopper.random, isOwn ? Math.min(0.9, shopper.opens + 0.3) : shopper.opens)) return undefined
  const opened = at + minute + exponential(shopper.random, 1 / (5 * hour))
  shop.agenda.add(opened, () => shop.emit(serverEvent(shopper, opened, { name: 'email_opened', properties })))
  return opened
}

/** The newsletter, every three weeks, to whoever is subscribed then; in the holidays a text message too. */
export function planCampaigns(shop: Shop): void {
  const firstThursday = shop.from + ((4 - new Date(shop.from).getUTCDay() + 7) % 7) * day + 8 * hour
  for (let at = firstThursday; at < shop.now; at += 21 * day) {
    shop.agenda.add(at, () => sendNewsletter(shop, { at, campaign: `newsletter-${new Date(at).toISOString().slice(0, 10)}` }))
    const soon = at + 2 * day
    if (isHoliday(soon)) shop.agenda.add(soon, () => sendTexts(shop, soon))
  }
}

function sendNewsletter(shop: Shop, email: Email): void {
  for (const shopper of shop.shoppers) {
    const { random, state } = shopper
    if (!state.subscribed || !isKnown(shopper)) continue
    const opened = sendEmail(shop, shopper, { at: email.at + random.next() * 20 * minute, campaign: email.campaign })
    if (opened === undefined) continue
    // Only those who are still with the shop click.
    const clicked = opened + minute
    if (state.active && clicked < shopper.leavesAt && chance(random, 0.16)) click(shop, shopper, { at: clicked, medium: 'email', campaign: email.campaign })
    else if (chance(random, 0.008)) shop.agenda.add(clicked, () => unsubscribe(shop, shopper, clicked))
  }
}

function sendTexts(shop: Shop, at: number): void {
  const campaign = 'holiday-texts'
  for (const shopper of shop.shoppers) {
    const { random, state } = shopper
    if (!shopper.takesSms || !isKnown(shopper)) continue
    const properties = { campaign, channel: 'sms' }
    shop.emit(serverEvent(shopper, at, { name: 'sms_sent', properties }))
    // Telephones that tell that a message was read.
    if (!chance(random, state.active ? 0.6 : 0.25)) continue
    const opened = at + (1 + random.next() * 15) * minute
    shop.agenda.add(opened, () => shop.emit(serverEvent(shopper, opened, { name: 'sms_opened', properties })))
    if (state.active && chance(random, 0.2)) click(shop, shopper, { at: opened + minute, medium: 'sms', campaign })
  }
}

function click(shop: Shop, shopper: Shopper, { at, medium, campaign }: { at: number; medium: 'email' | 'sms'; campaign: string }): void {
  shop.agenda.add(at, () => {
    shop.emit(serverEvent(shopper, at, { name: `${medium}_clicked`, properties: { campaign, channel: medium } }))
    shop.visit(shopper, { at: at + 1000, arrival: messageArrival(medium, campaign) })
  })
}

function unsubscribe(shop: Shop, shopper: Shopper, at: number): void {
  shopper.state.subscribed = false
  sayConsent(shop, shopper, { at, channel: 'email', state: 'withdrawn', source: 'unsubscribe link' })
  shop.emit(serverEvent(shopper, at, { name: 'email_unsubscribed', properties: { channel: 'email' } }))
}
