/**
 * Numbers, money, dates and lengths of time as the reader writes them. `locale` is for tests; left out, it is the browser's.
 * Times are epoch milliseconds; `zone` is an IANA name, left out: the reader's own.
 */
type Locale = string | undefined

/** Making a format takes far longer than using it, and lists use the same few many times. */
function remembered<Options, Format>(make: (locale: Locale, options: Options) => Format): (locale: Locale, options: Options) => Format {
  const made = new Map<string, Format>()
  return (locale, options) => {
    const key = JSON.stringify([locale, options])
    const format = made.get(key) ?? make(locale, options)
    made.set(key, format)
    return format
  }
}
const numberFormat = remembered((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
export const dateFormat = remembered((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options))

export const formatNumber = (value: number, locale?: Locale) => numberFormat(locale, { maximumFractionDigits: 2 }).format(value)

/** 12,300 as 12.3K: for places where the exact number stands nearby. */
export const formatCompact = (value: number, locale?: Locale) => numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)

/** `share` of 1 as a percentage; a share that is not 0 never reads as 0 %. */
export function formatPercent(share: number, locale?: Locale): string {
  const small = share > 0 && share < 0.001
  const text = numberFormat(locale, { style: 'percent', maximumFractionDigits: share !== 0 && Math.abs(share) < 0.1 ? 1 : 0 }).format(small ? 0.001 : share)
  return small ? `< ${text}` : text
}

export function formatMoney(amount: number, currency: string, locale?: Locale): string {
  return numberFormat(locale, { style: 'currency', currency }).format(amount)
}

/** Without cents, for large sums beside which they say nothing. */
export const formatWholeMoney = (amount: number, currency: string, locale?: Locale) =>
  numberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)

export const formatDate = (at: number, zone?: string, locale?: Locale) => dateFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(at)

export const formatDateTime = (at: number, zone?: string, locale?: Locale) =>
  dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at)

export const formatTime = (at: number, zone?: string, locale?: Locale) => dateFormat(locale, { timeStyle: 'medium', timeZone: zone }).format(at)

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** `3 min. ago`, `yesterday`, `1 mo. ago`, `now`. Words such as "last month" are left out: they may mean yesterday. */
export function formatRelative(at: number, now: number = Date.now(), locale?: Locale): string {
  const seconds = Math.trunc((at - now) / 1000)
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale, { numeric: unit === 'day' || unit === 'second' ? 'auto' : 'always', style: 'short' }).format(
    Math.trunc(seconds / size),
    unit,
  )
}

/** A length of time in its two largest units: `1 h 4 min`, `12 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return whole % 60 && whole < 600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${minutes} min`
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`
}

export function formatBytes(bytes: number, locale?: Locale): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return numberFormat(locale, { style: 'unit', unit: units[power], unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: 1 }).format(
    bytes / 1000 ** power,
  )
}

/** The right word for a count, without the count: `plural(2, 'person', 'people')`. */
export const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)
