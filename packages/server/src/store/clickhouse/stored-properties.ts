import type { JsonValue, Properties } from '@kindred/model'
import { parseJson } from '../../capture/json.ts'

/** The properties in the JSON text of the catalog. Whole numbers beyond 2^53 become text, since a reply in JSON could not hold them. */
export function readProperties(text: string): Properties {
  return restore(parseJson(text) as Properties, (key) => key)
}

/** The same from a column of the store, which writes a dot inside a key as %2E, and a null for each typed path that is absent. */
export function readStoredProperties(text: string): Properties {
  return restore(parseJson(text) as Properties, storedKey)
}

/** One value of the store in JSON text. */
export function readStoredValue(text: string | null): JsonValue {
  return text === null ? null : restoreValue(parseJson(text), storedKey)
}

type ReadKey = (key: string) => string
const storedKey: ReadKey = (key) => key.replaceAll('%2E', '.')

function restore(properties: Properties, readKey: ReadKey): Properties {
  const present = Object.entries(properties).filter(([, value]) => value !== null)
  return Object.fromEntries(present.map(([key, value]) => [readKey(key), restoreValue(value, readKey)]))
}

function restoreValue(value: JsonValue | bigint, readKey: ReadKey): JsonValue {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map((item) => restoreValue(item, readKey))
  return typeof value === 'object' && value !== null ? restore(value, readKey) : value
}
