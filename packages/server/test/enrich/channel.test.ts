import type { Properties } from '@kindred/model'
import { expect, test } from 'vitest'
import { channelOf } from '../../src/enrich/channel.ts'

function channel(properties: Properties): unknown {
  return channelOf({ uuid: '', event: '$pageview', distinctId: 'a', timestamp: 0, properties }).$channel
}
const page = { $host: 'shop.example.com', $current_url: 'https://shop.example.com/shoes' }

test.each<[string, Properties, string | undefined]>([
  ['no referrer', { ...page, $referrer: '$direct' }, 'Direct'],
  ['no referrer at all', page, 'Direct'],
  ['its own site', { ...page, $referrer: 'https://www.example.com/' }, 'Internal'],
  ['its own host with a port', { $host: 'localhost:3000', $referrer: 'http://localhost:3000/a' }, 'Internal'],
  ['a search engine', { ...page, $referrer: 'https://www.google.com/' }, 'Organic Search'],
  ['a search engine of another country', { ...page, $referrer: 'https://www.google.co.uk/' }, 'Organic Search'],
  ['another search engine', { ...page, $referrer: 'https://duckduckgo.com/' }, 'Organic Search'],
  ['a social site', { ...page, $referrer: 'https://l.facebook.com/' }, 'Organic Social'],
  ['a video site', { ...page, $referrer: 'https://www.youtube.com/watch?v=1' }, 'Organic Video'],
  ['an assistant', { ...page, $referrer: 'https://chatgpt.com/' }, 'AI Assistant'],
  ['an assistant below a search engine', { ...page, $referrer: 'https://gemini.google.com/app' }, 'AI Assistant'],
  ['an assistant that tags its links', { ...page, utm_source: 'chatgpt.com' }, 'AI Assistant'],
  ['any other site', { ...page, $referrer: 'https://blog.example.org/post' }, 'Referral'],
  ['an advertisement by its click id', { ...page, gclid: 'abc', $referrer: 'https://www.google.com/' }, 'Paid Search'],
  ['a paid search', { ...page, utm_source: 'bing', utm_medium: 'cpc' }, 'Paid Search'],
  ['a paid social post', { ...page, utm_source: 'facebook', utm_medium: 'paid_social' }, 'Paid Social'],
  ['a paid click from nobody known', { ...page, utm_source: 'partnerco', utm_medium: 'cpc', utm_campaign: 'x' }, 'Paid Search'],
  ['a newsletter', { ...page, utm_source: 'klaviyo', utm_medium: 'email' }, 'Email'],
  ['a text message', { ...page, utm_medium: 'sms' }, 'SMS'],
  ['a push notification', { ...page, utm_medium: 'push' }, 'Push'],
  ['an affiliate', { ...page, utm_source: 'coupons', utm_medium: 'affiliate' }, 'Affiliate'],
  ['a banner', { ...page, utm_source: 'times', utm_medium: 'display' }, 'Display'],
  ['a campaign that only names its source', { ...page, utm_source: 'partnerco' }, 'Referral'],
  ['Facebook’s click id alone, which free posts carry too', { ...page, fbclid: 'x', $referrer: 'https://l.facebook.com/' }, 'Organic Social'],
  ['campaign keys sent as null', { ...page, utm_source: null, gclid: null, $referrer: '$direct' }, 'Direct'],
  ['a referrer that is no address', { ...page, $referrer: 'nonsense' }, 'Direct'],
  ['no page at all', { total: 5 }, undefined],
  ['a channel that was given', { ...page, $channel: 'Radio' }, undefined],
])('%s', (_, properties, expected) => {
  expect(channel(properties)).toBe(expected)
})
