/**
 * The event properties that have a column of their own in `kindred.events`, because nearly every event carries them. Their values
 * are text by definition; '' stands for missing. All other properties live in the `properties` JSON column. The writer moves them
 * out of the JSON, the reader puts them back, and `property.ts` reads them by this list.
 */
export const hotTextColumns = {
  $session_id: 'session_id',
  $current_url: 'current_url',
  $host: 'host',
  $pathname: 'pathname',
  $referrer: 'referrer',
  $referring_domain: 'referring_domain',
  utm_source: 'utm_source',
  utm_medium: 'utm_medium',
  utm_campaign: 'utm_campaign',
  utm_term: 'utm_term',
  utm_content: 'utm_content',
  $browser: 'browser',
  $browser_version: 'browser_version',
  $os: 'os',
  $os_version: 'os_version',
  $device_type: 'device_type',
  $device: 'device',
  $lib: 'lib',
  $channel: 'channel',
  $geoip_country_code: 'country_code',
  $geoip_country_name: 'country_name',
  $geoip_continent_name: 'continent_name',
} as const satisfies Record<string, string>
export type HotProperty = keyof typeof hotTextColumns

/** Properties that keep a subcolumn of their own inside `properties` however many names the project has. Any type of value. */
export const hotDynamicPaths = [
  'revenue',
  'value',
  'total',
  'price',
  'currency',
  'quantity',
  'category',
  'product_id',
  'product_name',
  'brand',
  'coupon',
  'discount',
  'query',
  'items',
  'products',
] as const

/** By these names, in any spelling, the lists of items of orders go, the likelier ones first. */
export const itemLists = ['items', 'products', 'line_items', 'order_items', 'order_lines', 'cart_items', 'contents'] as const

/** Without case, spaces and punctuation: `Line Items` is `line_items`. */
export function plainName(name: string): string {
  return name.replace(/[^\p{Letter}\p{Number}]/gu, '').toLowerCase()
}

const itemListNames: ReadonlySet<string> = new Set(itemLists.map(plainName))

/** Whether the objects of a list of this name are kept object by object, so that a field of all items is read at once. */
export function isItemList(name: string): boolean {
  return itemListNames.has(plainName(name))
}

/**
 * An item of a list that is an object or a list is kept as text: this, then its JSON. Kept as what it is, each name within it would be columns of its own for
 * each type it ever had, and names within lists are without end. A text that begins like this itself is kept so too. Only objects of an `isItemList` stay objects.
 */
export const itemMark = '\u0001'
