import { type JsonValue, type Properties, standardFieldNamed } from '@kindred/model'

/** What a standard field of accounts holds: the first of its sources with a value, countries and web domains in one form. */
export function accountField(name: string, properties: Properties): JsonValue | undefined {
  const field = standardFieldNamed(name)
  if (field === undefined) return properties[name]
  const found = field.sources.map((source) => properties[source]).find((value) => value !== undefined && value !== null && String(value).trim() !== '')
  if (typeof found !== 'string') return found
  const text = found.trim()
  if (name === 'standard.account_country') return text.length === 2 ? new Intl.DisplayNames('en', { type: 'region' }).of(text.toUpperCase()) : text
  if (name === 'standard.account_domain') return new URL(text.includes('://') ? text : `http://${text}`).hostname.replace(/^www\./, '')
  return text
}
