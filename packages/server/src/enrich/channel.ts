import type { CapturedEvent, Properties } from '@kindred/model'
import { ReferrerParser } from '@tryghost/referrer-parser'
import { getDomain } from 'tldts'

const referrers = new ReferrerParser()
/** The parser sorts its whole list of sites at each call, and few referrers send most visits. */
const mediumOfReferrer = remembering((referrer) => referrers.parse(referrer).referrerMedium)

const assistants = new Set([
  'chatgpt.com',
  'openai.com',
  'perplexity.ai',
  'claude.ai',
  'deepseek.com',
  'mistral.ai',
  'poe.com',
  'you.com',
  'phind.com',
  'meta.ai',
])
/** Hosts of assistants below a domain that is more than one. */
const assistantHosts = new Set(['gemini.google.com', 'copilot.microsoft.com', 'aistudio.google.com', 'notebooklm.google.com', 'grok.com', 'x.ai'])
const videoDomains = new Set(['youtube.com', 'youtu.be', 'vimeo.com', 'dailymotion.com', 'twitch.tv', 'tiktok.com'])
const shoppingDomains = new Set(['amazon.com', 'ebay.com', 'etsy.com', 'walmart.com', 'idealo.de', 'alibaba.com'])
/** Click ids that only paid clicks carry, and where they come from. */
const clickIds: Record<string, 'search' | 'social'> = {
  gclid: 'search',
  gbraid: 'search',
  wbraid: 'search',
  dclid: 'search',
  msclkid: 'search',
  li_fat_id: 'social',
  ttclid: 'social',
  twclid: 'social',
  rdt_cid: 'social',
}
const searchSources = /^(google|bing|yahoo|duckduckgo|baidu|yandex|ecosia|brave|qwant|naver|startpage)/
const socialSources = /^(facebook|fb|instagram|ig|twitter|x|t\.co|linkedin|pinterest|reddit|snapchat|threads|mastodon|bluesky|whatsapp|telegram|tiktok)\b/
const paidMediums = /^(cpc|ppc|cpm|cpv|cpa|paid|paid[-_ ]?.*|retargeting|sem)$/

/** The channel by which a page was reached, as `$channel`; empty for events that are not of a web page. */
export function channelOf({ properties }: CapturedEvent): Properties {
  if (given(properties, '$channel') !== '') return {}
  const channel = readChannel(properties)
  return channel === undefined ? {} : { $channel: channel }
}

function readChannel(properties: Properties): string | undefined {
  const source = given(properties, 'utm_source').toLowerCase()
  const medium = given(properties, 'utm_medium').toLowerCase()
  const click = Object.keys(clickIds).find((id) => given(properties, id) !== '')
  if (source === '' && medium === '' && click === undefined) return fromReferrer(properties)
  return fromMedium(medium, source) ?? fromCampaign({ medium, source, click, properties })
}

/** Mediums that name the channel themselves. */
function fromMedium(medium: string, source: string): string | undefined {
  if (/e-?mail|newsletter/.test(medium) || /^(newsletter|mailchimp|klaviyo|e-?mail)/.test(source)) return 'Email'
  if (medium === 'sms' || source === 'sms') return 'SMS'
  if (/push|notification/.test(medium)) return 'Push'
  if (/affiliate|partner/.test(medium)) return 'Affiliate'
  if (/^(display|banner|expandable|interstitial|cpm)$/.test(medium)) return 'Display'
  if (medium === 'audio' || medium === 'podcast') return 'Audio'
  return undefined
}

interface Campaign {
  medium: string
  source: string
  click: string | undefined
  properties: Properties
}

/** The kind of site it came from, and whether the click was paid for. */
function fromCampaign({ medium, source, click, properties }: Campaign): string | undefined {
  const kind =
    kindOfSource(source) ?? (click === undefined ? undefined : clickKinds[clickIds[click] ?? 'search']) ?? kindOfMedium(medium) ?? kindOfReferrer(properties)
  const isPaid = paidMediums.test(medium) || click !== undefined
  if (kind === 'AI Assistant') return kind
  if (kind === undefined) return isPaid ? 'Paid Other' : medium === 'referral' || source !== '' ? 'Referral' : fromReferrer(properties)
  return `${isPaid ? 'Paid' : 'Organic'} ${kind}`
}

const clickKinds = { search: 'Search', social: 'Social' } as const

function kindOfSource(source: string): string | undefined {
  if (assistants.has(source) || /^(chatgpt|perplexity|claude|gemini|copilot)/.test(source)) return 'AI Assistant'
  if (/^(youtube|vimeo|twitch)/.test(source)) return 'Video'
  if (/shopping|^(amazon|ebay|etsy)/.test(source)) return 'Shopping'
  if (searchSources.test(source)) return 'Search'
  return socialSources.test(source) ? 'Social' : undefined
}

function kindOfMedium(medium: string): string | undefined {
  if (/social/.test(medium)) return 'Social'
  if (/video/.test(medium)) return 'Video'
  if (/shopping/.test(medium)) return 'Shopping'
  return /search|^(organic|cpc|ppc|sem)$/.test(medium) ? 'Search' : undefined
}

/** Without a campaign the referrer decides. posthog-js writes `$direct` where there is none. */
function fromReferrer(properties: Properties): string | undefined {
  const referrer = given(properties, '$referrer')
  const ownHost = given(properties, '$host') || hostOf(given(properties, '$current_url'))
  if (referrer === '' && ownHost === '') return undefined
  if (referrer === '' || referrer === '$direct') return 'Direct'
  const host = hostOf(referrer)
  if (host === '') return 'Direct'
  if (ownHost !== '' && siteOf(host) === siteOf(ownHost)) return 'Internal'
  const kind = kindOfReferrer(properties)
  if (kind === undefined) return 'Referral'
  return kind === 'AI Assistant' || kind === 'Email' ? kind : `Organic ${kind}`
}

function kindOfReferrer(properties: Properties): string | undefined {
  const referrer = given(properties, '$referrer')
  const host = hostOf(referrer)
  if (host === '') return undefined
  const site = siteOf(host)
  if (assistants.has(site) || assistantHosts.has(host)) return 'AI Assistant'
  if (videoDomains.has(site)) return 'Video'
  if (shoppingDomains.has(site)) return 'Shopping'
  const referrerMedium = mediumOfReferrer(referrer)
  if (referrerMedium === 'search') return 'Search'
  if (referrerMedium === 'social') return 'Social'
  return referrerMedium === 'email' ? 'Email' : undefined
}

/** The registrable domain, or the host itself (localhost, an address). */
const siteOf = remembering((host) => getDomain(host) ?? host.replace(/:\d+$/, ''))

const hostOf = remembering((url) => {
  try {
    return new URL(url).host.toLowerCase().replace(/^www\./, '')
  } catch {
    return ''
  }
})

/** The same function, which keeps what it said of up to 10,000 texts. */
function remembering<Result>(read: (text: string) => Result): (text: string) => Result {
  const said = new Map<string, Result>()
  return (text) => {
    const known = said.get(text)
    if (known !== undefined) return known
    if (said.size >= 10_000) said.clear()
    const result = read(text)
    said.set(text, result)
    return result
  }
}

function given(properties: Properties, key: string): string {
  const value = properties[key]
  return typeof value === 'string' ? value.trim() : ''
}
