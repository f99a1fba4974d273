import type { TraitType, TraitValue } from '@kindred/model'
import { formatDateTime, formatNumber } from '../app/format.ts'

export const traitTypeWords: Record<TraitType, string> = { number: 'Number', text: 'Text', date: 'Date', list: 'List' }

/** A trait's value as a reader writes it. */
export function traitValueWords(type: TraitType, value: TraitValue['value'], zone: string | undefined): string {
  if (value === null) return 'not known'
  if (Array.isArray(value)) return value.join(', ')
  if (type === 'date') return formatDateTime(Number(value), zone)
  return typeof value === 'number' ? formatNumber(value) : value
}
