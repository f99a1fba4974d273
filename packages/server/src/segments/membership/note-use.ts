import type { Parts } from '../../parts.ts'
import type { SegmentRow } from '../segment-row.ts'
import { membershipJobs } from './jobs.ts'
import { isIdle } from './pause.ts'

/** A look is written down this often, so that looking writes little. */
const notedEvery = 3_600_000

/** Notes that somebody looked at a segment or used it; one that was idle goes on at once. */
export async function noteUse(parts: Parts, row: SegmentRow): Promise<void> {
  const now = parts.clock()
  if ((row.used_at ?? 0) > now - notedEvery) return
  await parts.catalog.updateTable('segments').set({ used_at: now }).where('id', '=', row.id).execute()
  if (isIdle(row, now)) membershipJobs(parts).soon(row.id, 'use')
}
