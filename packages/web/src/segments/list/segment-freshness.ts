import type { Segment } from '@kindred/model'
import { formatRelative } from '../../app/format.ts'

/** A count of the last hour is called up to date: no segment is counted more often by itself. */
const hour = 3_600_000

type Kept = Pick<Segment, 'kind' | 'countedAt' | 'paused' | 'recordError' | 'schedule'>

/** How fresh the size of a segment is, in a few words. */
export function freshnessOf({ countedAt }: Pick<Segment, 'countedAt'>, now = Date.now()): string {
  if (countedAt === null) return 'Not counted yet'
  const ago = formatRelative(Math.min(countedAt, now), now)
  return now - countedAt <= hour ? `Up to date, ${ago}` : `Counted ${ago}`
}

/** When it becomes fresh again, or why it does not. */
export function updatesOf({ kind, paused, recordError, schedule }: Kept): string {
  if (recordError !== null) return 'the last update failed'
  if (paused) return 'paused until it is looked at'
  return kind === 'frozen' ? 'changes by hand alone' : updates[schedule]
}

const updates: Record<Segment['schedule'], string> = { hourly: 'updates every hour', nightly: 'updates every night', off: 'updates when asked' }
