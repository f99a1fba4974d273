interface Choice {
  value: string
  label: string
}

/** Every time zone the browser knows, UTC first; `current` is in the list even where the browser does not know it. */
export function timezones(current: string): string[] {
  return [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])]
}

/** Every currency by code and name, the ones most shops use first. */
export function currencies(current: string, locale?: string): Choice[] {
  const names = new Intl.DisplayNames(locale ? [locale] : [...navigator.languages], { type: 'currency' })
  const codes = [...new Set([current, 'EUR', 'USD', 'GBP', ...Intl.supportedValuesOf('currency')])]
  return codes.map((code) => ({ value: code, label: `${code}, ${names.of(code) ?? code}` }))
}
