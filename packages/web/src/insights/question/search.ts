import { type TrendsInput, type TrendsQuery, trendsQuerySchema } from '@kindred/model'

/**
 * The question in the address: one short parameter for each part, left out where it holds the default, so that back,
 * reload and sharing work and a person can read it:
 * `?series=[{"event":{"role":"order"},"measure":"people"}]&by={"of":"person","property":"country"}&from=-30d&display=map`
 */
export interface InsightSearch {
  series?: TrendsInput['series']
  formulas?: string[]
  by?: TrendsInput['breakdown']
  filters?: TrendsInput['filters']
  from?: string
  to?: string
  interval?: TrendsQuery['interval']
  display?: TrendsQuery['display']
  cumulative?: true
  smoothing?: number
  compare?: string
  format?: TrendsQuery['format']
}

export function writeSearch(query: TrendsQuery): InsightSearch {
  const { series, formulas, breakdown, filters, range, interval, display, cumulative, smoothing, compare, format } = query
  return {
    series: series.map(({ measure, filters: own, ...rest }) => ({
      ...rest,
      ...(measure === 'total' ? {} : { measure }),
      ...(own.length > 0 ? { filters: own } : {}),
    })),
    ...(formulas.length > 0 ? { formulas } : {}),
    ...(breakdown === undefined ? {} : { by: withoutDefaults(breakdown) }),
    ...(filters.length > 0 ? { filters } : {}),
    ...(range.from === undefined ? {} : { from: range.from }),
    ...(range.to === undefined ? {} : { to: range.to }),
    ...(interval === 'day' ? {} : { interval }),
    ...(display === 'line' ? {} : { display }),
    ...(cumulative ? { cumulative: true as const } : {}),
    ...(smoothing === undefined ? {} : { smoothing }),
    ...(compare === undefined ? {} : { compare: compare.to }),
    ...(format === undefined ? {} : { format }),
  }
}

/** The question of an address; null where there is none, and an error in words where it cannot be read. */
export function readSearch(search: Record<string, unknown>): { query: TrendsQuery } | { error: string } | null {
  if (search.series === undefined) return null
  const { series, formulas, by, filters, from, to, interval, display, cumulative, smoothing, compare, format } = search
  const parsed = trendsQuerySchema.safeParse({
    series,
    formulas,
    breakdown: by,
    filters,
    range: { from: textOf(from), to: textOf(to) },
    interval,
    display,
    cumulative,
    smoothing,
    compare: compare === undefined ? undefined : { to: textOf(compare) },
    format,
  })
  if (parsed.success) return { query: parsed.data }
  const parts = [...new Set(parsed.error.issues.map(({ path: [part] }) => partWords[String(part)] ?? String(part)))]
  return {
    error: `It does not say ${new Intl.ListFormat('en-GB').format(parts)} in a way that can be read; the link may have been cut. The page shows the question it opens on.`,
  }
}

/** What the parts of a question are called where they are chosen. */
const partWords: Readonly<Record<string, string>> = {
  series: 'what is counted',
  formulas: 'the formulas',
  breakdown: 'what it is broken down by',
  filters: 'the filters',
  range: 'the dates',
  interval: 'the interval',
  display: 'how it is shown',
  compare: 'what it is compared with',
  format: 'how numbers are written',
}

/** A value such as `2024` is read from an address as a number. */
const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)

function withoutDefaults(breakdown: NonNullable<TrendsQuery['breakdown']>): NonNullable<TrendsInput['breakdown']> {
  if ('segments' in breakdown) return breakdown
  const { limit, hideOther, ...rest } = breakdown
  return { ...rest, ...(limit === 25 ? {} : { limit }), ...(hideOther ? { hideOther } : {}) }
}
