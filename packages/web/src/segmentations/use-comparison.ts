import type { ComparedBy, SegmentComparison } from '@kindred/model'
import { type UseQueryResult, useQueries, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'
import { newId } from '../app/new-id.ts'
import { joined } from './joined.ts'

/** What is soon told, and what takes longer. */
const parts: readonly (readonly ComparedBy[])[] = [['properties', 'events'], ['traits']]
const listed = new Intl.ListFormat('en-GB')

export interface ComparisonQuery extends Pick<UseQueryResult<SegmentComparison>, 'data' | 'error' | 'isPending'> {
  isFetching: boolean
  /** The id of the questions, by which it is told how far they are. */
  question: string
  /** What is still to come, such as "traits"; null where all is told. */
  missing: string | null
  refetch: () => Promise<unknown>
  cancel: () => Promise<unknown>
}

/** What sets the members of `a` apart from those of `b`, or from everyone else: traits come after the rest, since they take the longest. */
export function useComparison(a: number | undefined, b?: number): ComparisonQuery {
  const project = useProjectId()
  const client = useQueryClient()
  const [question] = useState(newId)
  const key = ['project', project, 'segments/compare', a, b]
  return useQueries({
    queries: parts.map((by) => ({
      queryKey: [...key, by],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.post<SegmentComparison>(projectPath(project, 'segments/compare'), { a, ...(b !== undefined && { b }), by }, { signal, question }),
      enabled: a !== undefined,
      staleTime: 60_000,
    })),
    combine: (queries) => {
      const missing = parts.flatMap((by, index) => (queries[index]?.data === undefined ? by : []))
      const told = queries.flatMap(({ data }) => data ?? [])
      return {
        data: joined(told),
        error: queries.find(({ error }) => error !== null)?.error ?? null,
        question,
        isPending: told.length === 0,
        isFetching: queries.some(({ isFetching }) => isFetching),
        missing: missing.length === 0 ? null : listed.format(missing),
        refetch: () => Promise.all(queries.map(({ refetch }) => refetch())),
        cancel: () => client.cancelQueries({ queryKey: key }),
      }
    },
  })
}
