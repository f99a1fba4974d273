import type { JsonValue, Properties } from '@kindred/model'

/** Properties that tell a reader most about an event, the first that is there wins. */
const telling = [
  'product_name',
  'product',
  'name',
  'title',
  'query',
  'search_query',
  'order_id',
  '$pathname',
  '$current_url',
  'category',
  'campaign',
  'subject',
]

/** The few words that tell this event from others of its name; empty where no property does. */
export function gist(properties: Properties): string {
  const key = telling.find((each) => isShort(properties[each]))
  return key === undefined ? '' : String(properties[key])
}

const isShort = (value: JsonValue | undefined): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number'
