import { parseJson } from '../capture/json.ts'

/** Keys of an event, in any form that one is kept in, whose value is an id of the person. */
const idKeys = /"(?:distinctId|otherId|distinct_id|alias|\$anon_distinct_id)":"((?:[^"\\]|\\.)*)"/g
const idKey = /^(?:distinctId|otherId|distinct_id|\$distinct_id|\$anon_distinct_id|alias|userId|anonymousId|previousId)$/
const personKey = /^(?:person_id|actor_id|from_id|to_id)$/
/** A shorter name is also a number or a word of others: it counts only where an id stands. */
const tellingLength = 5

/** Tells whether a text that was kept speaks of people who are deleted: by their ids, or by an e-mail address or telephone number. */
export class Named {
  readonly #names: ReadonlySet<string>
  readonly #folded: ReadonlySet<string>
  readonly #people: ReadonlySet<number>

  constructor(names: Iterable<string>, people: Iterable<number>) {
    this.#names = new Set(names)
    this.#folded = new Set([...this.#names].filter((name) => name.length >= tellingLength).map(fold))
    this.#people = new Set(people)
  }

  /** A quick look at many events in JSON text: false where none of them is of these people. */
  mayBeIn(text: string): boolean {
    if (text.includes('"reject":') || text.includes('"replay":')) return true
    for (const [, id = ''] of text.matchAll(idKeys)) {
      if (this.#names.has(id.includes('\\') ? (JSON.parse(`"${id}"`) as string) : id)) return true
    }
    return false
  }

  /** Whether one text (an event as JSON, a row of a file, a sentence) names any of them. */
  isIn(text: string): boolean {
    const value = read(text)
    if (value !== undefined && typeof value === 'object') return this.#isInValue(value, '')
    return text.split(/[,;\t|"'\s]+/).some((word) => this.#names.has(word) || this.#folded.has(fold(word))) || this.#holdsPhrase(text)
  }

  /** Whether a row for the store is of these people. */
  isRowOf(text: string): boolean {
    const row = read(text)
    return typeof row === 'object' && row !== null && Object.entries(row).some(([key, value]) => personKey.test(key) && this.#people.has(Number(value)))
  }

  #isInValue(value: unknown, key: string): boolean {
    if (Array.isArray(value)) return value.some((each) => this.#isInValue(each, key))
    if (typeof value === 'object' && value !== null) return Object.entries(value).some(([name, each]) => this.#isInValue(each, name))
    if (typeof value === 'number' && personKey.test(key) && this.#people.has(value)) return true
    const text = String(value)
    if (idKey.test(key) && this.#names.has(text)) return true
    if (this.#folded.has(fold(text))) return true
    // A body in a text, as the log keeps what it could not read.
    return typeof value === 'string' && key === 'body' && this.isIn(value)
  }

  /** Names with spaces are no single word of a row. */
  #holdsPhrase(text: string): boolean {
    const folded = fold(text)
    for (const name of this.#folded) if (/\s/.test(name) && folded.includes(name)) return true
    return false
  }
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}

function read(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
