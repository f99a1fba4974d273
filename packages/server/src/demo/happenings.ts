import { chance, exponential, pick, uniform } from '@kindred/science'
import { day, hour, minute, month } from './calendar.ts'
import { isKnown, type Shop, serverEvent } from './shop.ts'
import type { Shopper } from './shopper.ts'

const messages = ['Is it waterproof?', 'Love the colour', 'When does it ship?', 'Does it come in size L?', 'Just ordered mine', 'How heavy is it?'] as const

/** Live shopping events, one each half year and one a few days ago: the best customers come and write within minutes. */
export function planLiveEvents(shop: Shop): void {
  for (const daysAgo of [556, 374, 191, 9]) {
    const at = shop.now - daysAgo * day + 18 * hour
    if (at > shop.from) shop.agenda.add(at, () => broadcast(shop, at))
  }
}

function broadcast(shop: Shop, at: number): void {
  const event = `Live preview ${new Date(at).toISOString().slice(0, 7)}`
  for (const shopper of shop.shoppers) {
    const isVip = shopper.type.name === 'loyal' && shopper.state.orders >= 3 && shopper.state.active
    if (!isVip || !chance(shopper.random, 0.55)) continue
    let time = at + uniform(shopper.random, 0, 8) * minute
    for (;;) {
      const said = time
      const properties = { live_event: event, message: pick(shopper.random, messages), minutes_in: Math.floor((said - at) / minute) }
      shop.agenda.add(said, () => shop.emit(serverEvent(shopper, said, { name: 'chat_message', properties })))
      time += exponential(shopper.random, 1 / (7 * minute))
      if (time > at + 40 * minute) break
    }
  }
}

const releaseEvery = 42 * day

/** The app is opened now and then, in the version its owner has installed by then. */
export function expectAppUse(shop: Shop, shopper: Shopper, after: number): void {
  const { adoptionDays, random, state, leavesAt } = shopper
  if (adoptionDays === null) return
  const at = after + exponential(random, 0.9) * month
  if (at >= leavesAt) return
  shop.agenda.add(at, () => {
    if (isKnown(shopper) && state.active) {
      const released = Math.max(0, Math.floor((at - adoptionDays * day - shop.from) / releaseEvery))
      const os = pick(random, shopper.devices).device.os === 'iOS' ? 'iOS' : 'Android'
      const properties = { $app_version: `${3 + Math.floor(released / 10)}.${released % 10}.0`, $os: os, $device_type: 'Mobile' }
      shop.emit(serverEvent(shopper, at, { name: 'app_opened', properties, set: { app_version: properties.$app_version } }))
    }
    expectAppUse(shop, shopper, at)
  })
}

const dealings = [
  { name: 'webinar_attended', properties: { topic: 'Equipping a hybrid office' } },
  { name: 'trade_show_visited', properties: { trade_show: 'Office Expo', offline: true } },
  { name: 'lead_form_submitted', properties: { form: 'Volume prices', intent: 'Equip a new office' } },
  { name: 'sales_meeting_held', properties: { topic: 'Framework contract', offline: true } },
  { name: 'feature_requested', properties: { feature: 'Invoices by e-mail', area: 'Billing' } },
  { name: 'feature_requested', properties: { feature: 'Approval of orders', area: 'Purchasing' } },
  { name: 'integration_connected', properties: { integration: 'SAP Ariba' } },
  { name: 'integration_connected', properties: { integration: 'Slack' } },
] as const

/** What business buyers do beside ordering. */
export function expectDealings(shop: Shop, shopper: Shopper, after: number): void {
  if (shopper.company === undefined) return
  const at = after + exponential(shopper.random, 0.3) * month
  if (at >= shop.now) return
  shop.agenda.add(at, () => {
    if (isKnown(shopper)) shop.emit(serverEvent(shopper, at, pick(shopper.random, dealings)))
    expectDealings(shop, shopper, at)
  })
}
