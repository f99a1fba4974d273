/** The filters of the live stream, as the address holds them; all that are given must hold. */
export interface LiveSearch {
  event?: string
  /** Any id of the person. */
  person?: string
  property?: string
  value?: string
  lib?: string
  source?: string
}

const keys = ['event', 'person', 'property', 'value', 'lib', 'source'] as const

export function readLiveSearch(raw: Record<string, unknown>): LiveSearch {
  return Object.fromEntries(keys.flatMap((key) => (raw[key] === undefined || raw[key] === '' ? [] : [[key, String(raw[key])]])))
}
