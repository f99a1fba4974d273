import type { CapturedEvent, Properties } from '@kindred/model'
import { isbot } from 'isbot'
import { type AgentMatch, matchAgent } from './agent-rules.ts'
import { remembering } from './remembering.ts'
import { browserNames, systemNames } from './technology-names.ts'

/** Senders repeat few user agents very often. */
const keptAgents = 10_000

/** What a user agent says, in the words of the browser SDK; kept for the last texts asked for, since reading one tries some hundred patterns. */
const technologyOfAgent = remembering(readUserAgent, keptAgents)

/**
 * `$browser`, `$browser_version`, `$os`, `$os_version` and `$device_type` from the user agent, only where the event says none of them: a mixture of two
 * readings would be neither. `$is_bot` is found out for every user agent.
 */
export function technologyOf({ properties, userAgent }: CapturedEvent): Properties {
  if (userAgent === undefined) return {}
  const technology = technologyOfAgent(userAgent)
  if (!given(properties.$browser) && !given(properties.$os) && !given(properties.$device_type)) return technology
  return technology.$is_bot === true ? { $is_bot: true } : {}
}

/** The same for a bare user agent; empty for one that names neither browser nor system. */
export function readUserAgent(userAgent: string): Properties {
  const { browser, system } = matchAgent(userAgent)
  const technology: Properties = {}
  if (userAgent !== '' && isbot(userAgent)) technology.$is_bot = true
  if (browser !== undefined) {
    technology.$browser = browserNames[browser.family] ?? browser.family
    addVersion(technology, '$browser_version', browser)
  }
  if (system !== undefined) {
    technology.$os = systemNames[system.family] ?? system.family
    if (system.version.length > 0) technology.$os_version = system.version.join('.')
  }
  const type = deviceType(userAgent)
  if (type !== undefined && technology.$is_bot !== true) technology.$device_type = type
  return technology
}

/** The browser SDK sends a browser's version as a number of its two first parts: 134, 17.1. */
function addVersion(technology: Properties, key: string, { version: [major, minor] }: AgentMatch): void {
  if (major === undefined) return
  const text = minor === undefined || minor === '0' ? major : `${major}.${minor}`
  technology[key] = String(Number(text)) === text ? Number(text) : text
}

const television = /smart-?tv|hbbtv|apple ?tv|google ?tv|android ?tv|bravia|netcast|\broku|crkey|vidaa|web0s|tizen.*\btv\b|\baft[a-z]\b/i
const console = /playstation|xbox|nintendo/i
const wearable = /\bwatch(?: ?os|\d+,\d+)|wearos|wear os/i
const tablet = /ipad|playbook|kindle|silk(?!.*mobile)|\btablet\b(?! pc)/i
const phone = /iphone|ipod|windows phone|iemobile|blackberry|\bbb10\b|opera mini|opera mobi|symbian|series60|nokia|kaios|\bmobile\b|\bphone\b/i
const computer = /windows nt|windows 9|macintosh|mac_powerpc|\bx11\b|\bcros\b|linux (?:x86|i686|amd64)|darwin/i

/** The kind of device in the browser SDK's words: Mobile (a phone), Tablet, Desktop, Console, Wearable; beside them TV. */
function deviceType(userAgent: string): string | undefined {
  if (television.test(userAgent)) return 'TV'
  if (console.test(userAgent)) return 'Console'
  if (wearable.test(userAgent)) return 'Wearable'
  if (tablet.test(userAgent)) return 'Tablet'
  if (phone.test(userAgent)) return 'Mobile'
  // A browser of Android without the word Mobile is a tablet's; an app does not use that word at all.
  if (/android/i.test(userAgent)) return userAgent.startsWith('Mozilla/') ? 'Tablet' : 'Mobile'
  return computer.test(userAgent) ? 'Desktop' : undefined
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
