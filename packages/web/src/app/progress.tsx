import type { QuestionProgress } from '@kindred/model'
import { Button, Group, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'
import { formatPercent } from './format.ts'

interface ProgressProps {
  fetching: boolean
  /** What is being done; left out: counting. */
  doing?: string
  /** The id that the request was given. */
  question: string
  onCancel?: () => unknown
  /** Keeps room for what is said, so that nothing below moves. */
  roomKept?: boolean
}

/** Says that an answer is on its way once that takes over a second: for how long, how far it is, and lets the reader stop it. */
export function Progress({ fetching, doing = 'Counting', roomKept = true, ...rest }: ProgressProps) {
  const waiting = fetching && <Waiting doing={doing} {...rest} />
  return roomKept ? <div style={{ minHeight: 32 }}>{waiting}</div> : waiting
}

function Waiting({ doing, question, onCancel }: Omit<ProgressProps, 'fetching' | 'roomKept'>) {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  const { data } = useProgressOf(question, seconds > 0)
  if (seconds === 0) return null
  return (
    <Group gap="xs" py={4} role="status">
      <Loader size="xs" aria-hidden />
      <Text size="sm" c="dimmed">
        {doing}, {seconds} s so far{farWords(data)}
      </Text>
      {onCancel !== undefined && (
        <Button size="compact-xs" variant="default" onClick={() => onCancel()}>
          Stop
        </Button>
      )}
    </Group>
  )
}

function useProgressOf(question: string, enabled: boolean) {
  const project = useProjectId()
  return useQuery({
    queryKey: ['question', project, question],
    queryFn: ({ signal }) => api.get<QuestionProgress>(projectPath(project, `questions/${question}`), { signal }),
    enabled,
    refetchInterval: 1000,
    gcTime: 0,
    retry: false,
  })
}

function farWords(progress: QuestionProgress | undefined): string {
  if (progress === undefined) return ''
  if (progress.place !== null) return `; ${progress.place === 1 ? 'next' : `number ${progress.place}`} in the line behind other questions`
  return progress.share === null ? '' : `, ${formatPercent(progress.share)} read`
}
