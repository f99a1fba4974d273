import { Alert, Button, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { messageOf, missingWords } from './error-message.ts'
import { IconAlertCircle } from './icons.tsx'

interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPending'> & { refetch: () => unknown }
  /** Shown until the first answer; left out: a few grey lines. */
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}

/** The three states of something read: on its way, failed with a way to try again, here. A failed refresh keeps what was shown. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <Failure error={query.error} retry={query.refetch} />}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <Failure error={query.error} retry={query.refetch} />
  return skeleton ?? <Lines />
}

/** What went wrong, in the server's words, with a button to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const missing = missingWords(error)
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={missing === null ? 'This could not be shown' : 'Not found'} role="alert" mb="md">
      <Stack gap="xs" align="flex-start">
        {missing ?? messageOf(error)}
        {retry && missing === null && (
          <Button size="xs" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** Grey lines in place of text that is on its way. */
export function Lines({ count = 6 }: { count?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} height={16} width={`${90 - ((line * 17) % 40)}%`} />
      ))}
    </Stack>
  )
}
