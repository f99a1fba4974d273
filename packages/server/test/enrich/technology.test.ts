import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Properties } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { measureTechnology } from '../../bench/technology.ts'
import { readUserAgent, technologyOf } from '../../src/enrich/technology.ts'

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
  [
    'Instagram’s own browser',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21B74 Instagram 312.0.0.27.116 (iPhone14,5; iOS 17_1; de_DE)',
    { $browser: 'Instagram', $os: 'iOS', $device_type: 'Mobile' },
  ],
  [
    'Facebook’s own browser',
    'Mozilla/5.0 (Linux; Android 13; SM-S901B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/441.0.0.23.113;]',
    { $browser: 'Facebook Mobile', $os: 'Android', $device_type: 'Mobile' },
  ],
  [
    'TikTok’s own browser',
    'Mozilla/5.0 (Linux; Android 12; SM-A127F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.0.0 Mobile Safari/537.36 trill_2023107030 BytedanceWebview/d8a21c6',
    { $browser: 'TikTok', $os: 'Android', $device_type: 'Mobile' },
  ],
  [
    'a television',
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/76.0.3809.146 TV Safari/537.36',
    { $device_type: 'TV' },
  ],
  [
    'an assistant that reads pages',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    { $is_bot: true },
  ],
  ['a browser without a window', `${chrome.replace('Chrome/', 'HeadlessChrome/')}`, { $is_bot: true }],
  ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', { $is_bot: true }],
])('%s', (_, userAgent, expected) => {
  expect(readUserAgent(userAgent)).toMatchObject(expected)
})

test.each(['', 'posthog-node/5.70.0', 'x'.repeat(5000)])('%j says nothing of browser, system or device', (userAgent) => {
  const { $is_bot: _, ...device } = readUserAgent(userAgent)
  expect(device).toEqual({})
})

test('what the event says itself is not guessed at, but for whether it is a robot', () => {
  const event = (properties: Properties, userAgent = chrome) => ({ uuid: '', event: 'x', distinctId: 'a', timestamp: 0, properties, userAgent })
  expect(technologyOf(event({ $os: 'Linux' }))).toEqual({})
  expect(technologyOf(event({ $os: null }))).toMatchObject({ $os: 'Windows', $browser_version: 120 })
  expect(technologyOf(event({ $browser: 'Chrome' }, `${chrome} Googlebot/2.1`))).toEqual({ $is_bot: true })
})

describe.skipIf(!existsSync(folder))('user agents that others have named (skipped where the list is absent)', () => {
  test('browsers and operating systems agree in 97 of 100', () => {
    const { browsers, systems } = measureTechnology(folder)
    expect([browsers.cases, systems.cases]).toEqual([1601, 483])
    expect(browsers.agreeing / browsers.cases).toBeGreaterThanOrEqual(0.97)
    expect(systems.agreeing / systems.cases).toBeGreaterThanOrEqual(0.97)
  })
})
