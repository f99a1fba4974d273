import type { TraitType, TraitValue } from '@kindred/model'
import { formatDateTime, formatMoney, formatNumber } from '../app/format.ts'

export const traitTypeWords: Record<TraitType, string> = { number: 'Number', text: 'Text', date: 'Date', list: 'List' }

/** Those that come with the product and are amounts of the project's money. */
const amounts: ReadonlySet<string> = new Set([
  'total_spent',
  'average_order_value',
  'average_spend_per_month',
  'average_spend_per_quarter',
  'average_spend_per_year',
  'open_cart_value',
])

export const isAmount = (name: string) => amounts.has(name)

interface TraitReading {
  zone: string | undefined
  currency: string | undefined
}

/** A trait's value as a reader writes it. */
export function traitValueWords({ name, type, value }: Pick<TraitValue, 'name' | 'type' | 'value'>, { zone, currency }: TraitReading): string {
  if (value === null) return 'not known'
  if (Array.isArray(value)) return value.join(', ')
  if (type === 'date') return formatDateTime(Number(value), zone)
  if (typeof value !== 'number') return value
  return currency !== undefined && isAmount(name) ? formatMoney(value, currency) : formatNumber(value)
}
