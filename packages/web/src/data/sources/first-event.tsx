import type { Page, SourceRow } from '@kindred/model'
import { Alert, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import { useProjectQuery, useStatus } from '../../api/project.ts'
import { formatNumber, formatRelative, plural } from '../../app/format.ts'
import { IconCircleCheck } from '../../app/icons.tsx'
import { TextLink } from '../../app/links.tsx'
import { useEventLabels } from '../known-names.ts'
import type { SourceSetUp } from './set-up.ts'

const everyMilliseconds = 1500

/** Waits for an event of this kind of source while the reader is setting it up, and says when it is there. */
export function FirstEvent({ setUp: { label, sent } }: { setUp: SourceSetUp }) {
  const labelOf = useEventLabels()
  const { data: status } = useStatus()
  const [openedAt] = useState(() => Date.now())
  // What is above the position seen first is quick to ask for, however much lies below.
  const [after, setAfter] = useState<number | null>(null)
  if (after === null && status !== undefined) setAfter(status.watermark)
  const before = useProjectQuery<Page<SourceRow>>('data/sources', {}, { staleTime: 60_000 })
  const fresh = useProjectQuery<Page<SourceRow>>('data/sources', { after }, { enabled: after !== null, refetchInterval: everyMilliseconds, staleTime: 0 })
  const came = (rows: SourceRow[] | undefined) => (rows ?? []).filter(sent).sort((a, b) => b.lastAt - a.lastAt)
  const [now] = came(fresh.data?.results)
  const known = came(before.data?.results)
  const [latest] = known
  if (now !== undefined && now.lastAt >= openedAt) {
    return (
      <Alert color="lagoon" icon={<IconCircleCheck aria-hidden />} title={`It works: an event arrived from ${label}`} role="status">
        “{labelOf(now.event)}”, {formatRelative(now.lastAt)}.{' '}
        <TextLink to="/data" search={{ source: now.source, lib: now.lib === '' ? 'none' : now.lib }} underline="always">
          See it in the live events
        </TextLink>
      </Alert>
    )
  }
  const events = known.reduce((sum, row) => sum + row.events, 0)
  return (
    <Alert
      color="gray"
      variant="outline"
      icon={<Loader size={18} aria-hidden />}
      title={latest ? `Waiting for the next event from ${label}…` : `Waiting for the first event from ${label}…`}
      role="status"
    >
      <Text c="dimmed">
        {latest
          ? `${formatNumber(events)} ${plural(events, 'event has', 'events have')} come from it, the latest, “${labelOf(latest.event)}”, ${formatRelative(latest.lastAt)}. Send another and it is announced here.`
          : 'Paste the set-up, open your page or run the program: this line changes as soon as an event is in.'}
      </Text>
    </Alert>
  )
}
