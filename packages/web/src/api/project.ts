import type { Page, Project, Status } from '@kindred/model'
import { queryOptions, type UseQueryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { ApiError, api, type Query } from './client.ts'
import { useMe } from './session.ts'

/**
 * The project on the screen: the one the URL names, else the first. The URL's `project` is kept from page to page
 * by the router, so a shared link opens the same one.
 */
export function useProjectId(): number {
  const { project } = useSearch({ from: '__root__' })
  const { data: me } = useMe()
  const id = project ?? me?.projects[0]?.id
  if (id === undefined) throw new ApiError({ code: 'project/not-found', message: 'There is no project yet. Make one in Settings.' }, 404)
  return id
}

/** `rest` below `/api/v1/projects/:p/` of the project on the screen. */
export const projectPath = (project: number, rest = '') => `projects/${project}${rest ? `/${rest}` : ''}`

/** Options of a GET below a project; one key per path and parameters. `signal` reaches the server when the reader leaves. */
export function projectQuery<Reply>(project: number, path = '', query: Query = {}) {
  return queryOptions({
    queryKey: ['project', project, path, query] as const,
    queryFn: ({ signal }) => api.get<Reply>(projectPath(project, path), { query, signal }),
  })
}

type Extra<Reply> = Pick<UseQueryOptions<Reply>, 'enabled' | 'refetchInterval' | 'staleTime'>

/**
 * Reads something of the project on the screen. While the same path is asked with other parameters, the last answer stays in view;
 * never that of another project or thing.
 */
export function useProjectQuery<Reply>(path: string, query: Query = {}, extra: Extra<Reply> = {}) {
  const project = useProjectId()
  return useQuery({
    ...projectQuery<Reply>(project, path, query),
    placeholderData: keepLastOf(project, path),
    ...(extra as object),
  })
}

const keepLastOf =
  (project: number, path: string) =>
  <Data>(last: Data | undefined, lastQuery?: { queryKey: readonly unknown[] }) =>
    lastQuery?.queryKey[1] === project && lastQuery.queryKey[2] === path ? last : undefined

/** Everything of a list of the project on the screen that is short enough to hold at once: its pages one after another. */
export function useProjectList<Row>(path: string, extra: Extra<Row[]> = {}) {
  const project = useProjectId()
  return useQuery({
    queryKey: ['project', project, path, 'all'] as const,
    queryFn: ({ signal }) => allPages<Row>(projectPath(project, path), signal),
    placeholderData: keepLastOf(project, path),
    ...(extra as object),
  })
}

/** The pages of a list of the project on the screen, one after the other as the reader asks for more. */
export function useProjectPages<Row, Reply extends Page<Row> = Page<Row>>(path: string, query: Query = {}) {
  const project = useProjectId()
  return useInfiniteQuery({
    queryKey: ['project', project, path, 'pages', query] as const,
    queryFn: ({ pageParam, signal }) => api.get<Reply>(projectPath(project, path), { query: { limit: 50, ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepLastOf(project, path),
  })
}

async function allPages<Row>(path: string, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const page: Page<Row> = await api.get<Page<Row>>(path, { query: { limit: 500, cursor }, signal })
    rows.push(...page.results)
    cursor = page.next
  } while (cursor !== null)
  return rows
}

export const useProject = () => useQuery(projectQuery<Project>(useProjectId()))

/** The state of the truth, read again every few seconds while the page is in view. */
export const useStatus = () => useQuery({ ...projectQuery<Status>(useProjectId(), 'status'), refetchInterval: 3000, staleTime: 2000 })

/** Marks everything read of the project (or what is below `path`) as stale, after a change. */
export function useRefreshProject() {
  const client = useQueryClient()
  const project = useProjectId()
  return (path?: string) => client.invalidateQueries({ queryKey: path === undefined ? ['project', project] : ['project', project, path] })
}
