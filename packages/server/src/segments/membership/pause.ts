import type { CompileContext } from '@kindred/engine'
import type { SegmentRow } from '../segment-row.ts'
import { namedSegments } from '../users.ts'

const day = 86_400_000
/** A segment that nobody looked at or used for so long is not computed. */
const idleAfter = 30 * day

type Kept = Pick<SegmentRow, 'id' | 'used_at' | 'schedule' | 'archived_at'>

/** Which of a project's segments, none of them archived or deleted, wait for somebody to look at them: those that others in use are made of do not. */
export function pausedOf(rows: readonly Kept[], segments: CompileContext['segments'], now: number): Set<number> {
  const needed = new Set<number>()
  const reach = (id: number): void => {
    const segment = segments.get(id)
    if (segment?.kind !== 'rule') return
    for (const named of namedSegments(segment.definition.where)) {
      if (needed.has(named)) continue
      needed.add(named)
      reach(named)
    }
  }
  for (const row of rows) if (!isIdle(row, now)) reach(row.id)
  return new Set(rows.filter((row) => isIdle(row, now) && !needed.has(row.id)).map(({ id }) => id))
}

/** Whether nobody looked at a segment that is computed by a schedule, or used it, for long. */
export function isIdle(row: Omit<Kept, 'id'>, now: number): boolean {
  return row.schedule !== 'off' && row.archived_at === null && (row.used_at ?? 0) <= now - idleAfter
}
