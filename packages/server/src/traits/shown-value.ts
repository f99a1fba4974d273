import type { TraitType, TraitValue } from '@kindred/model'

/** A value as the API gives it, of the JSON that the store answers: 64-bit integers, dates among them, come as text there. */
export function shownValue(type: TraitType, json: string): TraitValue['value'] {
  const value: unknown = JSON.parse(json)
  if (value === null) return null
  if (type === 'list') return Array.isArray(value) && value.length > 0 ? value.map(String) : null
  return type === 'text' ? String(value) : Number(value)
}
