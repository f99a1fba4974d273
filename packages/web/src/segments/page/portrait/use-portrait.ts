import type { PortraitShares, Segment, SegmentPortrait } from '@kindred/model'
import { useProjectQuery } from '../../../api/project.ts'

/** Counted anew at most so often while the reader goes from tab to tab. */
const staleTime = 60_000

export const usePortrait = ({ id }: Pick<Segment, 'id'>) => useProjectQuery<SegmentPortrait>(`segments/${id}/portrait`, {}, { staleTime })
export const useShares = ({ id }: Pick<Segment, 'id'>) => useProjectQuery<PortraitShares>(`segments/${id}/portrait/shares`, {}, { staleTime })
