import { writeJson } from './json.ts'

/** A list or an object that is being written: its entries, and how many are done. */
interface Level {
  entries: [key: string | null, value: unknown][]
  next: number
}

/** JSON text of a value, however deep it nests. */
export function writeAnyJson(value: unknown): string {
  try {
    return writeJson(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return writeDeepJson(value)
  }
}

/** `JSON.stringify` needs a frame of the stack for each level; this does not. Slow: for what is set aside only. */
function writeDeepJson(value: unknown): string {
  const text: string[] = []
  const levels: Level[] = []
  open(value)
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const entry = level.entries[level.next]
    if (entry === undefined) {
      text.push(level.entries[0]?.[0] === null ? ']' : '}')
      levels.pop()
      continue
    }
    if (level.next > 0) text.push(',')
    level.next += 1
    if (entry[0] !== null) text.push(JSON.stringify(entry[0]), ':')
    open(entry[1])
  }
  return text.join('')

  function open(inner: unknown): void {
    if (typeof inner === 'bigint') text.push(String(inner))
    else if (typeof inner !== 'object' || inner === null) text.push(JSON.stringify(inner) ?? 'null')
    else if (Object.keys(inner).length === 0) text.push(Array.isArray(inner) ? '[]' : '{}')
    else {
      text.push(Array.isArray(inner) ? '[' : '{')
      levels.push({ entries: Array.isArray(inner) ? inner.map((each) => [null, each]) : Object.entries(inner), next: 0 })
    }
  }
}

/** The texts of the elements of a list in JSON text, which is known to be well formed. */
export function elementTexts(text: string): string[] {
  const texts: string[] = []
  let [depth, from, isText] = [0, text.indexOf('[') + 1, false]
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (isText) {
      if (sign === '\\') at += 1
      else if (sign === '"') isText = false
    } else if (sign === '"') isText = true
    else if (sign === '{' || sign === '[') depth += 1
    else if (depth > 0 && (sign === '}' || sign === ']')) depth -= 1
    else if (depth === 0 && (sign === ',' || sign === ']')) {
      texts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return texts.filter((each) => each.trim() !== '')
}
