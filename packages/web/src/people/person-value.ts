import type { PersonRow } from '@kindred/model'

/** Where a person is, the surest source first: what was declared, then what the address told. */
const countryKeys = ['country', 'shipping_country', 'billing_country', '$geoip_country_name', '$geoip_country_code']

/** The person's country in words; null where nothing tells. */
export function countryOf({ properties }: Pick<PersonRow, 'properties'>, locale?: string): string | null {
  for (const key of countryKeys) {
    const value = properties[key]
    if (typeof value === 'string' && value !== '') return /^[A-Z]{2}$/.test(value) ? countryName(value, locale) : value
  }
  return null
}

function countryName(code: string, locale?: string): string {
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
