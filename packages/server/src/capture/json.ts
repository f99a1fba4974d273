import type { JsonValue } from '@kindred/model'
import { parse as parseLossless, stringify as stringifyLossless } from 'lossless-json'

const smallestInteger = -(2n ** 63n)
const largestInteger = 2n ** 64n - 1n

/** A number that `JSON.parse` might change: sixteen digits or more without a fraction, or an exponent of three digits. (In a text it only costs time.) */
const delicateNumber = /(?:^|[:[,\s])-?(?:\d{16,}|\d+(?:\.\d+)?[eE]\+?\d{3,})\s*(?:[,\]}]|$)/

/**
 * JSON text to values, losing no digit of an integer: beyond 2^53 but within 64 bits it becomes a `bigint` (which `writeJson` writes as the number it
 * was), beyond 64 bits its text. Errors: SyntaxError; RangeError where it nests too deep.
 */
export function parseJson(text: string): JsonValue {
  checkNesting(text)
  return hasDelicateNumber(text) ? parseExactly(text) : JSON.parse(text)
}

/** So deep nothing that anyone means nests. */
const mostLevels = 200_000

/**
 * `JSON.parse` keeps some hundred bytes for each open bracket: twenty megabytes of nothing else, which are as many kilobytes packed, would take two gigabytes.
 * Errors: RangeError where a text nests deeper than anything that is meant.
 */
export function checkNesting(text: string): void {
  if (text.length <= mostLevels) return
  let levels = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfText(text, at)
    // A square bracket and a curly one differ by one bit.
    else if ((code | 32) === openingBracket) levels += 1
    else if ((code | 32) === closingBracket) levels -= 1
    if (levels > mostLevels) throw new RangeError(`it nests deeper than ${mostLevels.toLocaleString('en')} levels`)
  }
}

const [quote, openingBracket, closingBracket] = [34, 123, 125]

/** Where the text that begins with a quote ends; the end of all where it does not. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/** Whether `JSON.parse` might change a number of the text. */
export function hasDelicateNumber(text: string): boolean {
  return delicateNumber.test(text)
}

/** `parseJson` of a text that has a delicate number. */
export function parseExactly(text: string): JsonValue {
  return parseLossless(text, null, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue }) as JsonValue
}

/** JSON text of `value`; a `bigint` is written as a number. Errors: RangeError where it nests too deep. */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // JSON.stringify knows no bigint; the lossless writer does, but is slower.
    if (error instanceof TypeError) return stringifyLossless(value) ?? 'null'
    throw error
  }
}

/** A pair of surrogates, which is one character, or whatever else is beyond ASCII. */
const beyondAscii = /[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g

/**
 * The same JSON text in ASCII: one byte for each character, so that it is written to bytes and read from them by copying. Escapes are in capitals, but for half
 * of a pair alone, which `JSON.stringify` writes in small letters too: so it is still told from a whole one by its escape.
 */
export function asciiJson(text: string): string {
  return text.replace(beyondAscii, escaped)
}

function escaped(character: string): string {
  const codes = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  const isHalf = character.length === 1 && /[\ud800-\udfff]/.test(character)
  return codes.map((code) => `\\u${isHalf ? code : code.toUpperCase()}`).join('')
}

function exactNumber(text: string): unknown {
  const number = Number(text)
  if (!Number.isFinite(number)) return text
  if (!/^-?\d+$/.test(text) || Number.isSafeInteger(number)) return number
  const integer = BigInt(text)
  return integer >= smallestInteger && integer <= largestInteger ? integer : text
}
