import type { CapturedEvent, JsonValue, Properties } from '@kindred/model'
import { campaign, clickIds } from '../identity/copied-properties.ts'
import { type EventContext, isObject } from './read-request.ts'

/** SDKs that run where the person is. The others are servers, which send for others: their own address says nothing of the person. */
const clientLibraries = /^(analytics\.js|analytics[-_. ]?(ios|android|react[-_ ]?native|kotlin|swift|flutter|cordova|web))/i
/** Where each plain part of `context` goes. */
const parts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app: { name: '$app_name', version: '$app_version', build: '$app_build', namespace: '$app_namespace' },
  os: { name: '$os', version: '$os_version' },
  device: { id: '$device_id', manufacturer: '$device_manufacturer', model: '$device', name: '$device_name' },
  library: { name: '$lib', version: '$lib_version' },
  screen: { width: '$screen_width', height: '$screen_height' },
  network: { carrier: '$network_carrier', cellular: '$network_cellular', wifi: '$network_wifi', bluetooth: '$network_bluetooth' },
}
/** Read here or elsewhere; anything else of the sender's own is kept under `$context`. */
const known = new Set([
  ...Object.keys(parts),
  ...['page', 'campaign', 'traits', 'ip', 'userAgent', 'userAgentData', 'locale', 'timezone', 'groupId', 'groupType', 'sessionId'],
])

/** A message's `context` as our standard properties. */
export function contextProperties(context: Properties): Properties {
  const found: Properties = {}
  for (const [part, names] of Object.entries(parts)) addPart(found, context[part], names)
  Object.assign(found, campaignProperties(context.campaign), pageProperties(context.page))
  const device = isObject(context.device) ? context.device : {}
  const type = deviceType(text(device.type), text(device.model))
  if (type !== undefined) found.$device_type = type
  const locale = text(context.locale)
  if (locale !== undefined) Object.assign(found, { $locale: locale }, text(context.userAgent) !== undefined && { $browser_language: locale })
  if (text(context.timezone) !== undefined) found.$timezone = context.timezone ?? null
  if (typeof context.sessionId === 'string' || typeof context.sessionId === 'number') found.$session_id = String(context.sessionId)
  const rest = Object.entries(context).filter(([key]) => !known.has(key) && key !== '__proto__')
  if (rest.length > 0) found.$context = Object.fromEntries(rest)
  return found
}

/** The page that `context.page`, or the properties of a page call, describe; also what its address says of campaign and ad. */
export function pageProperties(page: JsonValue | undefined): Properties {
  if (!isObject(page)) return {}
  const found: Properties = {}
  const url = text(page.url)
  const address = addressOf(url)
  if (url !== undefined) found.$current_url = url
  const path = text(page.path) ?? address?.pathname
  if (path !== undefined) found.$pathname = path
  if (address?.host) found.$host = address.host
  addReferrer(found, page.referrer)
  if (text(page.title) !== undefined) found.$title = page.title ?? null
  const search = new URLSearchParams(text(page.search) ?? address?.search ?? '')
  for (const key of [...campaign, ...clickIds]) {
    const value = search.get(key)
    if (value !== null && value !== '') found[key] = value
  }
  return found
}

/** An empty referrer means that the person came by themselves, as the browser SDK of PostHog says it. */
function addReferrer(found: Properties, referrer: JsonValue | undefined): void {
  if (typeof referrer !== 'string') return
  found.$referrer = referrer === '' ? '$direct' : referrer
  const host = referrer === '' ? '$direct' : addressOf(referrer)?.host
  if (host !== undefined && host !== '') found.$referring_domain = host
}

function addressOf(url: string | undefined): URL | null {
  return url !== undefined && URL.canParse(url) ? new URL(url) : null
}

function addPart(found: Properties, part: JsonValue | undefined, names: Readonly<Record<string, string>>): void {
  if (!isObject(part)) return
  for (const [key, name] of Object.entries(names)) {
    const value = part[key]
    if (value !== undefined && value !== null && value !== '') found[name] = value
  }
}

/** `campaign.name` is `utm_campaign`; every other part keeps its name after `utm_`. */
function campaignProperties(value: JsonValue | undefined): Properties {
  if (!isObject(value)) return {}
  const named = Object.entries(value).filter(([, each]) => typeof each === 'string' && each !== '')
  return Object.fromEntries(named.map(([key, each]) => [key === 'name' ? 'utm_campaign' : `utm_${key}`, each]))
}

/** Mobile SDKs name the platform as the type. */
function deviceType(type: string | undefined, model: string | undefined): string | undefined {
  if (type === undefined) return undefined
  if (/ipad|tablet/i.test(`${type} ${model ?? ''}`)) return 'Tablet'
  if (/^(ios|android|mobile|phone|iphone)$/i.test(type)) return 'Mobile'
  if (/^(desktop|computer|pc|laptop)$/i.test(type)) return 'Desktop'
  return type
}

/** The address and browser that a message came from: those it names, else those of the request where the person's own device sent it. */
export function senderOf(context: Properties, request: Pick<EventContext, 'ip' | 'userAgent'>): Pick<CapturedEvent, 'ip' | 'userAgent'> {
  const library = isObject(context.library) ? text(context.library.name) : undefined
  const isClient = library === undefined ? request.userAgent.startsWith('Mozilla/') : clientLibraries.test(library)
  const ip = text(context.ip) ?? (isClient ? request.ip : '')
  const userAgent = text(context.userAgent) ?? (isClient ? request.userAgent : '')
  return { ...(ip !== '' && { ip }), ...(userAgent !== '' && { userAgent }) }
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
