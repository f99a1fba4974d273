import type { Properties } from '@kindred/model'
import { expect, test } from 'vitest'
import { reachedBy } from '../../src/enrich/channel.ts'

const page = { $host: 'shop.example.com', $current_url: 'https://shop.example.com/shoes' }
const at = (rest: string) => ({ ...page, $current_url: `${page.$current_url}${rest}` })
const from = ($referrer: string) => ({ ...page, $referrer })

test.each<[string, Properties, string | undefined]>([
  ['no referrer', from('$direct'), 'Direct'],
  ['no referrer at all', page, 'Direct'],
  ['campaign keys sent as null', { ...from('$direct'), utm_source: null, gclid: null }, 'Direct'],
  ['a referrer that is no address', from('nonsense'), 'Direct'],
  ['no page at all', { total: 5 }, undefined],

  ['a search engine', from('https://www.google.com/'), 'Organic Search'],
  ['a search engine of another country', from('https://www.google.co.uk/'), 'Organic Search'],
  ['in capitals', from('HTTPS://WWW.Bing.COM/search?q=x'), 'Organic Search'],
  ['another search engine', from('https://duckduckgo.com/'), 'Organic Search'],
  ['a search engine few know', from('https://search.seznam.cz/'), 'Organic Search'],
  ['a search app', from('android-app://com.google.android.googlequicksearchbox/'), 'Organic Search'],
  ['a campaign that calls itself organic', { ...page, utm_source: 'google', utm_medium: 'organic' }, 'Organic Search'],
  ['a social site', from('https://l.facebook.com/'), 'Organic Social'],
  ['a short link of X', from('https://t.co/abc'), 'Organic Social'],
  ['LinkedIn', from('https://www.linkedin.com/feed/'), 'Organic Social'],
  ['Facebook’s click id alone, which free posts carry too', { ...from('https://l.facebook.com/'), fbclid: 'x' }, 'Organic Social'],
  ['Facebook’s click id where the app sent no referrer', { ...from('$direct'), fbclid: 'x' }, 'Organic Social'],
  ['a post that names itself', { ...page, utm_source: 'IG', utm_medium: 'Social' }, 'Organic Social'],
  ['a video site', from('https://www.youtube.com/watch?v=1'), 'Organic Video'],
  ['a market place', from('https://www.ebay.de/itm/1'), 'Organic Shopping'],

  ['ChatGPT', from('https://chatgpt.com/'), 'AI Assistant'],
  ['Perplexity', from('https://www.perplexity.ai/search/x'), 'AI Assistant'],
  ['Claude', from('https://claude.ai/chat/1'), 'AI Assistant'],
  ['Copilot', from('https://copilot.microsoft.com/'), 'AI Assistant'],
  ['an assistant below a search engine', from('https://gemini.google.com/app'), 'AI Assistant'],
  ['an assistant that tags its links', { ...page, utm_source: 'chatgpt.com' }, 'AI Assistant'],

  ['Google’s click id, though the referrer is the free search', { ...from('https://www.google.com/'), gclid: 'abc' }, 'Paid Search'],
  ['Microsoft’s click id', { ...page, msclkid: 'abc' }, 'Paid Search'],
  ['a paid search', { ...page, utm_source: 'bing', utm_medium: 'CPC' }, 'Paid Search'],
  ['cost per click of nobody known', { ...page, utm_source: 'partnerco', utm_medium: 'cpc' }, 'Paid Search'],
  ['a paid post', { ...page, utm_source: 'facebook', utm_medium: 'paid_social' }, 'Paid Social'],
  ['cost per click at a social site', { ...page, utm_source: 'fb', utm_medium: 'cpc' }, 'Paid Social'],
  ['TikTok’s click id', { ...from('https://www.tiktok.com/'), ttclid: 'x' }, 'Paid Social'],
  ['a paid video', { ...page, utm_source: 'youtube', utm_medium: 'cpv' }, 'Paid Video'],
  ['a paid product listing', { ...page, utm_source: 'shopping', utm_medium: 'paid' }, 'Paid Shopping'],
  ['paid, and no more is said', { ...page, utm_source: 'partnerco', utm_medium: 'paid' }, 'Paid Unknown'],
  ['all networks at once', { ...page, utm_source: 'google', utm_medium: 'cross-network', gclid: 'x' }, 'Cross Network'],
  ['Performance Max', { ...page, utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'Summer PMax' }, 'Cross Network'],
  ['a banner', { ...page, utm_source: 'times', utm_medium: 'display' }, 'Display'],
  ['DoubleClick’s click id', { ...page, dclid: 'x' }, 'Display'],

  ['a newsletter', { ...page, utm_source: 'klaviyo', utm_medium: 'email' }, 'Email'],
  ['written with a dash, by whatever site', { ...from('https://www.google.com/'), utm_medium: 'E-Mail' }, 'Email'],
  ['Mailchimp’s id', { ...page, mc_cid: 'abc' }, 'Email'],
  ['web mail', from('https://mail.google.com/mail/u/0'), 'Email'],
  ['a text message', { ...page, utm_medium: 'sms' }, 'SMS'],
  ['a push notification', { ...page, utm_medium: 'push' }, 'Push'],
  ['an affiliate', { ...page, utm_source: 'coupons', utm_medium: 'affiliate' }, 'Affiliate'],
  ['a podcast', { ...page, utm_source: 'show', utm_medium: 'podcast' }, 'Audio'],

  ['any other site', from('https://blog.example.org/post'), 'Referral'],
  ['a site whose name begins as a known one', from('https://googleplex-fans.example.org/'), 'Referral'],
  ['a medium that says referral', { ...page, utm_source: 'partnerco', utm_medium: 'referral' }, 'Referral'],
  ['tags in the address alone', at('?utm_source=Google&utm_medium=cpc'), 'Paid Search'],
  ['tags in the address, coded and behind others', at('?a=1&utm_source=news+letter&utm_medium=e%2Dmail#top'), 'Email'],
  ['a click id in the address alone', at('?gclid=x'), 'Paid Search'],
  ['tags in the address and a referrer', { ...at('?utm_source=instagram&utm_medium=paid_social'), $referrer: 'https://www.google.com/' }, 'Paid Social'],
  ['properties before the address', { ...at('?utm_source=google&utm_medium=cpc'), utm_source: 'klaviyo', utm_medium: 'email' }, 'Email'],
  ['tags without a value in the address', at('?utm_source=&gclid='), 'Direct'],
  ['tags behind the #, which no server is sent', at('#?utm_source=google&utm_medium=cpc'), 'Direct'],
  ['another name that ends like a tag', at('?my_utm_source=google'), 'Direct'],
  ['a campaign that only names its source', { ...page, utm_source: 'partnerco' }, 'Unknown'],
])('%s: %j is %s', (_, properties, channel) => {
  expect(reachedBy(properties)?.channel).toBe(channel)
})

test.each<[string, Properties]>([
  ['its own host', from('https://shop.example.com/')],
  ['its own site with www', from('https://www.example.com/')],
  ['another part of its own site', from('https://blog.example.com/post')],
  ['its own host with a port', { $host: 'localhost:3000', $referrer: 'http://localhost:3000/a' }],
  ['back from paying', from('https://www.paypal.com/checkout')],
  ['back from signing in', from('https://accounts.google.com/')],
])('%s is no arrival', (_, properties) => {
  expect(reachedBy(properties)?.by).toBe('inside')
})

test('a site of the same public suffix is another site', () => {
  expect(reachedBy({ $host: 'ours.co.uk', $referrer: 'https://theirs.co.uk/' })).toEqual({ by: 'evidence', channel: 'Referral' })
})
