import type { CapturedEvent, Properties } from '@kindred/model'
import Bowser from 'bowser'
import { isbot } from 'isbot'

/** Names as the browser SDK gives them, so that people do not split by who named their browser. */
const browserNames: Record<string, string> = {
  'Internet Explorer': 'Internet Explorer',
  'Samsung Internet for Android': 'Samsung Internet',
  'Opera Touch': 'Opera',
  'Opera Coast': 'Opera',
  'Android Browser': 'Android Mobile',
}
const osNames: Record<string, string> = { macOS: 'Mac OS X', 'Chrome OS': 'Chrome OS' }
const deviceTypes: Record<string, string> = { desktop: 'Desktop', mobile: 'Mobile', tablet: 'Tablet', tv: 'TV', bot: 'Bot' }

/** Senders repeat few user agents very often. */
const keptAgents = 5_000
const cache = new Map<string, Properties>()

/** Browser, operating system and kind of device from the user agent, only where the event says none of them. */
export function deviceOf({ properties, userAgent }: CapturedEvent): Properties {
  if (userAgent === undefined || given(properties.$browser) || given(properties.$os) || given(properties.$device_type)) return {}
  const known = cache.get(userAgent)
  if (known !== undefined) return known
  if (cache.size >= keptAgents) cache.clear()
  const device = readUserAgent(userAgent)
  cache.set(userAgent, device)
  return device
}

/** What a user agent says, in the words of the browser SDK; empty for a program that names neither browser nor system. */
export function readUserAgent(userAgent: string): Properties {
  // Bowser throws at an empty text.
  if (userAgent.trim() === '') return {}
  const { browser, os, platform } = Bowser.parse(userAgent)
  const device: Properties = {}
  if (isbot(userAgent)) device.$is_bot = true
  const browserName = nameOfBrowser(browser.name, os.name)
  if (browserName !== undefined && os.name !== undefined) {
    device.$browser = browserName
    if (browser.version) device.$browser_version = browser.version
  }
  if (os.name) device.$os = osNames[os.name] ?? os.name
  if (os.version) device.$os_version = os.versionName && os.name === 'Windows' ? os.versionName : os.version
  const type = deviceTypes[platform.type ?? '']
  if (type !== undefined && os.name) device.$device_type = type
  return device
}

function nameOfBrowser(name: string | undefined, os: string | undefined): string | undefined {
  if (name === undefined || name === '') return undefined
  if (os === 'iOS' && name === 'Chrome') return 'Chrome iOS'
  if (os === 'iOS' && name === 'Firefox') return 'Firefox iOS'
  if (os === 'iOS' && name === 'Safari') return 'Mobile Safari'
  return browserNames[name] ?? name
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
