import type { Properties } from '@kindred/model'
import { ReferrerParser } from '@tryghost/referrer-parser'
import { getDomain } from 'tldts'
import { type Arrival, type Channel, channelOfArrival } from './channel-rules.ts'
import { clickIds, kindOfName, kindOfSite, passages, type SourceKind } from './channel-sources.ts'
import { remembering } from './remembering.ts'

/** How a page was reached. `evidence`: a campaign, a click id or another site says so; `direct`: nothing does; `inside`: from a page of the same site. */
export interface Reached {
  by: 'evidence' | 'direct' | 'inside'
  channel: Channel
}

const worldwide = new ReferrerParser()
const worldwideKinds: Record<string, SourceKind> = { search: 'Search', social: 'Social', email: 'Email' }
const clickNames = Object.keys(clickIds)
const tagNames = ['utm_source', 'utm_medium', 'utm_campaign', ...clickNames]
const tagInAddress = new RegExp(`[?&](?:${tagNames.join('|')})=`)
/** The address of a site alone, where nothing in it needs to be read closely: sites repeat, pages do not. */
const plainSite = /^https?:\/\/[a-z0-9.:-]+(?=[/?#]|$)/i

/** What the event's own properties say of how it was reached; undefined for an event that is of no page and no campaign. */
export function reachedBy(event: Properties): Reached | undefined {
  const properties = withTagsOfAddress(event)
  if (saysSomething(properties)) {
    const arrival = arrivalOf(properties)
    const channel = channelOfArrival(arrival)
    if (channel !== undefined) return { by: 'evidence', channel }
    if (arrival.referrer === 'own') return { by: 'inside', channel: 'Direct' }
  }
  // posthog-js writes `$direct` where there is no referrer.
  const isPage = given(properties, '$referrer') !== '' || ownHostOf(properties) !== ''
  return isPage ? { by: 'direct', channel: 'Direct' } : undefined
}

/** SDKs of browsers send the tags of the page's address as properties; what comes from servers and files often has the address alone. */
function withTagsOfAddress(properties: Properties): Properties {
  const address = properties.$current_url
  if (typeof address !== 'string' || !tagInAddress.test(address) || tagNames.some((name) => given(properties, name) !== '')) return properties
  const query = new URLSearchParams(/^[^?#]*\?([^#]*)/.exec(address)?.[1])
  const tags = tagNames.flatMap((name): [string, string][] => (query.has(name) ? [[name, query.get(name) ?? '']] : []))
  return { ...properties, ...Object.fromEntries(tags) }
}

/** Most events have no campaign, no click and no referrer at all; to look whether is quick. */
function saysSomething(properties: Properties): boolean {
  const has = (name: string) => properties[name] !== undefined
  return has('$referrer') || tagNames.some(has)
}

function arrivalOf(properties: Properties): Arrival {
  const source = given(properties, 'utm_source').toLowerCase()
  const clicked = clickNames.find((name) => given(properties, name) !== '')
  const click = clicked === undefined ? undefined : clickIds[clicked]
  const host = hostOf(given(properties, '$referrer'))
  const own = ownHostOf(properties)
  const isOwn = host !== '' && (passages.has(host) || passages.has(siteOf(host)) || (own !== '' && siteOf(host) === siteOf(own)))
  return {
    source,
    medium: given(properties, 'utm_medium').toLowerCase(),
    campaign: given(properties, 'utm_campaign').toLowerCase(),
    sourceKind: source === '' ? undefined : kindOfSource(source),
    clickKind: click?.kind,
    isPaidClick: click?.paid === true,
    siteKind: host === '' || isOwn ? undefined : kindOfHost(host),
    referrer: host === '' ? 'none' : isOwn ? 'own' : 'site',
  }
}

/** A source is a name (`google`, `fb-ads`) or a site (`chatgpt.com`). */
const kindOfSource = remembering((source): SourceKind | undefined => {
  const byName = kindOfName.get(source) ?? kindOfName.get(source.split(/[^a-z0-9]/, 1)[0] ?? '')
  return source.includes('.') ? (kindOfHost(hostOf(`https://${source}`)) ?? byName) : byName
})

const kindOfHost = remembering((host): SourceKind | undefined => {
  const known = kindOfSite.get(host) ?? kindOfSite.get(siteOf(host))
  if (known !== undefined || host === '') return known
  return worldwideKinds[worldwide.parse(`https://${host}/`).referrerMedium ?? '']
})

/** The registrable domain, or the host itself (localhost, an address). */
const siteOf = remembering((host) => getDomain(host) ?? host.replace(/:\d+$/, ''))

/** Without www, in lower case; '' for what is no address. */
function hostOf(url: string): string {
  return hostOfAddress(plainSite.exec(url)?.[0] ?? url)
}

const hostOfAddress = remembering((url) => {
  try {
    return new URL(url).host.toLowerCase().replace(/^www\./, '')
  } catch {
    return ''
  }
})

function ownHostOf(properties: Properties): string {
  return given(properties, '$host').toLowerCase() || hostOf(given(properties, '$current_url'))
}

function given(properties: Properties, key: string): string {
  const value = properties[key]
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}
