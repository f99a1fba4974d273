import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Properties } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { deviceOf, readUserAgent } from '../../src/enrich/device.ts'

const folder = join(process.env.KINDRED_SHARED ?? '../shared', 'data/uap-core')

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'

test.each<[string, string, Properties]>([
  ['Chrome on Windows', chrome, { $browser: 'Chrome', $os: 'Windows', $device_type: 'Desktop' }],
  [
    'Safari on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1',
    { $browser: 'Mobile Safari', $os: 'iOS', $device_type: 'Mobile' },
  ],
  [
    'Chrome on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/116.0.5845.177 Mobile/15E148 Safari/604.1',
    { $browser: 'Chrome iOS', $os: 'iOS', $device_type: 'Mobile' },
  ],
  [
    'Firefox on a Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0',
    { $browser: 'Firefox', $os: 'Mac OS X', $device_type: 'Desktop' },
  ],
  ['Edge', `${chrome} Edg/120.0.2210.91`, { $browser: 'Microsoft Edge', $os: 'Windows' }],
  [
    'a tablet',
    'Mozilla/5.0 (Linux; Android 12; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.119 Safari/537.36',
    { $os: 'Android', $device_type: 'Tablet' },
  ],
  ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', { $is_bot: true }],
])('%s', (_, userAgent, expected) => {
  expect(readUserAgent(userAgent)).toMatchObject(expected)
})

test.each(['', 'posthog-node/5.70.0', 'x'.repeat(5000)])('%j says nothing of browser, system or device', (userAgent) => {
  const { $is_bot: _, ...device } = readUserAgent(userAgent)
  expect(device).toEqual({})
})

test('what the event says itself is not guessed at', () => {
  const event = (properties: Properties) => ({ uuid: '', event: 'x', distinctId: 'a', timestamp: 0, properties, userAgent: chrome })
  expect(deviceOf(event({ $os: 'Linux' }))).toEqual({})
  expect(deviceOf(event({ $os: null }))).toMatchObject({ $os: 'Windows' })
})

interface AgentCase {
  user_agent_string: string
  family: string
  major: string | null
}

describe.skipIf(!existsSync(folder))('user agents that others have named', () => {
  const read = (file: string) => (parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as { test_cases: AgentCase[] }).test_cases
  /** How many of the cases of these families are named as expected. */
  const share = (cases: AgentCase[], names: Record<string, string>, property: '$os' | '$browser') => {
    // Apps and the browsers of the nineties are not what visits a shop.
    const known = cases.filter(
      ({ family, user_agent_string: agent }) => names[family] !== undefined && /^Mozilla\/5\.0 .*(Gecko|AppleWebKit|Trident)/.test(agent),
    )
    const right = known.filter(({ family, user_agent_string }) => readUserAgent(user_agent_string)[property] === names[family])
    return { known: known.length, share: right.length / known.length }
  }

  test('operating systems', () => {
    const names = { Windows: 'Windows', 'Mac OS X': 'Mac OS X', iOS: 'iOS', Android: 'Android', 'Chrome OS': 'Chrome OS' }
    const { known, share: right } = share(read('test_os.yaml.gz'), names, '$os')
    expect(known).toBeGreaterThan(80)
    expect(right).toBeGreaterThan(0.7)
  })

  test('browsers', () => {
    const names = {
      Chrome: 'Chrome',
      'Chrome Mobile': 'Chrome',
      Firefox: 'Firefox',
      'Firefox Mobile': 'Firefox',
      Edge: 'Microsoft Edge',
      IE: 'Internet Explorer',
    }
    const { known, share: right } = share(read('test_ua.yaml.gz'), names, '$browser')
    expect(known).toBeGreaterThan(15)
    expect(right).toBeGreaterThan(0.8)
  })
})
