import type { InsightAnswer, TrendsQuery } from '@kindred/model'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { newId } from '../../app/new-id.ts'

/** An answer together with the question it answers: while a new one is on its way, the old pair stays in view. */
export interface Answered {
  query: TrendsQuery
  answer: InsightAnswer
}

/** Asks a question, dropping the one before it if that is still on its way; one that fails leaves the last answer in view. null asks nothing. */
export function useAnswer(query: TrendsQuery | null) {
  const project = useProjectId()
  const client = useQueryClient()
  const queryKey = ['project', project, 'insights/run', query] as const
  const [question] = useState(newId)
  const result = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Answered> => {
      if (query === null) throw new Error('nothing is asked')
      return { query, answer: await api.post<InsightAnswer>(projectPath(project, 'insights/run'), { query }, { signal, question }) }
    },
    enabled: query !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const [last, setLast] = useState<Answered>()
  if (result.data !== undefined && result.data !== last) setLast(result.data)
  return { ...result, question, data: result.data ?? last, cancel: () => client.cancelQueries({ queryKey }) }
}
