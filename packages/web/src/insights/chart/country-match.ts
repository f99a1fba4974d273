import countries from 'i18n-iso-countries'
import english from 'i18n-iso-countries/langs/en.json'

countries.registerLocale(english)

/** Names that shops and programs write and the ISO list lacks. */
const alsoCalled: Record<string, string> = {
  eire: 'IE',
  rsa: 'ZA',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  burma: 'MM',
  'ivory coast': 'CI',
  'czech republic': 'CZ',
  macedonia: 'MK',
  swaziland: 'SZ',
  'cape verde': 'CV',
  'south korea': 'KR',
  'hong kong sar china': 'HK',
}

/** The two-letter code of a country given as a code of two or three letters, a numeric code or a name; null where it is none. */
export function countryOf(value: string): string | null {
  const text = value.trim()
  const known = alsoCalled[text.toLowerCase()]
  if (known !== undefined) return known
  if (/^\d{1,3}$/.test(text)) return countries.numericToAlpha2(text.padStart(3, '0')) ?? null
  if (/^[A-Za-z]{2}$/.test(text) && countries.isValid(text.toUpperCase())) return text.toUpperCase()
  if (/^[A-Za-z]{3}$/.test(text) && countries.isValid(text.toUpperCase())) return countries.alpha3ToAlpha2(text.toUpperCase()) ?? null
  return countries.getAlpha2Code(text, 'en') ?? countries.getSimpleAlpha2Code(text, 'en') ?? null
}

/** The code of a shape of the world atlas, which names them by their numeric code. */
export const countryOfShape = (id: string | number | undefined): string | null =>
  id === undefined ? null : (countries.numericToAlpha2(String(id).padStart(3, '0')) ?? null)

/** A country's name in the reader's language. */
export function countryName(code: string, locale?: string): string {
  return new Intl.DisplayNames(locale ?? navigatorLocale(), { type: 'region', fallback: 'code' }).of(code) ?? code
}

const navigatorLocale = (): string => (typeof navigator === 'undefined' ? 'en' : navigator.language)
