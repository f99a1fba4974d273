/** Readable names of events and properties: never the raw name where a reader looks. */

const events: Record<string, string> = {
  $pageview: 'Viewed a page',
  $pageleave: 'Left a page',
  $autocapture: 'Clicked or typed on a page',
  $identify: 'Was identified',
  $set: 'Person was updated',
  $create_alias: 'Ids were joined',
  $groupidentify: 'Account was updated',
  $rageclick: 'Clicked in anger',
  $screen: 'Opened a screen',
}

const properties: Record<string, string> = {
  $geoip_country_name: 'Country, from IP',
  $geoip_country_code: 'Country code, from IP',
  $geoip_city_name: 'City, from IP',
  $current_url: 'Page address',
  $pathname: 'Page path',
  $host: 'Site',
  $referrer: 'Came from',
  $referring_domain: 'Came from, site',
  $browser: 'Browser',
  $browser_version: 'Browser version',
  $os: 'Operating system',
  $os_version: 'Operating system version',
  $device_type: 'Device type',
  $lib: 'SDK',
  $lib_version: 'SDK version',
  $session_id: 'Session',
  $window_id: 'Window',
  $screen_width: 'Screen width',
  $screen_height: 'Screen height',
  utm_source: 'Campaign source',
  utm_medium: 'Campaign medium',
  utm_campaign: 'Campaign',
}

/** An event's name as a reader sees it: `order_completed` is "Order completed". */
export const eventLabel = (name: string): string => events[name] ?? inWords(name)

/** A property's name as a reader sees it: `$geoip_country_name` is "Country, from IP", `age-group` is "Age group". */
export const propertyLabel = (key: string): string => properties[key] ?? inWords(key)

function inWords(name: string): string {
  const words = name
    .replace(/^\$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
