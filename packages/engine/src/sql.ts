/**
 * SQL as fragments with bound values. Text comes only from template literals in this package; a user's value is always a
 * `bind`, and a user's property key goes through `propertyPath` (property.ts), the one place that escapes a name.
 */
export type ClickHouseType =
  | 'String'
  | 'Float64'
  | 'Int64'
  | 'UInt32'
  | 'UInt64'
  | 'UInt8'
  | 'Array(String)'
  | 'Array(UInt64)'
  | 'Array(Float64)'
  | 'Array(Int64)'
  | 'UUID'
  | 'Array(UUID)'
export type BoundValue = string | number | bigint | readonly (string | number | bigint)[]

interface Bound {
  readonly type: ClickHouseType
  readonly value: BoundValue
}
type Chunk = string | Bound | Sql

export interface Sql {
  readonly chunks: readonly Chunk[]
}
/** A query ready to run: text with `{p0:String}` placeholders, and their values. */
export interface RenderedSql {
  readonly text: string
  readonly params: Readonly<Record<string, BoundValue>>
}

/** sql`select ${column} from t where x = ${bind('String', value)}`: only fragments may be placed in the text. */
export function sql(texts: TemplateStringsArray, ...fragments: readonly Sql[]): Sql {
  const chunks: Chunk[] = []
  texts.forEach((text, index) => {
    chunks.push(text)
    const fragment = fragments[index]
    if (fragment !== undefined) chunks.push(fragment)
  })
  return { chunks }
}

/** A value that travels beside the text. */
export function bind(type: ClickHouseType, value: BoundValue): Sql {
  // Floats travel as text: the client refuses whole numbers beyond 2^53, which a float may well be.
  return { chunks: [{ type, value: type === 'Float64' ? String(value) : value }] }
}

/** Text that is already safe SQL: a literal of this package, or an escaped name. Never a user's string. */
export function raw(text: string): Sql {
  return { chunks: [text] }
}

/** Fragments with a separator between them; `empty` where there are none. */
export function join(parts: readonly Sql[], separator: string, empty = ''): Sql {
  if (parts.length === 0) return raw(empty)
  return { chunks: parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])) }
}

/** The text with numbered placeholders. One value bound twice is sent twice: fragments stay independent. */
export function render(statement: Sql): RenderedSql {
  const params: Record<string, BoundValue> = {}
  const texts: string[] = []
  const write = (fragment: Sql): void => {
    for (const chunk of fragment.chunks) {
      if (typeof chunk === 'string') texts.push(chunk)
      else if ('chunks' in chunk) write(chunk)
      else {
        const name = `p${Object.keys(params).length}`
        params[name] = chunk.value
        texts.push(`{${name}:${chunk.type}}`)
      }
    }
  }
  write(statement)
  return { text: texts.join(''), params }
}
