import type { LiveEvents } from '@kindred/model'
import { Alert, Loader, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useProjectQuery } from '../../api/project.ts'
import { formatRelative } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { useEventLabels } from '../known-names.ts'

/** Waits for an event that arrives while the reader is setting up, and says when it is there. */
export function FirstEvent() {
  const [openedAt] = useState(() => Date.now())
  const labelOf = useEventLabels()
  const { data } = useProjectQuery<LiveEvents>('data/live', { limit: 1 }, { refetchInterval: 1000, staleTime: 0 })
  const [newest] = data?.results ?? []
  if (newest && newest.receivedAt >= openedAt) {
    return (
      <Alert color="lagoon" icon={<IconCircleCheck aria-hidden />} title="It works: an event arrived" role="status">
        “{labelOf(newest.event)}” from {newest.person}, {formatRelative(newest.receivedAt)}.{' '}
        <TextLink to="/data" underline="always">
          See it in the live events
        </TextLink>
      </Alert>
    )
  }
  return (
    <Alert
      color="gray"
      variant="outline"
      icon={<Loader size={18} aria-hidden />}
      title={newest ? 'Waiting for the next event…' : 'Waiting for your first event…'}
      role="status"
    >
      <Text c="dimmed">
        {newest
          ? `Send one and it is announced here. The latest, “${labelOf(newest.event)}”, came ${formatRelative(newest.receivedAt)}.`
          : 'Paste the set-up, open your page or run the program: this line changes as soon as an event is in.'}
      </Text>
    </Alert>
  )
}
