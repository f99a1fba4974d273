import type { JsonValue } from '@kindred/model'
import type { NumberedRow } from './stage.ts'

export function spilled({ number, line, cells, raw }: NumberedRow): JsonValue {
  return [number, line, raw, [...cells]]
}

/** What `spilled` made, as read from our own file. */
export function unspilled(value: JsonValue): NumberedRow {
  const [number, line, raw, cells] = value as [number, number, string, JsonValue[]]
  return { number, line, raw, cells }
}
