import type { Draw } from './random.ts'

type Holder = Record<string, unknown> | unknown[]

/** Stands for a number in JSON text that no number of JavaScript is written as. */
const rawNumbers = ['1e999', '-1e400', '9007199254740993', '18446744073709551616', '123456789012345678901234567890', '0.1e-400', '-0', '1E5']
const rawMark = '\u0001raw:'
export const rawForm = /"\\u0001raw:([^"]*)"/g

const keys = [
  '',
  ' ',
  '.',
  'a.b',
  'a%2Eb',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '\u0000',
  '\ud800',
  '`',
  "'",
  '"',
  '\\',
  ':Int64',
  'é',
  '😀',
  '0',
  '-1',
  '$set',
  'distinct_id',
  'event',
  'uuid',
  'timestamp',
  'token',
  'properties',
  'batch',
]
const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  'nan',
  'inf',
  '1e5',
  '2024-01-01',
  '9999-12-31T23:59:59Z',
  '-000001-01-01',
  "'; drop table events --",
  '../../etc/passwd',
  '<script>',
  '\u2028',
  '\ufeff',
  '%00',
  '{"a":1}',
  'not a uuid',
  'undefined',
  '0001-01-01T00:00:00Z',
]

/** One change somewhere in a parsed body, which is changed in place: types swapped, keys renamed, values of the worst kind, lists doubled. */
export function changeValue(draw: Draw, body: unknown): void {
  const holder = somewhere(draw, body)
  if (holder === undefined) return
  const places = Object.keys(holder)
  const place = places.length === 0 ? '' : draw.one(places)
  const change = draw.below(8)
  if (change <= 3) set(holder, place, worst(draw))
  else if (change === 4) remove(holder, place)
  else if (change === 5) rename(holder, place, draw.chance(0.05) ? 'k'.repeat(10_000) : draw.one(keys))
  else if (change === 6) set(holder, draw.one(keys), worst(draw))
  else if (Array.isArray(holder)) holder.push(holder[draw.below(holder.length)])
  else set(holder, place, [get(holder, place)])
}

const deep = [3, 30, 63, 64, 65, 200]
/** Seldom: to write one takes as long as hundreds of others, since at each level all levels above are looked at. */
const veryDeep = [1000, 3000, 6000, 20_000]

function worst(draw: Draw): unknown {
  const kind = draw.below(14)
  if (kind <= 2) return draw.one(texts)
  if (kind === 3) return `${rawMark}${draw.one(rawNumbers)}`
  if (kind === 4) return draw.one([null, true, false, 0, -1, 1.5, 2 ** 53, 1e21, -1e300, 5e-324, Number.MAX_VALUE])
  if (kind === 5) return draw.one([[], {}, [[]], [{}], [null], [1, 'a', true, null, { a: [] }]])
  if (kind === 6) return nested(draw.one(draw.chance(0.1) ? veryDeep : deep), draw.chance(0.5))
  if (kind === 7) return Object.fromEntries(draw.one([keys, ['toString'], ['__proto__', 'length']]).map((key) => [key, draw.one(texts)]))
  if (kind === 8 && draw.chance(0.05)) return 'x'.repeat(draw.one([1000, 100_000, 1_100_000]))
  if (kind === 9 && draw.chance(0.2)) return Array.from({ length: 300 }, (_, index) => ({ [`name ${draw.below(100)}`]: index }))
  if (kind === 10) return draw.one([1e12, 1_700_000_000, 1_700_000_000_000, -62_135_596_800_000, 8.64e15, 8.64e15 + 1])
  return JSON.parse(
    draw.one(['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1,"valueOf":2}', '"x"', '{"length":9}']),
  )
}

function nested(depth: number, isList: boolean): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = isList ? [value] : { a: value }
  return value
}

/** A list or an object of the body, chosen by a walk down from its top. */
function somewhere(draw: Draw, body: unknown): Holder | undefined {
  let holder = isHolder(body) ? body : undefined
  while (holder !== undefined && draw.chance(0.75)) {
    const inner: Holder[] = Object.values(holder).filter(isHolder)
    if (inner.length === 0) break
    holder = draw.one(inner)
  }
  return holder
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null
}
function get(holder: Holder, place: string): unknown {
  return (holder as Record<string, unknown>)[place]
}
/** Assigned, `__proto__` would change what the object is. */
function set(holder: Holder, place: string, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(place) || 0] = value
  else Object.defineProperty(holder, place, { value, enumerable: true, configurable: true, writable: true })
}
function remove(holder: Holder, place: string): void {
  if (Array.isArray(holder)) holder.splice(Number(place) || 0, 1)
  else delete holder[place]
}
function rename(holder: Holder, place: string, to: string): void {
  const value = get(holder, place)
  remove(holder, place)
  set(holder, to, value)
}
