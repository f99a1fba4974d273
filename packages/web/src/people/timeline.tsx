import type { EventRow, Page } from '@kindred/model'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId } from '../api/project.ts'
import { formatDate, formatDuration, formatNumber, formatTime, plural } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { EventLine } from '../data/event-line.tsx'
import { EventPicker } from '../data/event-picker.tsx'

const pageSize = 50

interface TimelineProps {
  /** Below the project: the path of the events. */
  path: string
  title?: string
  /** Names the person of each event. */
  withPerson?: boolean
}

/** What a person did, or what was done for an account, newest first, a heading per day. */
export function Timeline({ path, title = 'What they did', withPerson = false }: TimelineProps) {
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
                <div key={day}>
                  <Text fw={600} mb={4}>
                    {day}
                  </Text>
                  {bySession(rows).map(({ session, rows: together }) => (
                    <div key={together[0]?.uuid}>
                      {session !== null && <SessionHead rows={together} zone={details?.timezone} />}
                      {together.map((row) => (
                        <EventLine key={row.uuid} row={row} zone={details?.timezone} withPerson={withPerson} underDay />
                      ))}
                    </div>
                  ))}
                </div>
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

/** Consecutive events of one session together; what belongs to no session, such as an order told by a server, stands by itself. */
export function bySession(events: readonly EventRow[]): { session: string | null; rows: EventRow[] }[] {
  const sessions: { session: string | null; rows: EventRow[] }[] = []
  for (const row of events) {
    const { $session_id: id } = row.properties
    const session = typeof id === 'string' && id !== '' ? id : null
    const last = sessions.at(-1)
    if (last !== undefined && last.session === session) last.rows.push(row)
    else sessions.push({ session, rows: [row] })
  }
  return sessions
}

/** "Visit of 4 min, 5 pages, Direct, from Chrome on a desktop". */
function SessionHead({ rows, zone }: { rows: readonly EventRow[]; zone?: string }) {
  const [newest, oldest] = [rows[0], rows.at(-1)]
  if (newest === undefined || oldest === undefined) return null
  const seconds = Math.round((newest.timestamp - oldest.timestamp) / 1000)
  const pages = rows.filter(({ event }) => event === '$pageview' || event === '$screen').length
  const { $channel: channel, $browser: browser, $device_type: device } = oldest.properties
  const parts = [
    seconds > 0 ? `Visit of ${formatDuration(seconds)}` : 'Visit',
    pages > 0 && `${formatNumber(pages)} ${plural(pages, 'page', 'pages')}`,
    ...[channel, browser, device].filter((each) => typeof each === 'string' && each !== ''),
  ].filter((part) => part !== false)
  return (
    <Text c="dimmed" fz="xs" mt={8} title={formatTime(oldest.timestamp, zone)}>
      {parts.join(' · ')}
    </Text>
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
