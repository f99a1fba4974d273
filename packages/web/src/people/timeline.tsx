import type { EventRow, Page } from '@kindred/model'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId } from '../api/project.ts'
import { formatDate } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { EventPicker } from '../data/event-picker.tsx'
import { TimelineDay, useSessionsOf } from './timeline-day.tsx'

const pageSize = 50

interface TimelineProps {
  /** Below the project: the path of the events. */
  path: string
  title?: string
  /** Names the person of each event. */
  withPerson?: boolean
  /** Below the project: the path of the sessions, for a timeline of one person. */
  sessionsPath?: string
}

/** What a person did, or what was done for an account, newest first, a heading per day. */
export function Timeline({ path, title = 'What they did', withPerson = false, sessionsPath }: TimelineProps) {
  const project = useProjectId()
  const { data: details } = useProject()
  const [event, setEvent] = useState<string | null>(null)
  const query = useInfiniteQuery({
    queryKey: ['project', project, path, event],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<EventRow>>(projectPath(project, path), {
        query: { limit: pageSize, cursor: pageParam, event },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const sessions = useSessionsOf(query.data?.pages.flatMap((page) => page.results) ?? [], sessionsPath)
  return (
    <section aria-labelledby="timeline">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="timeline">
          {title}
        </Title>
        <Group gap="xs">
          <EventPicker
            label="Show only"
            placeholder="All events"
            value={event}
            onChange={(choice) => setEvent(typeof choice === 'string' ? choice : null)}
            withRoles={false}
            withAny={false}
          />
          {event !== null && (
            <Button variant="subtle" onClick={() => setEvent(null)}>
              All events
            </Button>
          )}
        </Group>
      </Group>
      <Loaded query={query}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.results)
          if (events.length === 0) return <Text c="dimmed">No event{event === null ? '' : ' of this kind'} yet.</Text>
          return (
            <Stack gap="md">
              {byDay(events, details?.timezone).map(({ day, rows }) => (
                <TimelineDay key={day} day={day} rows={rows} zone={details?.timezone} withPerson={withPerson} sessions={sessions} />
              ))}
              {query.hasNextPage && (
                <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show earlier events
                </Button>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </section>
  )
}

/** Consecutive events of one day together, under the day as the reader writes it. */
export function byDay(events: readonly EventRow[], zone?: string, locale?: string): { day: string; rows: EventRow[] }[] {
  const days: { day: string; rows: EventRow[] }[] = []
  for (const row of events) {
    const day = formatDate(row.timestamp, zone, locale)
    const last = days.at(-1)
    if (last?.day === day) last.rows.push(row)
    else days.push({ day, rows: [row] })
  }
  return days
}
