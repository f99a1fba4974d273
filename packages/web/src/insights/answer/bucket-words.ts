import type { Bucket, Interval } from '@kindred/model'
import { dateFormat } from '../../app/format.ts'

/**
 * A bucket's name in the reader's words, from its label in the project's zone (`2026-03-31`, `2026-03-31 13:00:00`): the
 * browser's own zone plays no part.
 */
export function bucketWords({ label }: Pick<Bucket, 'label'>, interval: Interval, locale?: string): string {
  const at = new Date(`${label.slice(0, 10)}T${label.slice(11) || '00:00:00'}Z`)
  if (Number.isNaN(at.getTime())) return label
  const written = dateFormat(locale, { ...partsOf[interval], timeZone: 'UTC' }).format(at)
  return interval === 'week' ? `Week of ${written}` : written
}

/** A shorter name for an axis. */
export function axisWords({ label }: Pick<Bucket, 'label'>, interval: Interval, locale?: string): string {
  const at = new Date(`${label.slice(0, 10)}T${label.slice(11) || '00:00:00'}Z`)
  if (Number.isNaN(at.getTime())) return label
  return dateFormat(locale, { ...axisPartsOf[interval], timeZone: 'UTC' }).format(at)
}

const partsOf: Record<Interval, Intl.DateTimeFormatOptions> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

const axisPartsOf: Record<Interval, Intl.DateTimeFormatOptions> = {
  hour: { day: 'numeric', month: 'short', hour: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: '2-digit' },
}
