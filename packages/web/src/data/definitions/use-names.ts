import type { Page } from '@kindred/model'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api, type Query } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'

const pageSize = 50

/** Pages of a list of names as the server finds them; the last answer stays in view while another search is on its way. */
export function useNames<Row>(path: string, query: Query) {
  const project = useProjectId()
  return useInfiniteQuery({
    queryKey: ['project', project, path, 'pages', query],
    queryFn: ({ pageParam, signal }) => api.get<Page<Row>>(projectPath(project, path), { query: { ...query, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}
