import type { PersonRow } from '@kindred/model'
import { formatNumber } from '../app/format.ts'

/** Where a person is, the surest source first: what was declared, then what the address told. */
export const countryKeys = ['country', 'shipping_country', 'billing_country', '$geoip_country_name', '$geoip_country_code']

/** The person's country in words; null where nothing tells. */
export function countryOf({ properties }: Pick<PersonRow, 'properties'>, locale?: string): string | null {
  for (const key of countryKeys) {
    const value = properties[key]
    if (typeof value === 'string' && value !== '') return countryName(value, locale)
  }
  return null
}

/** A two-letter code as the country's name in the reader's language; anything else stays as it is. */
export function countryName(code: string, locale?: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  try {
    return new Intl.DisplayNames(locale ? [locale] : [...navigator.languages], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

/** A property's value as text: lists with commas, groups of fields as JSON, yes and no for truth. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map(shownValue).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** Numbers that count nothing: their digits are no thousands. */
const notCounted = /id$|code|zip|postal|phone|year|number/i

/** A property's value as a reader writes it: a country's code with its name, large amounts with their thousands. */
export function shownFact(key: string, value: unknown, locale?: string): string {
  if (typeof value === 'string' && countryKeys.includes(key) && countryName(value, locale) !== value) return `${countryName(value, locale)} (${value})`
  if (typeof value === 'number' && Math.abs(value) >= 10_000 && !notCounted.test(key)) return formatNumber(value, locale)
  return shownValue(value)
}
