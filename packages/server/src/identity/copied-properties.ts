import type { Properties } from '@kindred/model'

/** What a link says of the campaign it belongs to. */
export const campaign = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']
/** What the ad that was clicked adds to its link. */
export const clickIds =
  'gclid gad_source gclsrc dclid gbraid wbraid fbclid msclkid twclid li_fat_id mc_cid igshid ttclid rdt_cid epik qclid sccid irclid _kx'.split(' ')
const page = ['$current_url', '$pathname', '$referrer', '$referring_domain']
const device = ['$browser', '$browser_version', '$device_type', '$os', '$os_version', '$app_build', '$app_name', '$app_namespace', '$app_version']
/** Where the event came from; of a person these stand or go together. */
export const place = [
  ...['country_code', 'country_name', 'continent_code', 'continent_name', 'city_name', 'postal_code', 'latitude', 'longitude', 'accuracy_radius', 'time_zone'],
  ...['subdivision_1_code', 'subdivision_1_name', 'subdivision_2_code', 'subdivision_2_name'],
].map((name) => `$geoip_${name}`)
/** First and last touch. */
const touch = ['$channel']

/** Event properties that are copied to the person who did it, and the name of their first value. */
const copied = new Map([...campaign, ...clickIds, ...page, ...device, ...place, ...touch].map((key) => [key, `$initial_${key.replace('$', '')}`] as const))

/** The latest of each (to set) and the first of each (to set once, as `$initial_…`) that an event gives its person. */
export function copiedProperties(event: Properties): { latest: Properties; initial: Properties } {
  const latest: Properties = {}
  const initial: Properties = {}
  for (const key in event) {
    const initialKey = copied.get(key)
    const value = event[key] ?? null
    if (initialKey === undefined || value === null) continue
    latest[key] = value
    initial[initialKey] = value
  }
  return { latest, initial }
}

/** Whether the person has both the latest and the first of each already, whatever their values. */
export function hasCopiesOf(event: Properties, person: Properties): boolean {
  for (const key in event) {
    const initialKey = copied.get(key)
    if (initialKey === undefined || (event[key] ?? null) === null) continue
    if (!Object.hasOwn(person, key) || !Object.hasOwn(person, initialKey)) return false
  }
  return true
}
