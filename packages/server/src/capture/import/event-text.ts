import type { JsonValue, Properties } from '@kindred/model'

export interface EventParts {
  uuid: string
  event: string
  distinctId: string
  timestamp: number
  properties: Properties
  set: Properties
  setOnce?: Properties
  otherId?: string
  accounts?: Record<string, string> | undefined
  /** The JSON texts of a group's items, and the property that holds them. */
  items?: { property: string; texts: readonly string[] } | undefined
}

/** The JSON text of a `CapturedEvent`. Items are text already: a group of rows keeps them so, for it takes least room. */
export function eventText({ items, set, setOnce = {}, accounts, properties, ...event }: EventParts): string {
  const written = JSON.stringify(properties)
  const comma = written === '{}' ? '' : ','
  const whole = items === undefined ? written : `${written.slice(0, -1)}${comma}${JSON.stringify(items.property)}:[${items.texts.join(',')}]}`
  const setText = objectText('set', set) + objectText('setOnce', setOnce) + objectText('groups', accounts ?? {})
  return `${JSON.stringify(event).slice(0, -1)},"properties":${whole}${setText}}`
}

function objectText(name: string, value: Properties): string {
  return Object.keys(value).length === 0 ? '' : `,"${name}":${JSON.stringify(value)}`
}

/** Names and values side by side; what has no value is left out. */
export function named(names: readonly string[], values: readonly (JsonValue | undefined)[]): Properties {
  const properties: Properties = {}
  for (const [index, name] of names.entries()) {
    const value = values[index]
    if (value !== undefined) properties[name] = value
  }
  return properties
}
