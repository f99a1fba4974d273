import type { JsonValue } from './event.ts'

/**
 * The value table: how a property's value reads as text, as a number and as a list. This file is the reference reading; the
 * engine's SQL (`engine/src/property.ts`) is held to it by vectors and by random values. The grammars are RE2 text, because
 * both sides use the very same.
 */

/** A stored value. `bigint` is an integer that a JavaScript number cannot hold; `undefined` a property that is not there. */
export type Value = JsonValue | bigint | undefined

/** A number in text is what JSON calls a number: `12`, `-0.5`, `1e3`; not ` 12`, `+5`, `007`, `0x1A`, `inf`, `nan`. */
export const numberGrammar = '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$'
/** Integers in text are compared exactly up to this many digits; longer ones as 64-bit floating point. */
export const integerGrammar = '^-?(0|[1-9][0-9]{0,17})$'

const numberInText = new RegExp(numberGrammar)
const integerInText = new RegExp(integerGrammar)

/** `null` and the empty string are missing; `false`, `0` and an empty list are not. An object exists when something is in it. */
export function valueExists(value: Value): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || Array.isArray(value) || Object.values(value).some(isStored)
}

/** The store keeps paths to leaves: an object without any leaf leaves nothing behind. */
function isStored(value: JsonValue): boolean {
  if (value === null) return false
  return typeof value !== 'object' || Array.isArray(value) || Object.values(value).some(isStored)
}

/**
 * The text form: a text itself; numbers and booleans as JSON writes them (`1e21`, `1e-7`, and `0` for −0). null where the value is
 * missing, or a list or an object: those have no text.
 */
export function textOf(value: Value): string | null {
  if (value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value).replace('e+', 'e')
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return null
}

/** A number, or a text that is one by the grammar and fits 64-bit floating point. Booleans are not numbers. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string' || !numberInText.test(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** The exact integer, where the value is one: a stored integer, or a text of at most 18 digits. */
export function integerOf(value: Value): bigint | null {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null
  return typeof value === 'string' && integerInText.test(value) ? BigInt(value) : null
}

/** The texts of a list's items; items without text are left out. A single value is a list of one. */
export function listOf(value: Value): string[] {
  const items = Array.isArray(value) ? value : [value]
  return items.map(textOf).filter((text) => text !== null)
}
