import { isItemList, itemMark } from '@kindred/engine'
import type { JsonValue, Properties } from '@kindred/model'
import { parseJson, writeJson } from '../../capture/json.ts'

/** The properties in the JSON text of the catalog. Whole numbers beyond 2^53 become text, since a reply in JSON could not hold them. */
export function readProperties(text: string): Properties {
  return restore(parseJson(text) as Properties, asItIs)
}

/** The same from a column of the store, as `storedProperties` made it, with a dot inside a key as %2E and a null for each typed path that is absent. */
export function readStoredProperties(text: string): Properties {
  return restore(parseJson(text) as Properties, asStored)
}

/** One value of the store in JSON text. */
export function readStoredValue(text: string | null): JsonValue {
  return text === null ? null : restoreValue(parseJson(text), asStored)
}

/** Properties in the form that the store's column gets them: see `itemMark`. */
export function storedProperties(properties: Properties): Properties {
  return changed(properties, (value, name) => storedProperty(name, value))
}

/** One of them. Most values are plain and stay what they are. */
export function storedProperty(name: string, value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value) && isItemList(name)) {
    if (value.every(isObject)) return value.map(storedObject)
    // Beside lists of objects that come in with them, the store would take these nulls for empty objects.
    if (value.every((item) => item === null)) return value.map(() => `${itemMark}null`)
  }
  return storedValue(value)
}

const isObject = (value: JsonValue): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value)

function storedValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.some(needsMark) ? value.map((item) => (needsMark(item) ? itemMark + writeJson(asText(item)) : item)) : value
  return isObject(value) ? storedObject(value) : value
}

function storedObject(object: Properties): Properties {
  return changed(object, storedValue)
}

/** The object itself where no value of it changes. */
function changed(object: Properties, change: (value: JsonValue, name: string) => JsonValue): Properties {
  let copy: Properties | undefined
  for (const name in object) {
    const value = object[name] ?? null
    const stored = change(value, name)
    if (stored === value) continue
    copy ??= { ...object }
    copy[name] = stored
  }
  return copy ?? object
}

const needsMark = (item: JsonValue): boolean => (typeof item === 'string' ? item.startsWith(itemMark) : typeof item === 'object' && item !== null)

/** What the store makes of a value elsewhere, which it does not within a text: dots of keys, nothing for a null or an empty object, numbers that no float holds. */
function asText(value: JsonValue | bigint): JsonValue {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' && needsMark(item) ? itemMark + writeJson(item) : asText(item)))
  if (!isObject(value)) return value
  const kept = Object.entries(value).map(([key, inner]) => [key.replaceAll('.', '%2E'), asText(inner)] as const)
  return Object.fromEntries(kept.filter(([, inner]) => inner !== null && !(isObject(inner) && Object.keys(inner).length === 0)))
}

/** How keys and items of lists are read. */
interface Reading {
  key: (key: string) => string
  item: (item: JsonValue) => JsonValue
}
const asItIs: Reading = { key: (key) => key, item: (item) => item }
const asStored: Reading = { key: (key) => key.replaceAll('%2E', '.'), item: unmarked }

function unmarked(item: JsonValue): JsonValue {
  if (typeof item !== 'string' || !item.startsWith(itemMark)) return item
  try {
    return parseJson(item.slice(itemMark.length))
  } catch {
    // From before there was a mark: a text that happens to begin like one.
    return item
  }
}

function restore(properties: Properties, reading: Reading): Properties {
  const present = Object.entries(properties).filter(([, value]) => value !== null)
  return Object.fromEntries(present.map(([key, value]) => [reading.key(key), restoreValue(value, reading)]))
}

function restoreValue(value: JsonValue | bigint, reading: Reading): JsonValue {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map((item) => restoreValue(reading.item(item), reading))
  return typeof value === 'object' && value !== null ? restore(value, reading) : value
}
