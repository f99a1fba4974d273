import type { Range } from '@kindred/model'
import { formatDate } from '../app/format.ts'

const day = 86_400_000

/**
 * The 30 days worth looking at: up to now, or, for a history that ended earlier, up to its last event, so that an imported
 * file shows something else than an empty month.
 */
export function recentRange(lastEventAt: number | null, zone?: string, now = Date.now()): { range: Range; words: string } {
  if (lastEventAt === null || now - lastEventAt < 30 * day) return { range: { from: '-30d' }, words: 'Each of the last 30 days, and today' }
  const dateOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
  return {
    range: { from: dateOf(lastEventAt - 29 * day), to: dateOf(lastEventAt) },
    words: `Each of the 30 days until the last event, ${formatDate(lastEventAt, zone)}`,
  }
}
