import type { PortraitShares, Segment, SegmentComparison, SegmentPortrait } from '@kindred/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery } from '../../../api/project.ts'

/** Counted anew at most so often while the reader goes from tab to tab. */
const staleTime = 60_000

export const usePortrait = ({ id }: Pick<Segment, 'id'>) => useProjectQuery<SegmentPortrait>(`segments/${id}/portrait`, {}, { staleTime })
export const useShares = ({ id }: Pick<Segment, 'id'>) => useProjectQuery<PortraitShares>(`segments/${id}/portrait/shares`, {}, { staleTime })

/** What sets the members apart from everyone else. */
export function useUnusual({ id }: Pick<Segment, 'id'>) {
  const project = useProjectId()
  return useQuery({
    queryKey: ['project', project, 'segments/compare', id, undefined],
    queryFn: ({ signal }) => api.post<SegmentComparison>(projectPath(project, 'segments/compare'), { a: id }, { signal }),
    placeholderData: keepPreviousData,
    staleTime,
  })
}
