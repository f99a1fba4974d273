import type { DemoProgress } from '@kindred/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { notifyError } from '../app/notify.ts'

type Answer = DemoProgress | { state: 'none' }

/** Fills the demo project, tells how far it is, and opens it when it is done. */
export function useDemo() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const wasRunning = useRef(false)
  const { data } = useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => api.get<Answer>('demo', { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 500 : false),
  })
  const starting = useMutation({
    mutationFn: () => api.post<DemoProgress>('demo'),
    onSuccess: (progress) => {
      wasRunning.current = true
      client.setQueryData<Answer>(['demo'], progress)
    },
    onError: notifyError,
  })
  const progress = data === undefined || data.state === 'none' ? null : data
  const state = progress?.state
  const project = progress?.projectId
  useEffect(() => {
    if (state === 'running') wasRunning.current = true
    if (state !== 'done' || !wasRunning.current) return
    wasRunning.current = false
    client
      .invalidateQueries({ queryKey: meQuery.queryKey })
      .then(() => navigate({ to: '/', search: { project } }))
      .catch(notifyError)
  }, [state, project, client, navigate])
  return { progress, start: () => starting.mutate(), starting: starting.isPending }
}
