import type { LiveEvents as LiveAnswer } from '@kindred/model'
import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject, useProjectQuery } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { IconActivity, IconPlayerPause, IconPlayerPlay } from '../../app/icons.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { EventLine } from '../event-line.tsx'
import { LiveFilters } from './live-filters.tsx'

const route = getRouteApi('/signed-in/data/')

/** Asked twice a second, an event sent now is on the screen within two seconds even where an answer takes one. */
const everyMilliseconds = 500

/** The newest events as they come in; stands still while paused or out of sight. */
export function LiveEvents() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [paused, setPaused] = useState(false)
  const visible = useDocumentVisibility() === 'visible'
  const { data: project } = useProject()
  const { person: distinctId, event, property, value, lib, source } = search
  const filters = { event, distinctId, property, value, lib, source }
  const isFiltered = Object.values(filters).some((each) => each !== undefined)
  const query = useProjectQuery<LiveAnswer>(
    'data/live',
    { limit: 100, ...filters },
    { refetchInterval: paused || !visible ? false : everyMilliseconds, staleTime: 0 },
  )
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <LiveFilters
          search={{ event, person: distinctId, property, value, lib, source }}
          onChange={(changed) => void navigate({ search: changed, replace: true })}
        />
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
              title={isFiltered ? 'No such event yet' : 'No event yet'}
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
