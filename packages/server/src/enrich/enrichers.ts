import type { CapturedEvent, Properties } from '@kindred/model'
import { channelOf } from './channel.ts'
import { deviceOf } from './device.ts'
import { type Geo, openGeo } from './geo.ts'

/** Each answers properties that follow from the event; what the event says itself wins. */
export type Enrichers = readonly ((event: CapturedEvent) => Properties)[]

/** Country, device and channel. `geoip` is the path of a database; null: the one that comes along. Errors: the database cannot be read. */
export function openEnrichers(geoip: string | null): Enrichers {
  const geo: Geo = openGeo(geoip)
  return [(event) => geo(event), deviceOf, channelOf]
}
