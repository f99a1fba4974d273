const day = 86_400_000
/** A segment that nobody looked at or used for so long is not computed. */
const idleAfter = 30 * day

/** Whether a segment waits for somebody to look at it. */
export function isPaused(row: { used_at: number | null; schedule: string; archived_at: number | null }, now: number): boolean {
  return row.schedule !== 'off' && row.archived_at === null && (row.used_at ?? 0) <= now - idleAfter
}
