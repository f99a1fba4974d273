import type { ConsentChannel, ConsentState } from '@kindred/model'
import { seededRandom } from '@kindred/science'
import { type Shop, uuidAt } from './shop.ts'
import type { Shopper } from './shopper.ts'

interface Said {
  at: number
  channel: ConsentChannel
  state: ConsentState
  source: string
}

/** A person allows marketing by a channel, or forbids it. Nothing of their own chance is drawn for it, so that the rest of their life is the same with it or without. */
export function sayConsent(shop: Shop, shopper: Shopper, { at, ...said }: Said): void {
  shop.emit({
    uuid: uuidAt(at, seededRandom(`${shopper.userId}/${said.channel}/${said.state}/${Math.floor(at)}`)),
    event: '$consent',
    distinctId: shopper.userId,
    timestamp: Math.floor(at),
    properties: { ...said, purpose: 'marketing', $lib: 'shop-server', $geoip_disable: true },
  })
}
