import type { KeptReach, SegmentReaches } from '@kindred/model'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'

interface Counted {
  /** Null: they are of accounts, to whom nobody writes. */
  segments: readonly number[] | null
  /** The position that their sizes are exact to; undefined: not counted yet. */
  watermark: number | undefined
}

/** How many of each of several segments can be written to: asked once for all of them, after their sizes and of the same position. */
export function useReaches({ segments, watermark }: Counted): (segment: number | null) => KeptReach | undefined {
  const project = useProjectId()
  const { data } = useQuery({
    queryKey: ['project', project, 'segments/reaches', segments, watermark],
    queryFn: ({ signal }) => api.post<SegmentReaches>(projectPath(project, 'segments/reaches'), { segments, watermark }, { signal }),
    enabled: segments !== null && segments.length > 0 && watermark !== undefined,
    staleTime: 60_000,
    retry: false,
  })
  return (segment) => data?.results.find((each) => each.segment === segment)?.reach
}
