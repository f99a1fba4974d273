import type { SegmentGrowth, SegmentSizes } from '@kindred/model'
import { useState } from 'react'
import { useProjectQuery } from '../api/project.ts'

export const growthDays = 30
const day = 86_400_000
const hour = 3_600_000

export interface Growth {
  /** By how many it grew; negative: shrank. */
  by: number
  /** As a share of what it was; null: it was empty. */
  share: number | null
  /** False: recording began later, so the rule of today was asked then. */
  recorded: boolean
}

/** How a segment changed; null: not known. What was recorded counts; a younger record is helped out by asking today's rule of the time before. */
export function useGrowth({ id, kind, unit, size, before, newRule }: SegmentGrowth): Growth | null {
  const [now] = useState(Date.now)
  const asked = before === null && size !== null && kind === 'rule' && unit === 'person'
  const range = { from: now - growthDays * day, to: now, points: 2 }
  const sizes = useProjectQuery<SegmentSizes>(`segments/${id}/sizes`, range, { enabled: asked, staleTime: hour })
  if (newRule) return null
  if (before !== null && size !== null) return growth(before, size, true)
  const [then, today] = sizes.data?.points ?? []
  return then === undefined || today === undefined ? null : growth(then.size, today.size, false)
}

const growth = (before: number, now: number, recorded: boolean): Growth => ({
  by: now - before,
  share: before === 0 ? null : (now - before) / before,
  recorded,
})
