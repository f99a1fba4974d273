import type { InsightAnswer, TrendsInput } from '@kindred/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'

/** Asks a question whose answer Home shows; asked again each minute while the page is in view. */
export function useInsight(query: TrendsInput, enabled = true) {
  const project = useProjectId()
  return useQuery({
    queryKey: ['project', project, 'home-insight', query],
    queryFn: ({ signal }) => api.post<InsightAnswer>(projectPath(project, 'insights/run'), { query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
    enabled,
  })
}
