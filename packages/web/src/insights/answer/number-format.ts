import type { NumberFormat, Roles, TrendsQuery } from '@kindred/model'
import { needsProperty } from '../question/words.ts'

const moneyNames = /(^|_)(price|revenue|amount|value|total|spent|cost|discount|tax|shipping)$/i

/** How a row's numbers are written: as chosen, else money where a money property is measured. */
export function kindOfRow(row: { index: number; formula: boolean }, query: TrendsQuery, roles: Roles): NumberFormat {
  if (query.format !== undefined) return query.format
  if (row.formula) return 'number'
  const series = query.series[row.index]
  if (series?.property === undefined || !needsProperty(series.measure)) return 'number'
  return series.property === roles.properties.value || moneyNames.test(series.property) ? 'money' : 'number'
}

export interface NumberWriter {
  /** In full: `€5,239,240.56`. */
  full: (value: number) => string
  /** For an axis or a narrow cell: `€5.2M`. */
  short: (value: number) => string
}

/** Writers of one kind in the reader's locale; `undefined` is the locale of the browser. */
export function numberWriter(kind: NumberFormat, currency: string, locale?: string): NumberWriter {
  const options = optionsOf(kind, currency)
  const full = new Intl.NumberFormat(locale, options)
  const short = new Intl.NumberFormat(locale, { ...options, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 })
  const tiny = new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: 0, maximumFractionDigits: undefined, maximumSignificantDigits: 3 })
  const small = (value: number) => kind !== 'money' && value !== 0 && Math.abs(value) < (kind === 'percent' ? 0.001 : 0.01)
  return {
    full: (value) => (small(value) ? tiny : full).format(value),
    // The steps of an axis below 1 differ in their second digit.
    short: (value) => (small(value) || (kind === 'number' && value !== 0 && Math.abs(value) < 1) ? tiny : short).format(value),
  }
}

function optionsOf(kind: NumberFormat, currency: string): Intl.NumberFormatOptions {
  if (kind === 'money') return { style: 'currency', currency }
  if (kind === 'percent') return { style: 'percent', maximumFractionDigits: 1 }
  return { maximumFractionDigits: 2 }
}

export interface Change {
  /** The difference as a part of what was; null where nothing was. */
  part: number | null
  direction: 'up' | 'down' | 'same'
}

export function changeBetween(now: number, before: number): Change {
  const direction = now > before ? 'up' : now < before ? 'down' : 'same'
  return { part: before === 0 ? null : (now - before) / Math.abs(before), direction }
}

/** `▲ 12.5 %`; `new` where nothing was before. */
export function changeWords({ part, direction }: Change, locale?: string): string {
  if (direction === 'same') return 'no change'
  const arrow = direction === 'up' ? '▲' : '▼'
  if (part === null) return `${arrow} from none`
  return `${arrow} ${new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(Math.abs(part))}`
}
