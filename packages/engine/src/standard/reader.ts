import type { Textless } from '../context.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** What the readings of standard fields need of raw properties. */
export interface RawReader {
  /** Dynamic: the value at a path of keys. */
  value(path: readonly string[]): Sql
  /** Array(String): the texts of a list's items, of a single value a list of one. */
  list(path: readonly string[]): Sql
  /** Nullable(Int64), epoch milliseconds, of a Nullable(String). */
  dateOf(text: Sql): Sql
  /** Whether anybody may have a value at the path. */
  has(path: readonly string[]): boolean
  /** The moment that ages and seasons are told at, and the project's zone. */
  clock: Clock
}

/** Epoch milliseconds, and an IANA zone. */
export interface Clock {
  now: number
  timezone: string
}

/** What a property of a person or an account is read by, besides the row. `personNames`, `textless`: as in the context of a question; of people alone. */
export interface ReadBy extends Clock {
  personNames?: ReadonlySet<string> | undefined
  textless?: Textless | undefined
}

/** A name of a source as the keys that lead to its value: a dot leads into an object. */
export function pathOf(source: string): string[] {
  return source.split('.')
}

/** String: the first of these properties that has a text, a number or a boolean, without spaces around it; '' where none has. */
export function firstText(sources: readonly string[], reader: RawReader): Sql {
  // A country alone has some thirty sources, and a project one or two of them: planning the others takes longer than reading these.
  const paths = sources.map(pathOf).filter((path) => reader.has(path))
  if (paths.length === 0) return raw(`''`)
  const texts = paths.map((path) => sql`trim(ifNull(toString(${reader.value(path)}), ''))`)
  // A list's text is JSON; a text that only begins like one is kept.
  return sql`arrayFirst(t -> notEmpty(t) and not (startsWith(t, '[') and isValidJSON(t)), [${join(texts, ', ')}])`
}

/** String: what a text is called by a list of pairs; itself where the list does not have it, or `otherwise`. */
export function renamed(text: Sql, pairs: readonly (readonly [string, string])[], otherwise: Sql): Sql {
  const [from, to] = [0, 1].map((side) =>
    bind(
      'Array(String)',
      pairs.map((pair) => pair[side] ?? ''),
    ),
  ) as [Sql, Sql]
  return sql`transform(${text}, ${from}, ${to}, ${otherwise})`
}

/** `body` with a value under a name, so that a long expression is written, read and computed once however often it is used. */
export function withValue(name: string, value: Sql, body: (value: Sql) => Sql): Sql {
  return sql`arrayMap(${raw(name)} -> ${body(raw(name))}, [${value}])[1]`
}

/** Nullable(String) of a String whose '' means nothing. */
export function orNothing(text: Sql): Sql {
  return sql`nullIf(${text}, '')`
}
