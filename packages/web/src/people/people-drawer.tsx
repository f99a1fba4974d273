import type { PeoplePage, Segment } from '@kindred/model'
import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatNumber, plural } from '../app/format.ts'
import { IconDownload } from '../app/icons.tsx'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { PersonTable } from './person-table.tsx'
import { SaveSegmentButton } from './save-segment-button.tsx'

export interface PeopleDrawerProps {
  opened: boolean
  onClose: () => void
  /** The number that was opened, in words: "Orders, Ireland, March". */
  title: string
  /** Names the question for the cache; a new key asks anew. */
  queryKey: readonly unknown[]
  /** Stands below the number: how many of them can be written to. */
  reach?: ReactNode
  load: (page: { limit: number; cursor: string | undefined }, signal: AbortSignal) => Promise<PeoplePage>
  /** Given: the people can be saved, kept up to date by the rule or frozen as they are. */
  saveSegment?: (choice: { name: string; mode: 'keep-updating' | 'freeze' }) => Promise<Segment>
  /** Given: the complete list can be downloaded. */
  exportPeople?: (format: 'csv' | 'json') => Promise<void>
}

const pageSize = 50

/** The people behind a number: how many, who, and what can be done with them. */
export function PeopleDrawer({ opened, onClose, title, queryKey, reach, load, saveSegment, exportPeople }: PeopleDrawerProps) {
  const query = useInfiniteQuery({
    queryKey: ['people-behind', ...queryKey],
    queryFn: ({ pageParam, signal }) => load({ limit: pageSize, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: opened,
  })
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 600 } }}
    >
      <Loaded query={query}>
        {({ pages }) => {
          const [first] = pages
          const people = pages.flatMap((page) => page.results)
          const total = first?.total ?? 0
          return (
            <Stack>
              <Group justify="space-between" align="flex-start">
                <div>
                  <Text fw={600} fz="xl">
                    {formatNumber(total)} {plural(total, 'person', 'people')}
                  </Text>
                  {reach}
                  <Text c="dimmed">{first?.says}</Text>
                </div>
                <Group gap="xs">
                  {saveSegment && total > 0 && <SaveSegmentButton suggestedName={title} save={saveSegment} />}
                  {exportPeople && total > 0 && <ExportButton exportPeople={exportPeople} />}
                </Group>
              </Group>
              {total > 0 && <PersonTable caption={title} people={people} />}
              {query.hasNextPage && (
                <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more ({formatNumber(people.length)} of {formatNumber(total)})
                </Button>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </Drawer>
  )
}

function ExportButton({ exportPeople }: { exportPeople: NonNullable<PeopleDrawerProps['exportPeople']> }) {
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    return exportPeople('csv')
      .catch(notifyError)
      .finally(() => setBusy(false))
  }
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={busy} onClick={() => void run()}>
      Export CSV
    </Button>
  )
}
