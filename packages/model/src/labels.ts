import { standardFieldNamed, standardLabel } from './standard-fields.ts'

/** The words people read for the names that programs write. Used wherever a name is shown: sentences, tables, charts. */

const events: Record<string, string> = {
  $pageview: 'Viewed a page',
  $pageleave: 'Left a page',
  $autocapture: 'Clicked or typed on a page',
  $rageclick: 'Clicked in anger',
  $identify: 'Was identified',
  $set: 'Person was updated',
  $groupidentify: 'Account was updated',
  $create_alias: 'Ids were joined',
  $merge_dangerously: 'People merged',
  $web_vitals: 'Page speed measured',
  $exception: 'Error',
  $screen: 'Opened a screen',
  $opt_in: 'Opted in',
  $consent: 'Consent was noted',
  $feature_flag_called: 'Flag read',
  $$heatmap: 'Pointer positions',
  'survey sent': 'Survey answered',
  'survey shown': 'Survey shown',
  'survey dismissed': 'Survey dismissed',
}

const properties: Record<string, string> = {
  $geoip_country_name: 'Country, from IP',
  $geoip_country_code: 'Country code, from IP',
  $geoip_continent_name: 'Continent, from IP',
  $geoip_continent_code: 'Continent code, from IP',
  $geoip_city_name: 'City, from IP',
  $geoip_subdivision_1_name: 'Region, from IP',
  $geoip_postal_code: 'Postal code, from IP',
  $geoip_time_zone: 'Time zone, from IP',
  $current_url: 'Page address',
  $pathname: 'Page path',
  $host: 'Site',
  $title: 'Page title',
  $referrer: 'Came from',
  $referring_domain: 'Came from, site',
  $browser: 'Browser',
  $browser_version: 'Browser version',
  $browser_language: 'Browser language',
  $os: 'Operating system',
  $os_version: 'Operating system version',
  $device_type: 'Device type',
  $device: 'Device',
  $device_id: 'Device id',
  $screen_width: 'Screen width',
  $screen_height: 'Screen height',
  $viewport_width: 'Window width',
  $viewport_height: 'Window height',
  $session_id: 'Session',
  $window_id: 'Window',
  $lib: 'SDK',
  $lib_version: 'SDK version',
  $channel: 'Channel',
  $timezone: 'Time zone',
  $raw_user_agent: 'Browser signature',
  $user_id: 'User id',
  $ip: 'IP address',
  $prev_pageview_pathname: 'Page before',
  $prev_pageview_duration: 'Seconds on the page before',
  utm_source: 'Campaign source',
  utm_medium: 'Campaign medium',
  utm_campaign: 'Campaign',
  utm_term: 'Campaign term',
  utm_content: 'Campaign content',
  gclid: 'Google Ads click id',
  fbclid: 'Facebook click id',
  email: 'E-mail',
}

export function eventLabel(name: string): string {
  return Object.hasOwn(events, name) ? (events[name] ?? name) : humanise(name)
}

/** `$initial_…` is what a person's first visit had. */
export function propertyLabel(name: string): string {
  const standard = standardFieldNamed(name)
  if (standard !== undefined) return standardLabel(standard)
  if (Object.hasOwn(properties, name)) return properties[name] ?? name
  const first = /^\$initial_(.+)$/.exec(name)?.[1]
  if (first === undefined) return humanise(name)
  const known = [`$${first}`, first].find((each) => Object.hasOwn(properties, each))
  return `First ${labelInSentence(known === undefined ? humanise(first) : propertyLabel(known))}`
}

/** `age-group` → "Age group", `lastOrderAt` → "Last order at". Names that people wrote for people stay as they are. */
function humanise(name: string): string {
  const bare = name.replace(/^\$+/, '')
  if (bare.trim() === '' || /[\s.:/]/.test(bare)) return bare === '' ? name : upperFirst(bare)
  const words = bare
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
  if (words === '') return name
  const lower = words
    .split(' ')
    .map((word, index) => (acronyms.has(word.toLowerCase()) ? word.toUpperCase() : index === 0 ? word : lowerFirst(word)))
    .join(' ')
  return upperFirst(lower)
}

const acronyms = new Set(['id', 'url', 'ip', 'sms', 'api', 'sku', 'vat', 'os', 'csv', 'utm', 'crm', 'b2b', 'faq'])

/** A label as it stands inside a sentence: "Country, from IP" as "country, from IP", "URL" as it is. */
export function labelInSentence(label: string): string {
  return /^\p{Lu}[\p{Lu}\p{N}-]/u.test(label) && !label.startsWith('E-') ? label : lowerFirst(label)
}

function upperFirst(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

function lowerFirst(text: string): string {
  const [first = '', second = ''] = text
  return second !== '' && second !== second.toLowerCase() ? text : first.toLowerCase() + text.slice(first.length)
}
