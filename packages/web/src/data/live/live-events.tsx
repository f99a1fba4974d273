import type { LiveEvents as LiveAnswer } from '@kindred/model'
import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { IconActivity, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject, useProjectQuery } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { EventLine } from '../event-line.tsx'
import { EventPicker } from '../event-picker.tsx'

const route = getRouteApi('/signed-in/data/')

/** Asked twice a second, an event sent now is on the screen within two seconds even where an answer takes one. */
const everyMilliseconds = 500

/** The newest events as they come in; stands still while paused or out of sight. */
export function LiveEvents() {
  const { event } = route.useSearch()
  const navigate = route.useNavigate()
  const [paused, setPaused] = useState(false)
  const visible = useDocumentVisibility() === 'visible'
  const { data: project } = useProject()
  const query = useProjectQuery<LiveAnswer>(
    'data/live',
    { limit: 100, event },
    { refetchInterval: paused || !visible ? false : everyMilliseconds, staleTime: 0 },
  )
  const show = (name: string | undefined) => void navigate({ search: { event: name }, replace: true })
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="xs">
          <EventPicker
            label="Show only"
            placeholder="All events"
            value={event ?? null}
            onChange={(choice) => typeof choice === 'string' && show(choice)}
            withRoles={false}
            withAny={false}
          />
          {event !== undefined && (
            <Button variant="subtle" onClick={() => show(undefined)}>
              All events
            </Button>
          )}
        </Group>
        <Group gap="sm">
          <Text c="dimmed" role="status">
            {paused ? 'Paused' : 'New events appear by themselves'}
          </Text>
          <Button
            variant="default"
            leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
            onClick={() => setPaused(!paused)}
          >
            {paused ? 'Go on' : 'Pause'}
          </Button>
        </Group>
      </Group>
      <Loaded query={query}>
        {({ results: events }) =>
          events.length === 0 ? (
            <EmptyState
              icon={<IconActivity size={40} stroke={1.25} />}
              title={event === undefined ? 'No event yet' : 'No such event yet'}
              action={<ButtonLink to="/data/sources">Connect a source</ButtonLink>}
            >
              Everything a site, a server or a file sends is listed here within two seconds, with all its properties.
            </EmptyState>
          ) : (
            <Paper withBorder px="sm">
              {events.map((row) => (
                <EventLine key={row.uuid} row={row} zone={project?.timezone} withPerson />
              ))}
            </Paper>
          )
        }
      </Loaded>
    </Stack>
  )
}
