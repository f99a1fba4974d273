import type { Page } from '@kindred/model'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'

/** The pages of a list below the project, one after the other as the reader asks for more. */
export function usePages<Row>(path: string, limit: number) {
  const project = useProjectId()
  return useInfiniteQuery({
    queryKey: ['project', project, path, { limit }],
    queryFn: ({ pageParam, signal }) => api.get<Page<Row>>(projectPath(project, path), { query: { limit, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
}
